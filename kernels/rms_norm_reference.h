// Plain RMSNorm, forward and gradients, in any floating type T: what tests hold the kernel to. Same contract as
// rms_norm.h.
#pragma once

#include <cmath>

#include "kernels/rms_norm.h"

namespace lathe::reference {

inline int64_t rms_norm_row_offset(const RmsNormShape& shape, int64_t row) {
    return row / shape.inner_count * shape.outer_stride + row % shape.inner_count * shape.C;
}

template <class T>
void rms_norm(const T* x, const T* w, T* y, T* rstd, RmsNormShape shape, Range rows) {
    for (int64_t row = rows.begin; row < rows.end; ++row) {
        const int64_t offset = rms_norm_row_offset(shape, row);
        T sum = 0;
        for (int64_t c = 0; c < shape.C; ++c) sum += x[offset + c] * x[offset + c];
        const T scale = T(1) / std::sqrt(sum / T(shape.C) + T(shape.eps));
        for (int64_t c = 0; c < shape.C; ++c) y[offset + c] = x[offset + c] * scale * w[c];
        if (rstd != nullptr) rstd[row] = scale;
    }
}

template <class T>
void rms_norm_backward(const T* x, const T* w, const T* rstd, const T* dy, T* dx, RmsNormShape shape, Range rows) {
    for (int64_t row = rows.begin; row < rows.end; ++row) {
        const int64_t offset = rms_norm_row_offset(shape, row);
        T dot = 0;
        for (int64_t c = 0; c < shape.C; ++c) dot += w[c] * dy[offset + c] * x[offset + c];
        const T s = rstd[row];
        const T mean = s * s * dot / T(shape.C);
        for (int64_t c = 0; c < shape.C; ++c) dx[offset + c] = s * (w[c] * dy[offset + c] - x[offset + c] * mean);
    }
}

// dw (C) = Σ over rows of dy · x · rstd: the sum of the kernel's partial blocks.
template <class T>
void rms_norm_weight_backward(const T* x, const T* rstd, const T* dy, T* dw, RmsNormShape shape) {
    for (int64_t c = 0; c < shape.C; ++c) dw[c] = 0;
    for (int64_t row = 0; row < shape.rows; ++row) {
        const int64_t offset = rms_norm_row_offset(shape, row);
        for (int64_t c = 0; c < shape.C; ++c) dw[c] += dy[offset + c] * (x[offset + c] * rstd[row]);
    }
}

}  // namespace lathe::reference
