// Dropout whose mask is a pure function of (key, element), so that the backward pass makes it again. Any thread.
#pragma once

#include <cstdint>

#include "kernels/shapes.h"

namespace lathe::cpu {

// y[i] = x[i] / (1 − p) where element i is kept, else 0; y may be x. 0 ≤ p < 1. `key` names the mask: seed, step,
// layer.
void dropout(const float* x, float* y, double p, uint64_t key, Range elements);

}  // namespace lathe::cpu
