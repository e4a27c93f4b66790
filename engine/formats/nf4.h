// NF4, the 4-bit format of bitsandbytes, and its double quantisation of scales, bit for bit as bitsandbytes 0.50 makes
// and reads them on a CPU. A block of values shares its largest magnitude as scale:
//   code = index of the nearest of 16 levels to value / absmax,   value = level[code] · absmax
// Element 2k is the high half of byte k, element 2k+1 the low one. Double quantisation keeps the scales in 8 bits:
//   absmax = map[code] · nested_absmax + offset,   offset = mean of absmax
// Source: bitsandbytes functional.py (quantize_4bit, create_dynamic_map), backends/default/ops.py, backends/cpu/ops.py;
// the sum in the order of torch's SumKernel.cpp. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <vector>

#include "kernels/dynamic_map.h"
#include "kernels/nf4.h"

namespace lathe {

constexpr int64_t kNf4Block = 64;         // values that share a scale
constexpr int64_t kNf4NestedBlock = 256;  // scales that share a scale

constexpr int64_t nf4_blocks(int64_t count, int64_t block) {
    return (count + block - 1) / block;
}

// The scale of each block of count values, from the start of a block on. An incomplete block is the tensor's last one.
// A value that is not finite makes its block's scale so.
void nf4_absmax(const float* values, int64_t count, int64_t block, float* absmax);
// The same values as (count + 1) / 2 bytes of codes by these scales.
void quantize_nf4(const float* values, const float* absmax, int64_t count, int64_t block, uint8_t* codes);
// Elements [first, first+count): `codes` begins with the byte, `absmax` with the block that holds `first`.
void dequantize_nf4(const uint8_t* codes, const float* absmax, int64_t block, int64_t first, int64_t count,
                    float* values);

struct NestedAbsmax {
    std::vector<uint8_t> codes;  // one a block of values
    std::vector<float> absmax;   // one a kNf4NestedBlock of those
    float offset;
};
// The scales of a whole tensor, finite. The offset is torch's with one thread: with more it sums over 32768 scales
// otherwise.
NestedAbsmax quantize_absmax(std::vector<float> absmax);
// Scales [first, first+count): `codes` begins with first's, `nested` with those of the tensor.
void dequantize_absmax(const uint8_t* codes, const float* map, const float* nested, float offset, int64_t block,
                       int64_t first, int64_t count, float* absmax);

}  // namespace lathe
