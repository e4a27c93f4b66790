// NF4 to fp32: value = level[code] · absmax of its block of 64, the bits that bitsandbytes gives. Element 2k is the
// high half of byte k. Source: bitsandbytes backends/cpu/ops.py; the format is described in engine/formats/nf4.h. Pure,
// any thread.
#pragma once

#include <cstdint>

namespace lathe::cpu {

// values (64 · blocks), codes (32 · blocks), absmax (blocks)
void dequantize_nf4(const uint8_t* codes, const float* absmax, int64_t blocks, float* values);

// BF16 bits to fp32, exactly.
void widen_bf16(const uint16_t* bits, int64_t count, float* values);

}  // namespace lathe::cpu
