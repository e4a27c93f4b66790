// The tensor types of GGUF that Lathe reads, and their blocks as fp32, bit-equal to gguf.quants of the Python package.
// A block is a run of weights w along a row: d, m, dmin are half floats, q small integers.
//   Q4_0, Q5_0  w = d (q - 8), d (q - 16)     Q4_1, Q5_1  w = d q + m     Q8_0  w = d q     (32 weights)
//   Q4_K, Q5_K  w = d s q - dmin t, with 6-bit s, t for every 32;  Q6_K  w = d s (q - 32), int8 s for every 16   (256)
// Source: ggml/src/ggml-common.h, ggml-quants.c. Pure functions, any thread.
#pragma once

#include <cstdint>

namespace lathe {

// The numbers of the file (ggml_type).
enum class GgufType : uint32_t {
    F32 = 0,
    F16 = 1,
    Q4_0 = 2,
    Q4_1 = 3,
    Q5_0 = 6,
    Q5_1 = 7,
    Q8_0 = 8,
    Q4_K = 12,
    Q5_K = 13,
    Q6_K = 14,
    BF16 = 30,
};

struct GgufBlock {
    int64_t weights;
    int64_t bytes;
};

// Null where Lathe does not read the type.
const GgufBlock* find_gguf_block(uint32_t type);
// ggml's name ("IQ4_XS"); null for a number that ggml does not know, or no longer.
const char* gguf_type_name(uint32_t type);
// `blocks` blocks in a row; weights holds blocks × block.weights.
void dequantize(GgufType type, const uint8_t* source, int64_t blocks, float* weights);

}  // namespace lathe
