#include "engine/formats/gguf_quantise.h"

#include <algorithm>
#include <climits>
#include <cmath>
#include <cstring>

#include "engine/base/error.h"
#include "engine/formats/float16.h"

// The order of the operations is the reference's; CMakeLists.txt keeps the compiler from fusing them.

namespace lathe {

namespace {

// As x86 converts, whose answer to what does not fit (a weight over a scale that underflowed) is the smallest number.
int truncated(float value) {
    return std::fabs(value) < 0x1p31F ? static_cast<int>(value) : INT_MIN;
}

float inverse_of(float scale) {
    return scale != 0 ? 1 / scale : 0;
}

// The first of those that are farthest from zero.
float farthest(const float* x) {
    float far = 0;
    for (int j = 0; j < 32; ++j)
        if (std::fabs(far) < std::fabs(x[j])) far = x[j];
    return far;
}

void put_16(uint16_t bits, uint8_t* bytes) {
    bytes[0] = static_cast<uint8_t>(bits);
    bytes[1] = static_cast<uint8_t>(bits >> 8);
}

bool f32(const float* x, uint8_t* block) {
    std::memcpy(block, x, 4);
    return true;
}

bool bf16(const float* x, uint8_t* block) {
    const uint16_t bits = fp32_to_bf16(*x);
    put_16(bits, block);
    return std::isfinite(bf16_to_fp32(bits));
}

bool q8_0(const float* x, uint8_t* block) {
    const float d = std::fabs(farthest(x)) / 127, inverse = inverse_of(d);
    for (int j = 0; j < 32; ++j) block[2 + j] = static_cast<uint8_t>(truncated(std::round(x[j] * inverse)));
    return put_half(d, block);
}

bool q4_0(const float* x, uint8_t* block) {
    const float d = farthest(x) / -8, inverse = inverse_of(d);
    const auto level = [&](float weight) { return std::min(15, truncated(weight * inverse + 8.5F) & 255); };
    for (int j = 0; j < 16; ++j) block[2 + j] = static_cast<uint8_t>(level(x[j]) | level(x[j + 16]) << 4);
    return put_half(d, block);
}

// Low halves of the levels, and their fifth bits in the 32 of `high`.
void put_fives(const int* levels, uint8_t* high, uint8_t* low) {
    std::memset(high, 0, 4);
    for (int j = 0; j < 32; ++j) high[j >> 3] = static_cast<uint8_t>(high[j >> 3] | (levels[j] >> 4 & 1) << (j & 7));
    for (int j = 0; j < 16; ++j) low[j] = static_cast<uint8_t>((levels[j] & 15) | (levels[j + 16] & 15) << 4);
}

bool q5_0(const float* x, uint8_t* block) {
    const float d = farthest(x) / -16, inverse = inverse_of(d);
    int levels[32];
    for (int j = 0; j < 32; ++j) levels[j] = std::min(31, truncated(x[j] * inverse + 16.5F) & 255);
    put_fives(levels, block + 2, block + 6);
    return put_half(d, block);
}

bool q5_1(const float* x, uint8_t* block) {
    const float min = *std::min_element(x, x + 32), d = (*std::max_element(x, x + 32) - min) / 31;
    const float inverse = inverse_of(d);
    int levels[32];
    for (int j = 0; j < 32; ++j) levels[j] = truncated((x[j] - min) * inverse + 0.5F) & 255;
    put_fives(levels, block + 4, block + 8);
    const bool fits = put_half(d, block);
    return put_half(min, block + 2) && fits;
}

using Quantiser = bool (*)(const float* weights, uint8_t* block);

Quantiser quantiser(GgufType type) {
    switch (type) {
        case GgufType::F32:
            return f32;
        case GgufType::F16:
            return [](const float* x, uint8_t* block) { return put_half(*x, block); };
        case GgufType::BF16:
            return bf16;
        case GgufType::Q4_0:
            return q4_0;
        case GgufType::Q5_0:
            return q5_0;
        case GgufType::Q5_1:
            return q5_1;
        case GgufType::Q8_0:
            return q8_0;
        case GgufType::Q4_K:
            return quantise_q4_k;
        case GgufType::Q5_K:
            return quantise_q5_k;
        case GgufType::Q6_K:
            return quantise_q6_k;
        case GgufType::Q4_1:
            break;
    }
    fail({.kind = ErrorKind::internal,
          .key = gguf_type_name(static_cast<uint32_t>(type)),
          .expected = "a type that Lathe writes"});
}

}  // namespace

bool put_half(float value, uint8_t* bytes) {
    const uint16_t bits = fp32_to_fp16(value);
    put_16(bits, bytes);
    return (bits & 0x7C00) != 0x7C00;
}

bool quantise(GgufType type, const float* source, int64_t count, uint8_t* destination) {
    if (!std::all_of(source, source + count, [](float weight) { return std::isfinite(weight); })) return false;
    const Quantiser to_block = quantiser(type);
    const GgufBlock block = *find_gguf_block(static_cast<uint32_t>(type));
    bool fits = true;
    for (int64_t i = 0; i < count; i += block.weights, destination += block.bytes)
        fits &= to_block(source + i, destination);
    return fits;
}

}  // namespace lathe
