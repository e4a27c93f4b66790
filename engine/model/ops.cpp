#include "engine/model/ops.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <string>

#include "engine/base/error.h"
#include "engine/model/ops_checks.h"
#include "engine/model/parallel.h"
#include "kernels/adamw.h"
#include "kernels/adamw_8bit.h"
#include "kernels/column_sum.h"
#include "kernels/dropout.h"
#include "kernels/embedding.h"
#include "kernels/matmul.h"
#include "kernels/plain_attention.h"
#include "kernels/rms_norm.h"
#include "kernels/swiglu.h"

namespace lathe::ops {

namespace {

constexpr int64_t kElementGrain = 1 << 14;
constexpr int64_t kBlockGrain = kElementGrain / kMomentBlock;

std::string shape_text(at::IntArrayRef shape) {
    std::string text = "(";
    for (const int64_t size : shape) {
        if (text.size() > 1) text += ",";
        text += std::to_string(size);
    }
    return text + ")";
}

RmsNormShape norm_shape(const at::Tensor& x, double eps) {
    return {
        .rows = x.size(0), .C = x.size(1), .inner_count = 1, .outer_stride = x.size(1), .eps = static_cast<float>(eps)};
}

}  // namespace

void check(const char* op, const at::Tensor& tensor, at::IntArrayRef shape) {
    if (tensor.device().is_cpu() && tensor.scalar_type() == at::kFloat && tensor.is_contiguous() &&
        tensor.sizes() == shape)
        return;
    fail({.kind = ErrorKind::internal,
          .key = op,
          .expected = shape_text(shape) + " contiguous fp32 on the CPU",
          .found = shape_text(tensor.sizes())});
}

at::Tensor empty(at::IntArrayRef shape) {
    return at::empty(shape, at::kFloat);
}
at::Tensor zeros(at::IntArrayRef shape) {
    return at::zeros(shape, at::kFloat);
}

void rms_norm(const at::Tensor& x, const Parameter& weight, double eps, at::Tensor& y, const at::Tensor& rstd) {
    check("rms_norm", x, {x.size(0), weight.rows});
    auto* out = y.data_ptr<float>();
    auto* scale = rstd.defined() ? rstd.data_ptr<float>() : nullptr;
    parallel_for(x.size(0), kRowGrain,
                 [&](Range rows) { cpu::rms_norm(data(x), data(weight.value), out, scale, norm_shape(x, eps), rows); });
}

void rms_norm_backward(const at::Tensor& x, Parameter& weight, const at::Tensor& rstd, double eps, at::Tensor& dy) {
    check("rms_norm backward", dy, x.sizes());
    const RmsNormShape shape = norm_shape(x, eps);
    auto* gradient = dy.data_ptr<float>();
    if (weight.grad.defined()) {
        const int64_t blocks = cpu::rms_norm_weight_tasks(shape);
        at::Tensor partial = empty({blocks, shape.C});
        auto* sums = partial.data_ptr<float>();
        parallel_for(blocks, 1, [&](Range tasks) {
            cpu::rms_norm_weight_backward(data(x), data(rstd), gradient, sums, shape, tasks);
        });
        cpu::column_sum(sums, weight.grad.data_ptr<float>(), blocks, shape.C, {0, shape.C});
    }
    parallel_for(shape.rows, kRowGrain, [&](Range rows) {
        cpu::rms_norm_backward(data(x), data(weight.value), data(rstd), gradient, gradient, shape, rows);
    });
}

at::Tensor swiglu(const at::Tensor& gate_up) {
    const int64_t I = gate_up.size(1) / 2;
    at::Tensor y = empty({gate_up.size(0), I});
    auto* out = y.data_ptr<float>();
    parallel_for(gate_up.size(0), kRowGrain, [&](Range rows) { cpu::swiglu(data(gate_up), out, I, rows); });
    return y;
}

void swiglu_backward(at::Tensor& gate_up, const at::Tensor& dy) {
    check("swiglu backward", gate_up, {dy.size(0), 2 * dy.size(1)});
    auto* both = gate_up.data_ptr<float>();
    parallel_for(dy.size(0), kRowGrain,
                 [&](Range rows) { cpu::swiglu_backward(both, data(dy), both, dy.size(1), rows); });
}

at::Tensor embedding(const Parameter& table, std::span<const int32_t> ids) {
    for (size_t i = 0; i < ids.size(); ++i) {
        if (ids[i] >= 0 && ids[i] < table.rows) continue;
        fail({.kind = ErrorKind::out_of_range,
              .key = "token " + std::to_string(i),
              .expected = "0 to " + std::to_string(table.rows - 1),
              .found = std::to_string(ids[i])});
    }
    const int64_t C = table.columns, N = static_cast<int64_t>(ids.size());
    at::Tensor y = empty({N, C});
    auto* out = y.data_ptr<float>();
    parallel_for(N, 64, [&](Range rows) {
        if (table.value.defined()) return cpu::embedding(data(table.value), ids.data(), out, C, rows);
        for (int64_t n = rows.begin; n < rows.end; ++n) {
            if (table.frozen)
                table.frozen->decode(ids[n], out + n * C);
            else
                cpu::matmul_unpack_column(data(table.packed), ids[n], out + n * C, C);
        }
    });
    return y;
}

at::Tensor dropout(const at::Tensor& x, double p, uint64_t key) {
    at::Tensor y = empty(x.sizes());
    auto* out = y.data_ptr<float>();
    parallel_for(x.numel(), kElementGrain, [&](Range elements) { cpu::dropout(data(x), out, p, key, elements); });
    return y;
}

void embedding_backward(const at::Tensor& dy, std::span<const int32_t> ids, Parameter& table) {
    if (!table.grad.defined()) return;
    auto* grad = table.grad.data_ptr<float>();
    parallel_for(cpu::embedding_backward_tasks(), 1, [&](Range tasks) {
        cpu::embedding_backward(data(dy), ids.data(), static_cast<int64_t>(ids.size()), grad, table.columns, tasks);
    });
}

void attention(std::span<const AttentionSequence> sequences, const float* q, at::Tensor& o, at::Tensor& lse,
               const AttentionShape& shape) {
    const auto count = static_cast<int64_t>(sequences.size());
    auto* out = o.data_ptr<float>();
    auto* norm = lse.defined() ? lse.data_ptr<float>() : nullptr;
    parallel_for(cpu::attention_tasks(sequences.data(), count, shape), 1,
                 [&](Range tasks) { cpu::attention(sequences.data(), count, q, out, norm, shape, tasks); });
}

void attention_backward(std::span<const AttentionSequence> sequences, const at::Tensor& qkv, const at::Tensor& o,
                        const at::Tensor& lse, const at::Tensor& d_o, at::Tensor& d_qkv, const AttentionShape& shape) {
    check("attention backward", d_qkv, qkv.sizes());
    const auto count = static_cast<int64_t>(sequences.size());
    auto* dq = d_qkv.data_ptr<float>();
    float* dk = dq + shape.H * shape.D;
    float* dv = dk + shape.G * shape.D;
    parallel_for(cpu::attention_backward_tasks(sequences.data(), count, shape), 1, [&](Range tasks) {
        cpu::attention_backward(sequences.data(), count, data(qkv), data(o), data(lse), data(d_o), dq, dk, dv, shape,
                                tasks);
    });
}

at::Tensor plain_attention(std::span<const AttentionSequence> sequences, const float* q, at::Tensor& o,
                           const AttentionShape& shape) {
    const auto count = static_cast<int64_t>(sequences.size());
    at::Tensor p = empty({cpu::plain_attention_floats(sequences.data(), count, shape)});
    auto *out = o.data_ptr<float>(), *probabilities = p.data_ptr<float>();
    parallel_for(cpu::plain_attention_tasks(count, shape), 1, [&](Range tasks) {
        cpu::plain_attention(sequences.data(), count, q, out, probabilities, shape, tasks);
    });
    return p;
}

void plain_attention_backward(std::span<const AttentionSequence> sequences, const at::Tensor& qkv, const at::Tensor& o,
                              at::Tensor p, const at::Tensor& d_o, at::Tensor& d_qkv, const AttentionShape& shape) {
    check("plain attention backward", d_qkv, qkv.sizes());
    const auto count = static_cast<int64_t>(sequences.size());
    auto *probabilities = p.data_ptr<float>(), *dq = d_qkv.data_ptr<float>();
    float* dk = dq + shape.H * shape.D;
    float* dv = dk + shape.G * shape.D;
    parallel_for(cpu::plain_attention_backward_tasks(count, shape), 1, [&](Range tasks) {
        cpu::plain_attention_backward(sequences.data(), count, data(qkv), data(o), probabilities, data(d_o), dq, dk, dv,
                                      shape, tasks);
    });
}

double gradient_square_sum(std::span<Parameter* const> parameters) {
    double total = 0;
    for (const Parameter* parameter : parameters) {
        const int64_t n = parameter->grad.numel();
        std::vector<double> partial(static_cast<size_t>(cpu::sum_squares_tasks(n)));
        parallel_for(static_cast<int64_t>(partial.size()), 16,
                     [&](Range tasks) { cpu::sum_squares(data(parameter->grad), n, partial.data(), tasks); });
        for (const double part : partial) total += part;
    }
    return total;
}

int64_t moment_bytes(int64_t elements, bool in_8_bits) {
    constexpr int64_t kFloat = sizeof(float);
    return 2 * (in_8_bits ? elements + elements / kMomentBlock * kFloat : elements * kFloat);
}

Moments make_moments(const Parameter& parameter, bool in_8_bits) {
    const auto shape = parameter.value.sizes();
    const int64_t n = parameter.elements(), blocks = (n + kMomentBlock - 1) / kMomentBlock;
    if (!in_8_bits || n < kLeastIn8Bits) return {.m = zeros(shape), .v = zeros(shape), .m_scale = {}, .v_scale = {}};
    Moments moments{.m = at::empty(shape, at::kByte),
                    .v = at::empty(shape, at::kByte),
                    .m_scale = zeros({blocks}),
                    .v_scale = zeros({blocks})};
    std::fill_n(moments.m.data_ptr<uint8_t>(), n, MomentCodes::kZeroMean);
    std::fill_n(moments.v.data_ptr<uint8_t>(), n, MomentCodes::kZeroSquare);
    return moments;
}

void adamw(Parameter& parameter, Moments& moments, const AdamW& settings, int64_t step, float grad_scale) {
    const AdamWStep update{.learning_rate = settings.learning_rate,
                           .beta1 = settings.beta1,
                           .beta2 = settings.beta2,
                           .eps = settings.eps,
                           .weight_decay = settings.weight_decay,
                           .step = step,
                           .grad_scale = grad_scale};
    auto* p = parameter.value.data_ptr<float>();
    const auto* g = data(parameter.grad);
    const int64_t n = parameter.elements();
    if (moments.m_scale.defined()) {
        const MomentCodes codes{.m = moments.m.data_ptr<uint8_t>(),
                                .v = moments.v.data_ptr<uint8_t>(),
                                .m_scale = moments.m_scale.data_ptr<float>(),
                                .v_scale = moments.v_scale.data_ptr<float>()};
        parallel_for(moments.m_scale.numel(), kBlockGrain,
                     [&](Range blocks) { cpu::adamw_8bit(p, g, codes, n, update, blocks); });
        return;
    }
    auto *m = moments.m.data_ptr<float>(), *v = moments.v.data_ptr<float>();
    parallel_for(n, kElementGrain, [&](Range elements) { cpu::adamw(p, g, m, v, update, elements); });
}

}  // namespace lathe::ops
