#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <utility>

#include "engine/formats/float16.h"
#include "engine/formats/gguf_quantise.h"

// The order of the operations is the reference's; CMakeLists.txt keeps the compiler from fusing them.

namespace lathe {

namespace {

constexpr int kBlock = 256;

// ggml's nearest_int: ties to even, for |value| < 2^22. Of a NaN it makes 0.
int nearest(float value) {
    return static_cast<int>(std::bit_cast<uint32_t>(value + 12582912.0F) & 0x7FFFFF) - 0x400000;
}

int level(float value, int least, int most) {
    return std::max(least, std::min(most, nearest(value)));
}

float half_of(const uint8_t* bytes) {
    return fp16_to_fp32(static_cast<uint16_t>(bytes[0] | bytes[1] << 8));
}

// How Q4_K and Q5_K search: levels 0 to `most`, and `steps` + 1 scales from (max - min) / (most + first) on.
struct Search {
    int most;
    float first;
    int steps;
};

struct Range {
    float scale, min;  // w ≈ scale q - min
};

constexpr int kGroup = 32;

// Sums of the levels l that a scale gives, each weighed w.
struct LevelSums {
    float l = 0, l2 = 0, xl = 0;
};

LevelSums take_levels(const float* x, const float* w, float inverse, float min, int most, uint8_t* levels) {
    LevelSums sums;
    for (int i = 0; i < kGroup; ++i) {
        const int taken = level(inverse * (x[i] - min), 0, most);
        const auto l = static_cast<float>(taken);
        levels[i] = static_cast<uint8_t>(taken);
        sums.l += w[i] * l;
        sums.l2 += w[i] * l * l;
        sums.xl += w[i] * l * x[i];
    }
    return sums;
}

float weighed_error(const float* x, const float* w, const uint8_t* levels, float scale, float min) {
    float error = 0;
    for (int i = 0; i < kGroup; ++i) {
        const float off = scale * static_cast<float>(levels[i]) + min - x[i];
        error += w[i] * (off * off);
    }
    return error;
}

// make_qkx2_quants: of the scales tried, each refitted to its levels, the one of the least weighed squared error.
Range fit_range(const float* x, const Search& search, uint8_t* levels) {
    float squares = 0, w[kGroup];
    for (int i = 0; i < kGroup; ++i) squares += x[i] * x[i];
    const float rms = std::sqrt(squares / kGroup);
    for (int i = 0; i < kGroup; ++i) w[i] = rms + std::fabs(x[i]);
    float sum_w = w[0], sum_x = w[0] * x[0];
    for (int i = 1; i < kGroup; ++i) {
        sum_w += w[i];
        sum_x += w[i] * x[i];
    }
    const float max = *std::max_element(x, x + kGroup);
    float min = std::min(0.0F, *std::min_element(x, x + kGroup));
    if (max == min) {
        std::memset(levels, 0, kGroup);
        return {0, -min};
    }
    const auto most = static_cast<float>(search.most);
    const float inverse = most / (max - min);
    float scale = 1 / inverse;
    take_levels(x, w, inverse, min, search.most, levels);
    float least_error = weighed_error(x, w, levels, scale, min);
    for (int step = 0; step <= search.steps; ++step) {
        uint8_t tried[kGroup];
        const float tried_inverse = (search.first + 0.1F * static_cast<float>(step) + most) / (max - min);
        const LevelSums sums = take_levels(x, w, tried_inverse, min, search.most, tried);
        const float spread = sum_w * sums.l2 - sums.l * sums.l;
        if (!(spread > 0)) continue;
        float new_scale = (sum_w * sums.xl - sum_x * sums.l) / spread;
        float new_min = (sums.l2 * sum_x - sums.l * sums.xl) / spread;
        if (new_min > 0) {
            new_min = 0;
            new_scale = sums.xl / sums.l2;
        }
        const float error = weighed_error(x, w, tried, new_scale, new_min);
        if (!(error < least_error)) continue;
        std::memcpy(levels, tried, kGroup);
        least_error = error;
        scale = new_scale;
        min = new_min;
    }
    return {scale, -min};
}

// Six bits of each of the eight pairs: those of the first four in a byte of their own, the other four in four bits and
// the two that the first left over.
void put_pairs(const uint8_t* scales, const uint8_t* mins, uint8_t* bytes) {
    for (int j = 0; j < 4; ++j) {
        bytes[j] = static_cast<uint8_t>(scales[j] | scales[j + 4] >> 4 << 6);
        bytes[j + 4] = static_cast<uint8_t>(mins[j] | mins[j + 4] >> 4 << 6);
        bytes[j + 8] = static_cast<uint8_t>((scales[j + 4] & 15) | (mins[j + 4] & 15) << 4);
    }
}

uint8_t six_bits(float value) {
    return std::min<uint8_t>(63, static_cast<uint8_t>(nearest(value)));
}

// d, dmin and the pairs into the block's first 16 bytes, and the level of each weight.
bool fit_groups(const float* x, const Search& search, uint8_t* block, uint8_t* levels) {
    Range ranges[8];
    float max_scale = 0, max_min = 0;
    for (int j = 0; j < 8; ++j) {
        ranges[j] = fit_range(x + j * kGroup, search, levels + j * kGroup);
        max_scale = std::max(max_scale, ranges[j].scale);
        max_min = std::max(max_min, ranges[j].min);
    }
    const float inverse_scale = max_scale > 0 ? 63 / max_scale : 0, inverse_min = max_min > 0 ? 63 / max_min : 0;
    uint8_t scales[8], mins[8];
    for (int j = 0; j < 8; ++j) {
        scales[j] = six_bits(inverse_scale * ranges[j].scale);
        mins[j] = six_bits(inverse_min * ranges[j].min);
    }
    const bool scale_fits = put_half(max_scale / 63, block), min_fits = put_half(max_min / 63, block + 2);
    put_pairs(scales, mins, block + 4);
    for (int j = 0; j < 8; ++j) {
        const float d = half_of(block) * static_cast<float>(scales[j]);
        if (d == 0) continue;  // the levels of the fit stay
        const float min = half_of(block + 2) * static_cast<float>(mins[j]);
        for (int i = j * kGroup; i < (j + 1) * kGroup; ++i)
            levels[i] = static_cast<uint8_t>(level((x[i] + min) / d, 0, search.most));
    }
    return scale_fits && min_fits;
}

// Of each 64 levels the first half in the low, the second in the high halves of 32 bytes.
void put_halves(const uint8_t* levels, uint8_t* low) {
    for (int chunk = 0; chunk < kBlock; chunk += 64)
        for (int i = 0; i < 32; ++i)
            *low++ = static_cast<uint8_t>((levels[chunk + i] & 15) | (levels[chunk + i + 32] & 15) << 4);
}

constexpr int kSixteenth = 16;
constexpr float kLeast = 1e-15F;  // what is smaller counts as zero

// make_qx_quants: w ≈ scale (q - 32), weighed by w².
float fit_scale(const float* x, uint8_t* levels) {
    float far = 0;
    for (int i = 0; i < kSixteenth; ++i)
        if (std::fabs(x[i]) > std::fabs(far)) far = x[i];
    if (std::fabs(far) < kLeast) {
        std::memset(levels, 0, kSixteenth);
        return 0;
    }
    const auto take = [&](float inverse) {
        for (int i = 0; i < kSixteenth; ++i) levels[i] = static_cast<uint8_t>(level(inverse * x[i], -32, 31) + 32);
    };
    const auto sums = [&](float inverse) {
        float xl = 0, l2 = 0;
        for (int i = 0; i < kSixteenth; ++i) {
            const float w = x[i] * x[i];
            const auto l = static_cast<float>(level(inverse * x[i], -32, 31));
            xl += w * x[i] * l;
            l2 += w * l * l;
        }
        return std::pair(xl, l2);
    };
    const float inverse = -32 / far;
    take(inverse);
    const auto [first_xl, first_l2] = sums(inverse);
    float scale = first_l2 != 0 ? first_xl / first_l2 : 0, best = scale * first_xl;
    for (int step = -9; step <= 9; ++step) {
        if (step == 0) continue;
        const float tried = -(32 + 0.1F * static_cast<float>(step)) / far;
        const auto [xl, l2] = sums(tried);
        if (!(l2 > 0 && xl * xl > best * l2)) continue;
        take(tried);
        scale = xl / l2;
        best = scale * xl;
    }
    return scale;
}

void put_sixes(const uint8_t* levels, uint8_t* low, uint8_t* high) {
    for (int half = 0; half < 2; ++half, levels += 128, low += 64, high += 32) {
        for (int i = 0; i < 64; ++i) low[i] = static_cast<uint8_t>((levels[i] & 15) | (levels[i + 64] & 15) << 4);
        for (int i = 0; i < 32; ++i)
            high[i] = static_cast<uint8_t>(levels[i] >> 4 | levels[i + 32] >> 4 << 2 | levels[i + 64] >> 4 << 4 |
                                           levels[i + 96] >> 4 << 6);
    }
}

}  // namespace

bool quantise_q4_k(const float* weights, uint8_t* block) {
    uint8_t levels[kBlock];
    const bool fits = fit_groups(weights, {.most = 15, .first = -1, .steps = 20}, block, levels);
    put_halves(levels, block + 16);
    return fits;
}

bool quantise_q5_k(const float* weights, uint8_t* block) {
    uint8_t levels[kBlock];
    const bool fits = fit_groups(weights, {.most = 31, .first = -0.5F, .steps = 15}, block, levels);
    uint8_t* high = block + 16;
    std::memset(high, 0, 32);
    for (int i = 0; i < kBlock; ++i) high[i % 32] = static_cast<uint8_t>(high[i % 32] | levels[i] >> 4 << (i / 32));
    put_halves(levels, block + 48);
    return fits;
}

bool quantise_q6_k(const float* weights, uint8_t* block) {
    uint8_t levels[kBlock];
    float scales[16], far = 0;
    bool fits = true;
    for (int j = 0; j < 16; ++j) {
        scales[j] = fit_scale(weights + j * kSixteenth, levels + j * kSixteenth);
        fits &= std::isfinite(scales[j]);
        if (std::fabs(scales[j]) > std::fabs(far)) far = scales[j];
    }
    if (std::fabs(far) < kLeast) {
        std::memset(block, 0, 210);
        return fits;
    }
    const float inverse = -128 / far;
    fits &= put_half(1 / inverse, block + 208);
    auto* stored = reinterpret_cast<int8_t*>(block + 192);
    for (int j = 0; j < 16; ++j) {
        stored[j] = static_cast<int8_t>(std::min(127, nearest(inverse * scales[j])));
        const float d = half_of(block + 208) * static_cast<float>(stored[j]);
        if (d == 0) continue;  // the levels of the fit stay
        for (int i = j * kSixteenth; i < (j + 1) * kSixteenth; ++i)
            levels[i] = static_cast<uint8_t>(level(weights[i] / d, -32, 31) + 32);
    }
    put_sixes(levels, block, block + 128);
    return fits;
}

}  // namespace lathe
