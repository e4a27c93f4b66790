// SwiGLU: y = silu(gate)·up, silu(x) = x/(1+e^−x) (arXiv 2002.05202). gate and up are the halves of one (N, 2·I) row:
// [gate | up]. Any thread.
#pragma once

#include <cstdint>

#include "kernels/shapes.h"

namespace lathe::cpu {

// gate_up (N,2I), y (N,I), which overlap nowhere. Range: rows.
void swiglu(const float* gate_up, float* y, int64_t I, Range rows);
// dy (N,I), d_gate_up (N,2I), which may be gate_up. Range: rows.
void swiglu_backward(const float* gate_up, const float* dy, float* d_gate_up, int64_t I, Range rows);

}  // namespace lathe::cpu
