#include "engine/train/step_time.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "engine/formats/float16.h"
#include "engine/formats/nf4.h"
#include "engine/model/adapter.h"
#include "engine/model/ops.h"
#include "engine/train/kernel_timer.h"
#include "engine/train/run_costs.h"
#include "kernels/adamw_8bit.h"
#include "kernels/attention.h"
#include "kernels/cross_entropy.h"
#include "kernels/int8_blocks.h"
#include "kernels/plain_attention.h"
#include "kernels/rms_norm.h"
#include "kernels/rope.h"
#include "kernels/swiglu.h"

namespace lathe {

namespace {

// Embedding, sums of gradients, pages, waiting: 12 to 45 % of the time of kernels alone, by the model (0.7 M to 135 M
// parameters) and the hour.
constexpr double kBetweenKernels = 1.25;
// A timing works on a part of a large problem, and its time is taken times the rest.
constexpr int64_t kMostWidth = 2048;                       // of a product's N and K
constexpr double kMostFlops = 2e8;                         // of a product
constexpr int64_t kMostFloats = 4 << 20;                   // of what is gone through element by element
constexpr int64_t kMostLength = 512;                       // of a sequence
constexpr int64_t kUpdated = 1 << 20;                      // parameters
constexpr int64_t kDecoded = 1 << 20, kDecodedRow = 4096;  // floats of a frozen matrix

double ratio(int64_t whole, int64_t part) {
    return static_cast<double>(whole) / static_cast<double>(part);
}

class StepTimer {
public:
    StepTimer(const ModelConfig& model, const RunConfig& config, const RunEstimate& estimate, int threads)
        : m_(model),
          config_(config),
          form_(weight_form(config)),
          tokens_(estimate.tokens_in_flight),
          threads_(threads) {}

    // Of one micro-batch through one block.
    double forward() const { return linears(&StepTimer::linear_forward) + attention(false) + elementwise(); }
    double backward() const { return linears(&StepTimer::linear_backward) + attention(true) + 2 * elementwise(); }
    double head() const;
    double update(int64_t trainable) const;

private:
    bool frozen() const { return config_.lora.has_value(); }
    double time(const std::string& key, const std::function<std::function<void()>()>& make) const {
        return kernel_seconds(key, threads_, make);
    }
    double product(int64_t M, int64_t N, int64_t K, bool gradient = false) const;
    double pack(int64_t K, int64_t N) const;
    double decode(int64_t floats, FrozenMatrix::Form form) const;
    double panels(int64_t K, int64_t N, FrozenMatrix::Form form) const {
        return pack(K, N) + (frozen() ? decode(K * N, form) : 0);
    }
    struct Layer {
        int64_t in, out = 0, rank = 0, adapted = 0;  // rank of its adapters together, rows of `out` that have one
    };
    Layer layer(int64_t in, std::initializer_list<std::pair<const char*, int64_t>> modules) const;
    double linears(double (StepTimer::*of)(const Layer&) const) const;
    double linear_forward(const Layer& layer) const;
    double linear_backward(const Layer& layer) const;
    double attention(bool backward) const;
    double elementwise() const;

