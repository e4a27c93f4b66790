// Forward, backward and update of a model, block by block: the autograd graph never spans more than one block. A step's
// batch goes through the model in micro-batches whose gradients add up, so activations take the memory of one
// micro-batch. Loss is the mean over all targets of the step. Thread: engine.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "engine/data/dataset.h"
#include "engine/model/model.h"
#include "engine/model/ops.h"

namespace lathe {

constexpr int64_t kDefaultMicroBatchTokens = 1024;
constexpr int64_t kTuningMicroBatchTokens = 512;  // over a base model, which takes memory itself

struct TrainerOptions {
    ops::AdamW adamw{};                                     // learning_rate is given to step()
    bool moments_in_8_bits = false;                         // kernels/adamw_8bit.h
    bool decay_vectors = false;                             // weight decay on norms and biases too
    double max_grad_norm = 0;                               // 0: no clipping
    int64_t recomputed_blocks = 0;                          // the first ones: of them the input alone is kept
    int64_t micro_batch_tokens = kDefaultMicroBatchTokens;  // tokens in flight; at least one row
    AttentionKernel attention = AttentionKernel::flash;
    int64_t seed = 0;  // of dropout
};

struct StepResult {
    double loss = 0;       // nats a target
    double grad_norm = 0;  // before clipping
    int64_t tokens = 0;
};

struct EvalResult {
    double loss_sum = 0;  // nats
    int64_t targets = 0;
    int64_t bytes = 0;
    double loss() const { return targets > 0 ? loss_sum / static_cast<double>(targets) : 0; }
    double bits_per_byte() const;
};

// Losses of a batch, in micro-batches; between() is called between their blocks and may throw.
EvalResult evaluate(Model& model, const Batch& batch, int64_t micro_batch_tokens, const std::function<void()>& between);

class Trainer {
public:
    Trainer(Model& model, const TrainerOptions& options);

    // Called between blocks, and between the pieces of the head; weights are those of the last step there. false
    // abandons the step: step() throws `cancelled`, weights and moments are untouched.
    void set_checkpoint_call(std::function<bool()> go_on) { go_on_ = std::move(go_on); }
    // 0: no clipping.
    void set_max_grad_norm(double norm) { options_.max_grad_norm = norm; }
    // One update. A non-finite loss or gradient is an Exception `non_finite` before anything is updated. Out of memory
    // halves micro_batch_tokens and repeats, down to one row.
    StepResult step(const Batch& batch, double learning_rate);
    // Of the last step(), also where that was `non_finite`.
    const StepResult& last() const { return last_; }

    int64_t updates() const { return updates_; }
    int64_t micro_batch_tokens() const { return options_.micro_batch_tokens; }
    Model& model() { return model_; }
    std::vector<ops::Moments>& moments() { return moments_; }  // in the order of Model::trainable()
    // After the moments were filled from a checkpoint.
    void set_updates(int64_t updates) { updates_ = updates; }

private:
    double accumulate_gradients(const Batch& batch);
    double forward_backward(const Batch& rows, double grad_scale);
    void between_blocks();

    Model& model_;
    TrainerOptions options_;
    std::vector<ops::Moments> moments_;
    StepResult last_;
    int64_t updates_ = 0;
    uint64_t dropout_key_ = 0;  // of the micro-batch in work
    std::function<bool()> go_on_;
};

}  // namespace lathe
