// Plain softmax cross-entropy with its gradient in any floating type T: what tests hold the kernel to. Contract of
// cross_entropy.h.
#pragma once

#include <algorithm>
#include <cmath>

#include "kernels/cross_entropy.h"

namespace lathe::reference {

template <class T>
T log_sum_exp(const T* logits, int64_t V) {
    T largest = logits[0];
    for (int64_t i = 1; i < V; ++i) largest = std::max(largest, logits[i]);
    T sum = 0;
    for (int64_t i = 0; i < V; ++i) sum += std::exp(logits[i] - largest);
    return largest + std::log(sum);
}

template <class T>
void cross_entropy_loss(const T* logits, const int32_t* targets, T* losses, int64_t V, Range rows) {
    for (int64_t row = rows.begin; row < rows.end; ++row) {
        const T* x = logits + row * V;
        losses[row] = targets[row] == cpu::kIgnoreTarget ? T(0) : log_sum_exp(x, V) - x[targets[row]];
    }
}

template <class T>
void cross_entropy(T* logits, const int32_t* targets, T* losses, int64_t V, T grad_scale, Range rows) {
    for (int64_t row = rows.begin; row < rows.end; ++row) {
        T* x = logits + row * V;
        const int32_t target = targets[row];
        if (target == cpu::kIgnoreTarget) {
            losses[row] = 0;
            std::fill(x, x + V, T(0));
            continue;
        }
        const T lse = log_sum_exp(x, V);
        losses[row] = lse - x[target];
        for (int64_t i = 0; i < V; ++i) x[i] = (std::exp(x[i] - lse) - (i == target ? T(1) : T(0))) * grad_scale;
    }
}

}  // namespace lathe::reference
