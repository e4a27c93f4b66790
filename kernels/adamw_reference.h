// Plain AdamW in any floating type T, operation by operation as torch.optim.AdamW's loop over tensors: what tests hold
// the kernel to.
#pragma once

#include <cmath>

#include "kernels/adamw.h"

namespace lathe::reference {

template <class T>
void adamw(T* p, const T* g, T* m, T* v, AdamWStep step, Range elements) {
    const double correction1 = 1.0 - std::pow(step.beta1, static_cast<double>(step.step));
    const double correction2 = 1.0 - std::pow(step.beta2, static_cast<double>(step.step));
    const T decay = T(1.0 - step.learning_rate * step.weight_decay);
    const T rate = T(-step.learning_rate / correction1);
    const T root2 = T(std::sqrt(correction2));
    for (int64_t i = elements.begin; i < elements.end; ++i) {
        const T gradient = g[i] * T(step.grad_scale);
        p[i] *= decay;
        m[i] += T(1.0 - step.beta1) * (gradient - m[i]);
        v[i] = v[i] * T(step.beta2) + T(1.0 - step.beta2) * gradient * gradient;
        p[i] += rate * m[i] / (std::sqrt(v[i]) / root2 + T(step.eps));
    }
}

}  // namespace lathe::reference
