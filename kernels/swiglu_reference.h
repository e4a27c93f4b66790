// Plain SwiGLU, forward and gradient, in any floating type T: what tests hold the kernel to. Same contract as swiglu.h.
#pragma once

#include <cmath>

#include "kernels/swiglu.h"

namespace lathe::reference {

template <class T>
void swiglu(const T* gate_up, T* y, int64_t I, Range rows) {
    for (int64_t row = rows.begin; row < rows.end; ++row) {
        const T* gate = gate_up + row * 2 * I;
        const T* up = gate + I;
        for (int64_t i = 0; i < I; ++i) y[row * I + i] = gate[i] / (T(1) + std::exp(-gate[i])) * up[i];
    }
}

template <class T>
void swiglu_backward(const T* gate_up, const T* dy, T* d_gate_up, int64_t I, Range rows) {
    for (int64_t row = rows.begin; row < rows.end; ++row) {
        const T* gate = gate_up + row * 2 * I;
        const T* up = gate + I;
        T* d_gate = d_gate_up + row * 2 * I;
        T* d_up = d_gate + I;
        for (int64_t i = 0; i < I; ++i) {
            const T g = gate[i], u = up[i], d = dy[row * I + i];
            const T logistic = T(1) / (T(1) + std::exp(-g));
            d_gate[i] = d * u * logistic * (T(1) + g * (T(1) - logistic));
            d_up[i] = d * g * logistic;
        }
    }
}

}  // namespace lathe::reference
