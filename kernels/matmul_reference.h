// Plain matrix product in any floating type T: what tests hold the kernel to. Same contract as matmul.h.
#pragma once

#include "kernels/matmul.h"

namespace lathe::reference {

template <class T>
struct StridedMatrix {
    const T* data;
    int64_t row_stride, column_stride;
    T at(int64_t row, int64_t column) const { return data[row * row_stride + column * column_stride]; }
};

template <class T>
void matmul(StridedMatrix<T> a, StridedMatrix<T> b, const T* bias, T* c, int64_t ldc, bool accumulate,
            MatmulShape shape) {
    for (int64_t i = 0; i < shape.M; ++i) {
        for (int64_t j = 0; j < shape.N; ++j) {
            T sum = 0;
            for (int64_t k = 0; k < shape.K; ++k) sum += a.at(i, k) * b.at(k, j);
            const T start = accumulate ? c[i * ldc + j] : bias != nullptr ? bias[j] : T(0);
            c[i * ldc + j] = start + sum;
        }
    }
}

}  // namespace lathe::reference
