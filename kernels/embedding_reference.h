// Plain embedding lookup and gradient in any floating type T: what tests hold the kernel to. Same contract as
// embedding.h.
#pragma once

#include "kernels/embedding.h"

namespace lathe::reference {

template <class T>
void embedding(const T* table, const int32_t* ids, T* y, int64_t C, Range rows) {
    for (int64_t n = rows.begin; n < rows.end; ++n) {
        for (int64_t c = 0; c < C; ++c) y[n * C + c] = table[ids[n] * C + c];
    }
}

template <class T>
void embedding_backward(const T* dy, const int32_t* ids, int64_t N, T* d_table, int64_t C) {
    for (int64_t n = 0; n < N; ++n) {
        for (int64_t c = 0; c < C; ++c) d_table[ids[n] * C + c] += dy[n * C + c];
    }
}

}  // namespace lathe::reference
