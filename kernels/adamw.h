// AdamW with decoupled weight decay (arXiv 1711.05101), as torch.optim.AdamW:
//   p ← p·(1 − lr·wd);  m ← β1 m + (1−β1) g;  v ← β2 v + (1−β2) g²
//   p ← p − lr/(1−β1^t) · m / (sqrt(v)/sqrt(1−β2^t) + eps), factors computed in double and rounded once
// Pure functions, any thread.
#pragma once

#include <cstdint>

#include "kernels/shapes.h"

namespace lathe {

struct AdamWStep {
    double learning_rate, beta1, beta2, eps, weight_decay;
    int64_t step;      // t, from 1
    float grad_scale;  // g is multiplied by it first (clipping)
};

namespace cpu {

// p, m, v (n) updated in place from g (n). Range: elements.
void adamw(float* p, const float* g, float* m, float* v, AdamWStep step, Range elements);

// Sum of squares over fixed blocks of 4096 elements, in double: task k writes partial[k]. A NaN or infinity in g makes
// it non-finite.
int64_t sum_squares_tasks(int64_t n);
void sum_squares(const float* g, int64_t n, double* partial, Range tasks);

}  // namespace cpu

namespace cuda {
void adamw(float* p, const float* g, float* m, float* v, int64_t n, AdamWStep step, void* stream);
}  // namespace cuda

}  // namespace lathe
