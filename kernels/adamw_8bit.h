// AdamW whose moments lie in 8 bits (arXiv 2110.02861), as bitsandbytes' AdamW8bit: blocks of 256 elements share a
// scale, m = dynamic_map[code] · scale, v = unsigned_dynamic_map[code] · scale. A step decodes a block, makes AdamW's
// update (adamw.h), and takes the nearest codes of what comes out. (bitsandbytes on CUDA moves a tiny mean whose code
// would be 0 to the code beside it; here it becomes 0.) Pure functions, any thread.
#pragma once

#include <cstdint>

#include "kernels/adamw.h"

namespace lathe {

constexpr int64_t kMomentBlock = 256;

struct MomentCodes {
    uint8_t *m, *v;                                             // (n)
    float *m_scale, *v_scale;                                   // (blocks): the largest magnitude of the block
    static constexpr uint8_t kZeroMean = 127, kZeroSquare = 0;  // codes of 0
};

namespace cpu {

// p (n) and the moments are updated in place from g (n). Range: blocks of kMomentBlock elements.
void adamw_8bit(float* p, const float* g, MomentCodes moments, int64_t n, AdamWStep step, Range blocks);

}  // namespace cpu
}  // namespace lathe
