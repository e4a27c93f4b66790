// CPU SwiGLU: see swiglu.h.
#include "kernels/swiglu.h"

#include "kernels/swiglu_reference.h"

namespace lathe::cpu {

void swiglu(const float* gate_up, float* y, int64_t I, Range rows) { reference::swiglu(gate_up, y, I, rows); }

void swiglu_backward(const float* gate_up, const float* dy, float* d_gate_up, int64_t I, Range rows) {
    reference::swiglu_backward(gate_up, dy, d_gate_up, I, rows);
}

}  // namespace lathe::cpu
