// CPU rotary embedding: see rope.h.
#include "kernels/rope.h"

#include "kernels/rope_reference.h"

namespace lathe::cpu {

void rope(float* x, const int32_t* positions, const float* cos, const float* sin, bool inverse, RopeShape shape,
          Range tokens) {
    reference::rope(x, positions, cos, sin, inverse, shape, tokens);
}

}  // namespace lathe::cpu
