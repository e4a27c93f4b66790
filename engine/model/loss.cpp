// Linear + cross-entropy in chunks of rows (Liger, arXiv 2410.10989): the declarations are in ops.h.
#include <algorithm>

#include "engine/model/ops.h"
#include "engine/model/parallel.h"
#include "kernels/cross_entropy.h"

namespace lathe::ops {

namespace {

constexpr int64_t kChunkFloats = 4 << 20;  // logits that exist at once
// Of a frozen head, which is decoded anew for each chunk.
constexpr int64_t kFrozenChunkFloats = 32 << 20;
constexpr int64_t kMinRows = 32;

// Losses of rows of scores (N,V), which become the gradient of grad_scale · Σ losses if `backward`.
void cross_entropy(float* scores, const int32_t* targets, float* losses, int64_t N, int64_t V, float grad_scale,
                   bool backward) {
    parallel_for(N, 4, [&](Range rows) {
        if (backward)
            cpu::cross_entropy(scores, targets, losses, V, grad_scale, rows);
        else
            cpu::cross_entropy_loss(scores, targets, losses, V, rows);
    });
}

void frozen_cross_entropy(const at::Tensor& hidden, const Parameter& head, std::span<const int32_t> targets,
                          float grad_scale, std::span<float> losses, const at::Tensor& d_hidden,
                          const std::function<void()>& between) {
    const int64_t N = hidden.size(0), V = head.rows, most = loss_chunk_rows(V, true);
    for (int64_t first = 0; first < N; first += most) {
        if (between) between();
        const int64_t n = std::min(most, N - first);
        at::Tensor scores = empty({n, V});
        multiply_weight(hidden.narrow(0, first, n), head, nullptr, scores);
        cross_entropy(scores.data_ptr<float>(), targets.data() + first, losses.data() + first, n, V, grad_scale,
                      d_hidden.defined());
        if (d_hidden.defined()) input_gradient(scores, head, d_hidden.data_ptr<float>() + first * hidden.size(1));
    }
}

}  // namespace

int64_t loss_chunk_rows(int64_t V, bool frozen) {
    return std::max(kMinRows, (frozen ? kFrozenChunkFloats : kChunkFloats) / V / kMinRows * kMinRows);
}

at::Tensor logits(const at::Tensor& hidden, const Parameter& head) {
    at::Tensor y = empty({hidden.size(0), head.rows});
    multiply_weight(hidden, head, nullptr, y);
    return y;
}

void linear_cross_entropy(const at::Tensor& hidden, Parameter& head, std::span<const int32_t> targets, float grad_scale,
                          std::span<float> losses, at::Tensor d_hidden, const std::function<void()>& between) {
    const int64_t N = hidden.size(0), C = hidden.size(1), V = head.rows;
    const bool backward = d_hidden.defined();
    if (head.frozen) return frozen_cross_entropy(hidden, head, targets, grad_scale, losses, d_hidden, between);
    const int64_t rows = std::min(N, loss_chunk_rows(V, false));
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
        multiply_packed({x + first * C, C, 1}, forward_panels.const_data_ptr<float>(), nullptr, scores, V, false,
                        {.M = n, .N = V, .K = C});
        cross_entropy(scores, targets.data() + first, losses.data() + first, n, V, grad_scale, backward);
        if (!backward) continue;
        multiply_packed({scores, V, 1}, backward_panels.const_data_ptr<float>(), nullptr,
                        d_hidden.data_ptr<float>() + first * C, C, false, {.M = n, .N = C, .K = V});
        if (!head.grad.defined()) continue;
        pack({x + first * C, C, 1}, hidden_panels.data_ptr<float>(), n, C);
        multiply_packed({scores, 1, V}, hidden_panels.const_data_ptr<float>(), nullptr, head.grad.data_ptr<float>(), C,
                        true, {.M = V, .N = C, .K = n});
    }
}

}  // namespace lathe::ops
