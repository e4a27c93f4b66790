// Rotary position embedding, half-split form of Hugging Face (rotate_half): for i < D/2
//   y[i] = x[i]·cos[p,i] − x[i+D/2]·sin[p,i],  y[i+D/2] = x[i+D/2]·cos[p,i] + x[i]·sin[p,i]         (arXiv 2104.09864)
// Pure functions, any thread.
#pragma once

#include <cstdint>

#include "kernels/shapes.h"

namespace lathe {

struct RopeShape {
    int64_t heads, D;
    int64_t token_stride;  // floats between tokens of x (≥ heads·D)
};

namespace cpu {

// x rotated in place. positions (tokens) i32 index the rows of cos and sin (max_positions, D/2). inverse: rotates back
// (the gradient). Range: tokens.
void rope(float* x, const int32_t* positions, const float* cos, const float* sin, bool inverse, RopeShape shape,
          Range tokens);

}  // namespace cpu
}  // namespace lathe
