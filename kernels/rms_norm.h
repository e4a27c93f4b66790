// RMSNorm: y = x · rstd · w, rstd = 1/sqrt(mean(x²) + eps), per row of C (arXiv 1910.07467).
// Pure functions, any thread.
#pragma once

#include <cstdint>

#include "kernels/shapes.h"

namespace lathe {

// Rows are addressed as (outer, inner): row r = outer·inner_count + inner lies at outer·outer_stride + inner·C floats,
// so q/k norms work in place on a slice of a packed qkv row. Plain matrices: inner_count = 1, outer_stride = C.
struct RmsNormShape {
    int64_t rows, C;
    int64_t inner_count, outer_stride;
    float eps;
};

namespace cpu {

// x, y (rows,C) by the shape's addressing; rstd (rows) is written if not null. y may be x. Range: rows.
void rms_norm(const float* x, const float* w, float* y, float* rstd, RmsNormShape shape, Range rows);
// dx = rstd·(w·dy − x·rstd²·mean(w·dy·x)), dy and dx addressed as x; dx may be dy. Range: rows.
void rms_norm_backward(const float* x, const float* w, const float* rstd, const float* dy, float* dx,
                       RmsNormShape shape, Range rows);
// Fixed blocks of rows, so that the sum is bit-equal at any thread count: block k's partial sum of
// dw = Σ dy·x·rstd goes to partial[k·C .. ); the caller adds the blocks in order. Range: tasks.
int64_t rms_norm_weight_tasks(RmsNormShape shape);
void rms_norm_weight_backward(const float* x, const float* rstd, const float* dy, float* partial, RmsNormShape shape,
                              Range tasks);

}  // namespace cpu

namespace cuda {
void rms_norm(const float* x, const float* w, float* y, float* rstd, RmsNormShape shape, void* stream);
}  // namespace cuda

}  // namespace lathe
