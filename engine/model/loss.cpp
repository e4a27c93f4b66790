// Linear + cross-entropy in chunks of rows (Liger, arXiv 2410.10989): the declarations are in ops.h.
#include <algorithm>

#include "engine/model/ops.h"
#include "engine/model/parallel.h"
#include "kernels/cross_entropy.h"

namespace lathe::ops {

namespace {

constexpr int64_t kChunkFloats = 4 << 20;  // logits that exist at once
constexpr int64_t kMinRows = 32;

int64_t chunk_rows(int64_t V) {
    return std::max(kMinRows, kChunkFloats / V / kMinRows * kMinRows);
}

}  // namespace

at::Tensor logits(const at::Tensor& hidden, const Parameter& head) {
    at::Tensor y = empty({hidden.size(0), head.rows});
    multiply_weight(hidden, head, nullptr, y);
    return y;
}

void linear_cross_entropy(const at::Tensor& hidden, Parameter& head, std::span<const int32_t> targets, float grad_scale,
                          std::span<float> losses, at::Tensor d_hidden, const std::function<void()>& between) {
    const int64_t N = hidden.size(0), C = hidden.size(1), V = head.rows;
    const bool backward = d_hidden.defined();
    const int64_t rows = std::min(N, chunk_rows(V));
    const at::Tensor forward_panels = head.packed.defined() ? head.packed : pack_forward(head);
    at::Tensor backward_panels = empty({backward ? cpu::matmul_packed_floats(V, C) : 0});
    at::Tensor hidden_panels = empty({backward && head.grad.defined() ? cpu::matmul_packed_floats(rows, C) : 0});
    at::Tensor chunk = empty({rows, V});
    auto* scores = chunk.data_ptr<float>();
    const auto* x = hidden.const_data_ptr<float>();
    if (backward) pack({head.value.const_data_ptr<float>(), C, 1}, backward_panels.data_ptr<float>(), V, C);
    for (int64_t first = 0; first < N; first += rows) {
        if (between) between();
        const int64_t n = std::min(rows, N - first);
        multiply_packed({x + first * C, C, 1}, forward_panels.const_data_ptr<float>(), nullptr, scores, false,
                        {.M = n, .N = V, .K = C});
        parallel_for(n, 4, [&](Range range) {
            if (backward)
                cpu::cross_entropy(scores, targets.data() + first, losses.data() + first, V, grad_scale, range);
            else
                cpu::cross_entropy_loss(scores, targets.data() + first, losses.data() + first, V, range);
        });
        if (!backward) continue;
        multiply_packed({scores, V, 1}, backward_panels.const_data_ptr<float>(), nullptr,
                        d_hidden.data_ptr<float>() + first * C, false, {.M = n, .N = C, .K = V});
        if (!head.grad.defined()) continue;
        pack({x + first * C, C, 1}, hidden_panels.data_ptr<float>(), n, C);
        multiply_packed({scores, 1, V}, hidden_panels.const_data_ptr<float>(), nullptr, head.grad.data_ptr<float>(),
                        true, {.M = V, .N = C, .K = n});
    }
}

}  // namespace lathe::ops
