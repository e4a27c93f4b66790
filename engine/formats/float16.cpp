#include "engine/formats/float16.h"

namespace lathe {

namespace {

constexpr uint32_t kInfinity = 0x7F800000u;

uint32_t is_finite(float value) {
    return (std::bit_cast<uint32_t>(value) & kInfinity) != kInfinity ? 1u : 0u;
}

}  // namespace

bool fp32_to_bf16(const float* source, uint16_t* destination, int64_t count) {
    uint32_t overflows = 0;
    for (int64_t i = 0; i < count; ++i) {
        destination[i] = fp32_to_bf16(source[i]);
        overflows |= is_finite(source[i]) & ((destination[i] & 0x7F80u) == 0x7F80u ? 1u : 0u);
    }
    return overflows == 0;
}

bool fp32_to_fp16(const float* source, uint16_t* destination, int64_t count) {
    uint32_t overflows = 0;
    for (int64_t i = 0; i < count; ++i) {
        destination[i] = fp32_to_fp16(source[i]);
        overflows |= is_finite(source[i]) & ((destination[i] & 0x7C00u) == 0x7C00u ? 1u : 0u);
    }
    return overflows == 0;
}

void bf16_to_fp32(const uint16_t* source, float* destination, int64_t count) {
    for (int64_t i = 0; i < count; ++i) destination[i] = bf16_to_fp32(source[i]);
}

void fp16_to_fp32(const uint16_t* source, float* destination, int64_t count) {
    for (int64_t i = 0; i < count; ++i) destination[i] = fp16_to_fp32(source[i]);
}

}  // namespace lathe
