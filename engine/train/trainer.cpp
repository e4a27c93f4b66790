#include "engine/train/trainer.h"

#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <string>

#include "engine/base/error.h"
#include "engine/base/memory.h"
#include "engine/model/random.h"

namespace lathe {

namespace {

// Losses are added in the order of the tokens, so the sum does not depend on how the batch was cut.
double sum(const std::vector<float>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

// Rows from `first` on that go through the model together: at least one, at most so many tokens.
int64_t rows_per_micro_batch(const Batch& batch, int64_t first, int64_t tokens) {
    const auto begin = batch.row_begin.begin() + first;
    const auto past = std::upper_bound(begin + 1, batch.row_begin.end(), *begin + tokens);
    return std::max<int64_t>(1, past - begin - 1);
}

class DropoutScope {
public:
    DropoutScope(Model& model, uint64_t key, uint64_t after = 0) : model_(model), after_(after) {
        model_.set_dropout_key(key);
    }
    ~DropoutScope() { model_.set_dropout_key(after_); }
    DropoutScope(const DropoutScope&) = delete;
    DropoutScope& operator=(const DropoutScope&) = delete;

private:
    Model& model_;
    uint64_t after_;
};

}  // namespace

double EvalResult::bits_per_byte() const {
    return bytes > 0 ? loss_sum / (std::numbers::ln2 * static_cast<double>(bytes)) : std::nan("");
}

Trainer::Trainer(Model& model, const TrainerOptions& options) : model_(model), options_(options) {
    model_.require_gradients();
    model_.set_attention_kernel(options_.attention);
    const MemoryScope scope(MemoryKind::optimizer);
    for (const Parameter* parameter : model_.trainable())
        moments_.push_back(ops::make_moments(*parameter, options_.moments_in_8_bits));
}

StepResult Trainer::step(const Batch& batch, double learning_rate) {
    const double loss = accumulate_gradients(batch);
    const double norm = std::sqrt(ops::gradient_square_sum(model_.trainable()));
    last_ = {.loss = loss, .grad_norm = norm, .tokens = batch.tokens()};
    if (!std::isfinite(loss) || !std::isfinite(norm)) {
        fail({.kind = ErrorKind::non_finite,
              .key = "step " + std::to_string(updates_ + 1),
              .expected = "a finite loss and gradient",
              .found = "loss " + std::to_string(loss) + ", gradient norm " + std::to_string(norm)});
    }
    const bool clip = options_.max_grad_norm > 0 && norm > options_.max_grad_norm;
    const auto scale = static_cast<float>(clip ? options_.max_grad_norm / norm : 1.0);
    ++updates_;
    for (size_t i = 0; i < moments_.size(); ++i) {
        Parameter& parameter = *model_.trainable()[i];
        ops::AdamW settings = options_.adamw;
        settings.learning_rate = learning_rate;
        if (!parameter.is_matrix() && !options_.decay_vectors) settings.weight_decay = 0;
        ops::adamw(parameter, moments_[i], settings, updates_, scale);
    }
    return last_;
}

double Trainer::accumulate_gradients(const Batch& batch) {
    for (;;) {
        try {
            model_.zero_gradients();
            const double grad_scale = 1.0 / static_cast<double>(std::max<int64_t>(1, batch.target_count));
            double loss_sum = 0;
            for (int64_t first = 0; first < batch.rows();) {
                const int64_t count = rows_per_micro_batch(batch, first, options_.micro_batch_tokens);
                dropout_key_ = philox_key(static_cast<uint64_t>(options_.seed), static_cast<uint64_t>(updates_),
                                          static_cast<uint64_t>(first));
                const DropoutScope dropout(model_, dropout_key_);
                loss_sum += forward_backward(slice_rows(batch, first, count), grad_scale);
                first += count;
            }
            return loss_sum * grad_scale;
        } catch (const Exception& exception) {
            const bool divisible = batch.rows() > 1 && rows_per_micro_batch(batch, 0, options_.micro_batch_tokens) > 1;
            if (exception.error().kind != ErrorKind::memory || !divisible) throw;
            options_.micro_batch_tokens = std::min(options_.micro_batch_tokens, batch.tokens()) / 2;
        }
    }
}

void Trainer::between_blocks() {
    if (!go_on_) return;
    const DropoutScope whole(model_, 0, dropout_key_);  // a chat may answer with the model here
    if (!go_on_()) fail({.kind = ErrorKind::cancelled, .key = "step " + std::to_string(updates_ + 1)});
}

double Trainer::forward_backward(const Batch& rows, double grad_scale) {
    const MemoryScope scope(MemoryKind::activations);
    const auto ragged = whole_sequences(rows.segment_lengths);
    const double eps = model_.config().rms_norm_eps;
    const int64_t layers = model_.layers();
    std::vector<at::Tensor> inputs, outputs;
    at::Tensor x = model_.embed(rows.ids);
    for (int64_t layer = 0; layer < layers; ++layer) {
        between_blocks();
        inputs.push_back(x.detach().set_requires_grad(true));
        const bool kept = layer >= options_.recomputed_blocks;
        const c10::AutoGradMode graph(kept);
        at::Tensor y = model_.block(layer, inputs.back(), ragged);
        x = y.detach();
        outputs.push_back(kept ? y : at::Tensor());
    }

    std::vector<float> losses(rows.ids.size());
    at::Tensor gradient = ops::empty(x.sizes());
    {
        at::Tensor hidden = ops::empty(x.sizes()), rstd = ops::empty({x.size(0)});
        ops::rms_norm(x, model_.final_norm(), eps, hidden, rstd);
        ops::linear_cross_entropy(hidden, model_.head(), rows.targets, static_cast<float>(grad_scale), losses, gradient,
                                  [this] { between_blocks(); });
        ops::rms_norm_backward(x, model_.final_norm(), rstd, eps, gradient);
    }
    x = at::Tensor();

    for (int64_t layer = layers - 1; layer >= 0; --layer) {
        between_blocks();
        at::Tensor input = std::move(inputs.back());
        at::Tensor output = std::move(outputs.back());
        inputs.pop_back();
        outputs.pop_back();
        if (!output.defined()) {
            const c10::AutoGradMode graph(true);
            output = model_.block(layer, input, ragged);
        }
        gradient = torch::autograd::grad({output}, {input}, {gradient}).front();
    }
    ops::embedding_backward(gradient.contiguous(), rows.ids, model_.embedding());
    return sum(losses);
}

EvalResult evaluate(Model& model, const Batch& batch, int64_t micro_batch_tokens,
                    const std::function<void()>& between) {
    const MemoryScope scope(MemoryKind::activations);
    EvalResult result{.loss_sum = 0, .targets = batch.target_count, .bytes = batch.target_bytes};
    for (int64_t first = 0; first < batch.rows();) {
        const int64_t count = rows_per_micro_batch(batch, first, micro_batch_tokens);
        const Batch rows = slice_rows(batch, first, count);
        const at::Tensor hidden =
            model.hidden(rows.ids, whole_sequences(rows.segment_lengths), /*cache=*/nullptr, between);
        std::vector<float> losses(rows.ids.size());
        ops::linear_cross_entropy(hidden, model.head(), rows.targets, 1.0F, losses, {}, between);
        result.loss_sum += sum(losses);
        first += count;
    }
    return result;
}

}  // namespace lathe
