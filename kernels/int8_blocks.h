// Numbers in 8 bits: a block of 64 shares its scale, the largest magnitude / 127; value = code · scale, code the
// nearest integer (ties to even). A value is at most half a scale off. Pure functions, any thread.
#pragma once

#include <cstdint>

namespace lathe {

constexpr int64_t kInt8Block = 64;

constexpr int64_t int8_blocks(int64_t n) {
    return (n + kInt8Block - 1) / kInt8Block;
}

namespace cpu {

// values (n) finite, codes (n), scales (int8_blocks(n))
void quantize_int8(const float* values, int64_t n, int8_t* codes, float* scales);
void dequantize_int8(const int8_t* codes, const float* scales, int64_t n, float* values);

}  // namespace cpu
}  // namespace lathe
