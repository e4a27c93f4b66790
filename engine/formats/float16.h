// bfloat16 and IEEE half precision from and to fp32, rounding to nearest even as torch does; NaN stays NaN, an overflow
// becomes infinity. Plain integer arithmetic that compilers vectorise. Source: IEEE 754-2008; c10/util/BFloat16.h,
// Half.h. Pure functions, any thread.
#pragma once

#include <bit>
#include <cstdint>

namespace lathe {

inline uint16_t fp32_to_bf16(float value) {
    const auto bits = std::bit_cast<uint32_t>(value);
    const auto rounded = static_cast<uint16_t>((bits + 0x7FFFu + ((bits >> 16) & 1u)) >> 16);
    return (bits & 0x7FFFFFFFu) > 0x7F800000u ? uint16_t{0x7FC0} : rounded;
}

inline float bf16_to_fp32(uint16_t bits) {
    return std::bit_cast<float>(static_cast<uint32_t>(bits) << 16);
}

inline uint16_t fp32_to_fp16(float value) {
    const auto bits = std::bit_cast<uint32_t>(value);
    const uint32_t sign = (bits >> 16) & 0x8000u;
    const uint32_t magnitude = bits & 0x7FFFFFFFu;
    uint32_t half;
    if (magnitude > 0x7F800000u) {
        half = 0x7E00u;
    } else if (magnitude >= 0x47800000u) {  // 2^16 and above
        half = 0x7C00u;
    } else if (magnitude >= 0x38800000u) {  // normal: the carry of rounding runs into the exponent, up to infinity
        half = (magnitude - 0x38000000u + 0xFFFu + ((magnitude >> 13) & 1u)) >> 13;
    } else {  // below 2^-14: in [0.5, 1) the last bit of an fp32 is 2^-24, half's subnormal unit, so that the addition
              // rounds
        half = std::bit_cast<uint32_t>(std::bit_cast<float>(magnitude) + 0.5f) - 0x3F000000u;
    }
    return static_cast<uint16_t>(sign | half);
}

inline float fp16_to_fp32(uint16_t bits) {
    const uint32_t sign = static_cast<uint32_t>(bits & 0x8000u) << 16;
    const uint32_t magnitude = bits & 0x7FFFu;
    uint32_t wide = (magnitude << 13) + 0x38000000u;
    if (magnitude >= 0x7C00u) {
        wide = (magnitude << 13) | 0x7F800000u;
    } else if (magnitude < 0x400u) {
        wide = std::bit_cast<uint32_t>(static_cast<float>(magnitude) * 0x1p-24f);
    }
    return std::bit_cast<float>(sign | wide);
}

// count elements. The two that narrow return false if a finite number became infinite.
bool fp32_to_bf16(const float* source, uint16_t* destination, int64_t count);
bool fp32_to_fp16(const float* source, uint16_t* destination, int64_t count);
void bf16_to_fp32(const uint16_t* source, float* destination, int64_t count);
void fp16_to_fp32(const uint16_t* source, float* destination, int64_t count);

}  // namespace lathe
