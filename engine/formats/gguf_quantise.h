// fp32 weights as blocks of a GGUF, bit-equal to ggml's reference quantisers (quantize_row_*_ref), which llama-quantize
// uses where it has no importance matrix. gguf_blocks.h has the types and what a block holds; F16 and BF16 round to
// nearest even. Source: ggml/src/ggml-quants.c (MIT). Pure functions, any thread.
#pragma once

#include <cstdint>

#include "engine/formats/gguf_blocks.h"

namespace lathe {

// `count` weights, a multiple of the type's block. False if one of them, or the scale of a block, is no finite number
// in this type; the blocks are then of no use.
[[nodiscard]] bool quantise(GgufType type, const float* source, int64_t count, uint8_t* destination);

// A block of 256 weights; false as above, if a scale is not finite. For quantise().
bool quantise_q4_k(const float* weights, uint8_t* block);
bool quantise_q5_k(const float* weights, uint8_t* block);
bool quantise_q6_k(const float* weights, uint8_t* block);
// Little-endian. False: it is infinite as a half.
bool put_half(float value, uint8_t* bytes);

}  // namespace lathe
