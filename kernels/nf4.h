// NF4 to fp32: value = level[code] · absmax of its block of 64, the bits that bitsandbytes gives. Element 2k is the
// high half of byte k. Source: bitsandbytes backends/cpu/ops.py; the format is described in engine/formats/nf4.h. Pure,
// any thread.
#pragma once

#include <array>
#include <cstdint>

namespace lathe {

// QLoRA, arXiv 2305.14314, appendix E.
inline constexpr std::array<float, 16> kNf4Levels = {-1.0F,
                                                     -0.6961928009986877F,
                                                     -0.5250730514526367F,
                                                     -0.39491748809814453F,
                                                     -0.28444138169288635F,
                                                     -0.18477343022823334F,
                                                     -0.09105003625154495F,
                                                     0.0F,
                                                     0.07958029955625534F,
                                                     0.16093020141124725F,
                                                     0.24611230194568634F,
                                                     0.33791524171829224F,
                                                     0.44070982933044434F,
                                                     0.5626170039176941F,
                                                     0.7229568362236023F,
                                                     1.0F};

namespace cpu {

// values (64 · blocks), codes (32 · blocks), absmax (blocks)
void dequantize_nf4(const uint8_t* codes, const float* absmax, int64_t blocks, float* values);

}  // namespace cpu
}  // namespace lathe