    const ModelConfig& m_;
    const RunConfig& config_;
    const WeightForm form_;
    const int64_t tokens_;
    const int threads_;
};

// c (M,N) = a · b over packed panels; a gradient of weights is added to c, and its a is seen transposed.
double StepTimer::product(int64_t M, int64_t N, int64_t K, bool gradient) const {
    MatmulShape part{.M = M, .N = std::min(N, kMostWidth), .K = std::min(K, kMostWidth)};
    const double row = 2.0 * static_cast<double>(part.N * part.K);
    part.M = std::min(M, std::max<int64_t>(48, static_cast<int64_t>(kMostFlops / row)));
    const std::string key = std::string(gradient ? "gradient " : "product ") + std::to_string(part.M) + " " +
                            std::to_string(part.N) + " " + std::to_string(part.K);
    const double seconds = time(key, [part, gradient]() -> std::function<void()> {
        const KernelRoom a(part.M * part.K), b(cpu::matmul_packed_floats(part.K, part.N)), c(part.M * part.N);
        const MatrixView view = gradient ? MatrixView{a.data(), 1, part.M} : MatrixView{a.data(), part.K, 1};
        return [a, b, c, view, part, gradient] {
            cpu::matmul(view, b.data(), nullptr, c.data(), part.N, gradient, part, {0, cpu::matmul_tasks(part)});
        };
    });
    return seconds * ratio(M, part.M) * ratio(N, part.N) * ratio(K, part.K);
}

double StepTimer::pack(int64_t K, int64_t N) const {
    const int64_t k = std::min(K, kMostWidth), n = std::min(N, kMostWidth);
    const std::string key = "pack " + std::to_string(k) + " " + std::to_string(n);
    return ratio(K, k) * ratio(N, n) * time(key, [k, n]() -> std::function<void()> {
               const KernelRoom b(k * n), packed(cpu::matmul_packed_floats(k, n));
               return [b, packed, k, n] {
                   cpu::matmul_pack({b.data(), 1, k}, packed.data(), k, n, {0, cpu::matmul_pack_tasks(k, n)});
               };
           });
}

// Of a frozen matrix, from what holds it: an exact one is taken for BF16, as checkpoints are. The scales of NF4's
// scales are left out.
double StepTimer::decode(int64_t floats, FrozenMatrix::Form form) const {
    using Form = FrozenMatrix::Form;
    const std::string name = form == Form::exact ? "bf16" : form == Form::int8 ? "int8" : "nf4";
    return ratio(floats, kDecoded) * time("decode " + name, [form]() -> std::function<void()> {
               std::vector<uint16_t> held(kDecoded, 0x3C23);
               const KernelRoom scales(kDecoded / kNf4Block), row(kDecodedRow);
               return [held = std::move(held), scales, row, form] {
                   const auto* bytes = reinterpret_cast<const uint8_t*>(held.data());
                   for (int64_t first = 0; first < kDecoded; first += kDecodedRow) {
                       const float* scale = scales.data() + first / kNf4Block;
                       if (form == Form::exact)
                           bf16_to_fp32(held.data() + first, row.data(), kDecodedRow);
                       else if (form == Form::int8)
                           cpu::dequantize_int8(reinterpret_cast<const int8_t*>(bytes) + first, scale, kDecodedRow,
                                                row.data());
                       else
                           cpu::dequantize_nf4(bytes + first / 2, scale, kDecodedRow / kNf4Block, row.data());
                   }
               };
           });
}

StepTimer::Layer StepTimer::layer(int64_t in, std::initializer_list<std::pair<const char*, int64_t>> modules) const {
    Layer layer{.in = in};
    for (const auto& [name, rows] : modules) {
        layer.out += rows;
        if (!config_.lora || !config_.lora->targets(std::string(".") + name)) continue;
        layer.rank += config_.lora->r;
        layer.adapted += rows;
    }
    return layer;
}

double StepTimer::linears(double (StepTimer::*of)(const Layer&) const) const {
    const int64_t C = m_.hidden_size, I = m_.intermediate_size, q = m_.num_attention_heads * m_.head_size();
    const int64_t kv = m_.num_key_value_heads * m_.head_size();
    double seconds = 0;
    for (const Layer& one : {layer(C, {{"q_proj", q}, {"k_proj", kv}, {"v_proj", kv}}), layer(q, {{"o_proj", C}}),
                             layer(C, {{"gate_proj", I}, {"up_proj", I}}), layer(I, {{"down_proj", C}})})
        seconds += (this->*of)(one);
    return seconds;
}

double StepTimer::linear_forward(const Layer& layer) const {
    const double seconds = panels(layer.in, layer.out, form_.blocks) + product(tokens_, layer.out, layer.in);
    if (layer.rank == 0) return seconds;
    return seconds + product(tokens_, layer.rank, layer.in) + product(tokens_, layer.adapted, config_.lora->r);
}

double StepTimer::linear_backward(const Layer& layer) const {
    const int64_t in = layer.in, out = layer.out, rank = layer.rank;
    const double seconds = panels(out, in, form_.blocks) + product(tokens_, in, out);
    if (!frozen()) return seconds + pack(tokens_, in) + product(out, in, tokens_, true);
    if (rank == 0) return seconds;
    const int64_t r = config_.lora->r;
    return seconds + product(tokens_, rank, in) + product(tokens_, r, layer.adapted) + product(tokens_, in, rank) +
           product(rank, in, tokens_, true) + product(layer.adapted, r, tokens_, true);
}

// Of one key/value head and one sequence; longer ones take the square of their length.
double StepTimer::attention(bool backward) const {
    const int64_t T = config_.data.max_length, G = m_.num_key_value_heads;
    const int64_t H = m_.num_attention_heads / G, D = m_.head_size();
    const bool flash = config_.train.use_flash_attention;
    int64_t part = std::min(T, kMostLength);
    while (part > 1 && H * part * std::max(D, flash ? 0 : part) > kMostFloats) part /= 2;
    const AttentionShape shape{
        .H = H, .G = 1, .D = D, .q_stride = H * D, .kv_stride = D, .o_stride = H * D, .scale = 0.1F};
    const std::string key = std::string(flash ? "flash" : "plain") + (backward ? " backward " : " forward ") +
                            std::to_string(part) + " " + std::to_string(H) + " " + std::to_string(D);
    const double seconds = time(key, [=]() -> std::function<void()> {
        const KernelRoom q(part * H * D), k(part * D), v(part * D), o(part * H * D), d_o(part * H * D),
            dq(part * H * D), dk(part * D), dv(part * D), lse(part * H, 10), p(flash ? 0 : H * part * part);
        const auto sequence = [k, v, part] {
            return AttentionSequence{
                .q_begin = 0, .q_len = part, .kv_len = part, .k = k.data(), .v = v.data(), .kv_begin = 0};
        };
        if (flash && !backward)
            return [=] {
                const AttentionSequence one = sequence();
                cpu::attention(&one, 1, q.data(), o.data(), lse.data(), shape,
                               {0, cpu::attention_tasks(&one, 1, shape)});
            };
        if (flash)
            return [=] {
                const AttentionSequence one = sequence();
                cpu::attention_backward(&one, 1, q.data(), o.data(), lse.data(), d_o.data(), dq.data(), dk.data(),
                                        dv.data(), shape, {0, cpu::attention_backward_tasks(&one, 1, shape)});
            };
        if (!backward)
            return [=] {
                const AttentionSequence one = sequence();
                cpu::plain_attention(&one, 1, q.data(), o.data(), p.data(), shape,
                                     {0, cpu::plain_attention_tasks(1, shape)});
            };
        return [=] {
            const AttentionSequence one = sequence();
            cpu::plain_attention_backward(&one, 1, q.data(), o.data(), p.data(), d_o.data(), dq.data(), dk.data(),
                                          dv.data(), shape, {0, cpu::plain_attention_backward_tasks(1, shape)});
        };
    });
    return seconds * static_cast<double>(G) * ratio(tokens_, part) * ratio(T, part);
}

// Norms, rotation, residuals and SwiGLU of a forward pass. The backward pass does most of it again, and its gradient.
double StepTimer::elementwise() const {
    const int64_t C = m_.hidden_size, I = m_.intermediate_size, D = m_.head_size();
    const int64_t heads = m_.num_attention_heads + m_.num_key_value_heads;
    const int64_t rows = std::clamp<int64_t>(kMostFloats / (3 * I + 2 * C + heads * D), 1, tokens_);
    const std::string key = (m_.qk_norm() ? "elementwise, norms " : "elementwise ") + std::to_string(rows) + " " +
                            std::to_string(C) + " " + std::to_string(I) + " " + std::to_string(heads) + " " +
                            std::to_string(D);
    return ratio(tokens_, rows) * time(key, [=, norms = m_.qk_norm()]() -> std::function<void()> {
               const KernelRoom x(rows * C), y(rows * C), w(std::max(C, D)), qk(rows * heads * D),
                   gate_up(rows * 2 * I), hidden(rows * I), angles(D);
               const std::vector<int32_t> positions(static_cast<size_t>(rows));
               const RmsNormShape wide{.rows = rows, .C = C, .inner_count = 1, .outer_stride = C, .eps = 1e-6F};
               const RmsNormShape head{
                   .rows = rows * heads, .C = D, .inner_count = heads, .outer_stride = heads * D, .eps = 1e-6F};
               return [=] {
                   for (int twice = 0; twice < 2; ++twice) {
                       cpu::rms_norm(x.data(), w.data(), y.data(), nullptr, wide, {0, rows});
                       std::memcpy(y.data(), x.data(), static_cast<size_t>(rows * C) * sizeof(float));
                   }
                   if (norms) cpu::rms_norm(qk.data(), w.data(), qk.data(), nullptr, head, {0, rows * heads});
                   cpu::rope(qk.data(), positions.data(), angles.data(), angles.data(), false,
                             {.heads = heads, .D = D, .token_stride = heads * D}, {0, rows});
                   cpu::swiglu(gate_up.data(), hidden.data(), I, {0, rows});
               };
           });
}

// The loss and its gradient, chunk by chunk: each takes the head's gradient through memory once.
double StepTimer::head() const {
    const int64_t C = m_.hidden_size, V = m_.vocab_size;
    const int64_t chunk = std::min(tokens_, ops::loss_chunk_rows(V, frozen())), rows = std::min<int64_t>(chunk, 16);
    const std::string key = "cross-entropy " + std::to_string(rows) + " " + std::to_string(V);
    const double entropy = time(key, [rows, V]() -> std::function<void()> {
        const KernelRoom logits(rows * V), losses(rows);
        const std::vector<int32_t> targets(static_cast<size_t>(rows));
        return [=] { cpu::cross_entropy(logits.data(), targets.data(), losses.data(), V, 1, {0, rows}); };
    });
    double a_chunk = entropy * ratio(chunk, rows) + product(chunk, V, C) + product(chunk, C, V);
    if (frozen()) return ratio(tokens_, chunk) * (a_chunk + 2 * panels(C, V, form_.embeddings));
    return 2 * pack(C, V) + ratio(tokens_, chunk) * (a_chunk + product(V, C, chunk, true));
}

// AdamW, with the norm of the gradients and their zeros.
double StepTimer::update(int64_t trainable) const {
    const int64_t n = std::min(trainable, kUpdated);
    const bool in_8_bits = config_.train.moments_in_8_bits();
    const std::string key = (in_8_bits ? "update in 8 bits " : "update ") + std::to_string(n);
    return ratio(trainable, n) * time(key, [n, in_8_bits]() -> std::function<void()> {
               const KernelRoom p(n), g(n), m(n), v(n);
               std::vector<double> partial(static_cast<size_t>(cpu::sum_squares_tasks(n)));
               std::vector<uint8_t> codes(in_8_bits ? 2 * static_cast<size_t>(n) : 0);
               return [=]() mutable {
                   const AdamWStep step{.learning_rate = 1e-3,
                                        .beta1 = 0.9,
                                        .beta2 = 0.99,
                                        .eps = 1e-8,
                                        .weight_decay = 0.1,
                                        .step = 9,
                                        .grad_scale = 1};
                   cpu::sum_squares(g.data(), n, partial.data(), {0, cpu::sum_squares_tasks(n)});
                   if (in_8_bits)
                       cpu::adamw_8bit(
                           p.data(), g.data(),
                           {.m = codes.data(), .v = codes.data() + n, .m_scale = m.data(), .v_scale = v.data()}, n,
                           step, {0, (n + kMomentBlock - 1) / kMomentBlock});
                   else
                       cpu::adamw(p.data(), g.data(), m.data(), v.data(), step, {0, n});
                   std::fill_n(g.data(), n, 0.01F);
               };
           });
}

}  // namespace

double seconds_per_token(const ModelConfig& model, const RunConfig& config, const RunEstimate& estimate, int threads) {
    const StepTimer timer(model, config, estimate, threads);
    const auto blocks = static_cast<double>(model.num_hidden_layers);
    const double micro_batch = blocks * (timer.forward() + timer.backward()) + timer.head() +
                               static_cast<double>(estimate.recomputed_blocks) * timer.forward();
    const double a_token = micro_batch / static_cast<double>(estimate.tokens_in_flight) +
                           timer.update(estimate.trainable) / static_cast<double>(tokens_per_step(config));
    return kBetweenKernels * a_token / threads;
}

}  // namespace lathe
