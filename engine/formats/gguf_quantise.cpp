#include "engine/formats/gguf_quantise.h"

#include <algorithm>
#include <climits>
#include <cmath>
#include <cstring>

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

void put_fours(const int* levels, uint8_t* low) {
    for (int j = 0; j < 16; ++j) low[j] = static_cast<uint8_t>((levels[j] & 15) | (levels[j + 16] & 15) << 4);
}

// Bit j of the 32 in `high` is the fifth of level j.
void put_fives(const int* levels, uint8_t* high, uint8_t* low) {
    std::memset(high, 0, 4);
    for (int j = 0; j < 32; ++j) high[j >> 3] = static_cast<uint8_t>(high[j >> 3] | (levels[j] >> 4 & 1) << (j & 7));
    put_fours(levels, low);
}

// w ≈ d (q - half); the farthest weight gets level 0.
bool around_zero(const float* x, int half, int* levels, uint8_t* block) {
    const auto middle = static_cast<float>(half);
    const float d = farthest(x) / -middle, inverse = inverse_of(d);
    for (int j = 0; j < 32; ++j) levels[j] = std::min(2 * half - 1, truncated(x[j] * inverse + (middle + 0.5F)) & 255);
    return put_half(d, block);
}

// w ≈ d q + m.
bool from_least(const float* x, int most, int* levels, uint8_t* block) {
    const float min = *std::min_element(x, x + 32), max = *std::max_element(x, x + 32);
    const float d = (max - min) / static_cast<float>(most), inverse = inverse_of(d);
    for (int j = 0; j < 32; ++j) levels[j] = std::min(most, truncated((x[j] - min) * inverse + 0.5F) & 255);
    const bool fits = put_half(d, block);
    return put_half(min, block + 2) && fits;
}

bool q4_0(const float* x, uint8_t* block) {
    int levels[32];
    const bool fits = around_zero(x, 8, levels, block);
    put_fours(levels, block + 2);
    return fits;
}

bool q4_1(const float* x, uint8_t* block) {
    int levels[32];
    const bool fits = from_least(x, 15, levels, block);
    put_fours(levels, block + 4);
    return fits;
}

bool q5_0(const float* x, uint8_t* block) {
    int levels[32];
    const bool fits = around_zero(x, 16, levels, block);
    put_fives(levels, block + 2, block + 6);
    return fits;
}

bool q5_1(const float* x, uint8_t* block) {
    int levels[32];
    const bool fits = from_least(x, 31, levels, block);
    put_fives(levels, block + 4, block + 8);
    return fits;
}

bool to_block(GgufType type, const float* x, uint8_t* block) {
    switch (type) {
        case GgufType::F32:
            return f32(x, block);
        case GgufType::F16:
            return put_half(*x, block);
        case GgufType::BF16:
            return bf16(x, block);
        case GgufType::Q4_0:
            return q4_0(x, block);
        case GgufType::Q4_1:
            return q4_1(x, block);
        case GgufType::Q5_0:
            return q5_0(x, block);
        case GgufType::Q5_1:
            return q5_1(x, block);
        case GgufType::Q8_0:
            return q8_0(x, block);
        case GgufType::Q4_K:
            return quantise_q4_k(x, block);
        case GgufType::Q5_K:
            return quantise_q5_k(x, block);
        case GgufType::Q6_K:
            return quantise_q6_k(x, block);
    }
    return false;
}

}  // namespace

bool put_half(float value, uint8_t* bytes) {
    const uint16_t bits = fp32_to_fp16(value);
    put_16(bits, bytes);
    return (bits & 0x7C00) != 0x7C00;
}

bool quantise(GgufType type, const float* source, int64_t count, uint8_t* destination) {
    if (!std::all_of(source, source + count, [](float weight) { return std::isfinite(weight); })) return false;
    const GgufBlock block = *find_gguf_block(static_cast<uint32_t>(type));
    bool fits = true;
    for (int64_t i = 0; i < count; i += block.weights, destination += block.bytes)
        fits &= to_block(type, source + i, destination);
    return fits;
}

}  // namespace lathe
