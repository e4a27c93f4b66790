// Plain rotary embedding in any floating type T: what tests hold the kernel to. Same contract as rope.h.
#pragma once

#include "kernels/rope.h"

namespace lathe::reference {

template <class T>
void rope(T* x, const int32_t* positions, const T* cos, const T* sin, bool inverse, RopeShape shape, Range tokens) {
    const int64_t half = shape.D / 2;
    for (int64_t n = tokens.begin; n < tokens.end; ++n) {
        const T* c = cos + positions[n] * half;
        const T* s = sin + positions[n] * half;
        for (int64_t head = 0; head < shape.heads; ++head) {
            T* low = x + n * shape.token_stride + head * shape.D;
            T* high = low + half;
            for (int64_t i = 0; i < half; ++i) {
                const T a = low[i], b = high[i], turn = inverse ? -s[i] : s[i];
                low[i] = a * c[i] - b * turn;
                high[i] = b * c[i] + a * turn;
            }
        }
    }
}

}  // namespace lathe::reference
