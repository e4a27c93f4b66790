// Column sums: out[j] += Σ_i x[i,j], rows added in order: the gradient of a bias, and the second stage of row-blocked
// partial sums. Any thread.
#pragma once

#include <cstdint>

#include "kernels/shapes.h"

namespace lathe::cpu {

// x (rows,C) fp32 with row stride C, out (C). Range: columns.
void column_sum(const float* x, float* out, int64_t rows, int64_t C, Range columns);

}  // namespace lathe::cpu
