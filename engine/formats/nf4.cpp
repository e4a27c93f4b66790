#include "engine/formats/nf4.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace lathe {

namespace {

constexpr float kSmallestScale = 1e-38F;
constexpr float kNestedSteps = 65535;  // bitsandbytes rounds to one of as many places before it looks for the nearest
constexpr int64_t kLanes = 8, kRow = 4 * kLanes;
constexpr size_t kLevels = 4;

// Halfway between neighbours: what is above belongs to the upper one.
template <size_t N>
std::array<float, N - 1> middles(const std::array<float, N>& levels) {
    std::array<float, N - 1> middle{};
    for (size_t i = 0; i + 1 < N; ++i) middle[i] = (levels[i] + levels[i + 1]) / 2;
    return middle;
}

// A NaN's bits are above those of all numbers, so that one makes the block's scale.
float largest(const float* values, int64_t count) {
    uint32_t bits = 0;
    for (int64_t i = 0; i < count; ++i) bits = std::max(bits, std::bit_cast<uint32_t>(values[i]) & 0x7FFFFFFFU);
    return std::bit_cast<float>(bits);
}

void add(const float* source, int64_t count, float* sum) {
    for (int64_t i = 0; i < count; ++i) sum[i] += source[i];
}

// Rows of four vectors are summed side by side, and a level's sums go to the next one every 2^power rows.
float sum_like_torch(const std::vector<float>& values) {
    const auto count = static_cast<int64_t>(values.size());
    const int64_t vectors = count / kLanes, rows = vectors / 4;
    const int width = std::bit_width(static_cast<uint64_t>(std::max<int64_t>(rows, 1) - 1));
    const int64_t power = std::max<int64_t>(4, width / static_cast<int64_t>(kLevels));
    std::array<std::array<float, kRow>, kLevels> sums{};
    for (int64_t row = 0; row < rows;) {
        add(values.data() + row * kRow, kRow, sums[0].data());
        ++row;
        for (size_t level = 1; level < kLevels; ++level) {
            if (row % (int64_t{1} << (static_cast<int64_t>(level) * power)) != 0) break;
            add(sums[level - 1].data(), kRow, sums[level].data());
            sums[level - 1].fill(0);
        }
    }
    for (size_t level = 1; level < kLevels; ++level) add(sums[level].data(), kRow, sums[0].data());
    for (int64_t i = rows * 4; i < vectors; ++i) add(values.data() + i * kLanes, kLanes, sums[0].data());
    for (int64_t i = 1; i < 4; ++i) add(sums[0].data() + i * kLanes, kLanes, sums[0].data());
    float sum = 0;
    for (int64_t i = vectors * kLanes; i < count; ++i) sum += values[static_cast<size_t>(i)];
    for (size_t i = 0; i < kLanes; ++i) sum += sums[0][i];
    return sum;
}

uint8_t nested_code(float value) {
    static const std::array<float, 255> kMiddles = middles(dynamic_map());
    const float place = std::floor((value + 1.0F) * 0.5F * kNestedSteps + 0.5F);
    const float rounded = place / kNestedSteps * 2.0F - 1.0F;
    return static_cast<uint8_t>(std::lower_bound(kMiddles.begin(), kMiddles.end(), rounded) - kMiddles.begin());
}

}  // namespace

void nf4_absmax(const float* values, int64_t count, int64_t block, float* absmax) {
    for (int64_t begin = 0; begin < count; begin += block, ++absmax) {
        *absmax = largest(values + begin, std::min(block, count - begin));
        if (count - begin < block) *absmax = std::max(*absmax, kSmallestScale);
    }
}

void quantize_nf4(const float* values, const float* absmax, int64_t count, int64_t block, uint8_t* codes) {
    static const std::array<float, 15> kMiddles = middles(kNf4Levels);
    std::vector<uint8_t> wide(static_cast<size_t>(block) + 1);
    for (int64_t begin = 0; begin < count; begin += block, values += block, codes += block / 2, ++absmax) {
        const int64_t n = std::min(block, count - begin);
        const float scale = std::max(*absmax, kSmallestScale), reciprocal = 1.0F / scale;
        for (int64_t i = 0; i < n; ++i) {
            // An incomplete block is divided by its scale, the others are multiplied by the reciprocal.
            const float scaled = n < block ? values[i] / scale : values[i] * reciprocal;
            int code = 0;
            for (const float middle : kMiddles) code += scaled > middle ? 1 : 0;
            wide[static_cast<size_t>(i)] = static_cast<uint8_t>(code);
        }
        wide[static_cast<size_t>(n)] = 7;  // zero, where half a byte is left
        for (int64_t i = 0; i < (n + 1) / 2; ++i) {
            const auto at = static_cast<size_t>(2 * i);
            codes[i] = static_cast<uint8_t>(wide[at] << 4 | wide[at + 1]);
        }
    }
}

void dequantize_nf4(const uint8_t* codes, const float* absmax, int64_t block, int64_t first, int64_t count,
                    float* values) {
    if (block == kNf4Block && first % block == 0) {
        const int64_t whole = count / block;
        cpu::dequantize_nf4(codes, absmax, whole, values);
        codes += whole * block / 2;
        absmax += whole;
        values += whole * block;
        first += whole * block;
        count -= whole * block;
    }
    std::array<float, 16> scaled{};
    int64_t nibble = first % 2;
    for (int64_t in_block = first % block; count > 0; in_block = 0, ++absmax) {
        const int64_t n = std::min(count, block - in_block);
        for (size_t i = 0; i < scaled.size(); ++i) scaled[i] = kNf4Levels[i] * *absmax;
        for (int64_t i = 0; i < n; ++i, ++nibble)
            values[i] = scaled[nibble % 2 ? codes[nibble / 2] & 15U : codes[nibble / 2] >> 4U];
        values += n;
        count -= n;
    }
}

NestedAbsmax quantize_absmax(std::vector<float> absmax) {
    const auto count = static_cast<int64_t>(absmax.size());
    NestedAbsmax nested{.codes = std::vector<uint8_t>(absmax.size()), .absmax = {}, .offset = 0};
    if (count == 0) return nested;
    nested.offset = sum_like_torch(absmax) / static_cast<float>(count);
    for (float& scale : absmax) scale -= nested.offset;
    for (int64_t begin = 0; begin < count; begin += kNf4NestedBlock) {
        const int64_t end = std::min(begin + kNf4NestedBlock, count);
        nested.absmax.push_back(largest(absmax.data() + begin, end - begin));
        if (nested.absmax.back() == 0) continue;  // code 0, whose value comes back as 0
        const float reciprocal = 1.0F / nested.absmax.back();
        for (auto i = static_cast<size_t>(begin); i < static_cast<size_t>(end); ++i)
            nested.codes[i] = nested_code(std::clamp(absmax[i] * reciprocal, -1.0F, 1.0F));
    }
    return nested;
}

void dequantize_absmax(const uint8_t* codes, const float* map, const float* nested, float offset, int64_t block,
                       int64_t first, int64_t count, float* absmax) {
    for (int64_t i = 0; i < count; ++i) absmax[i] = map[codes[i]] * nested[(first + i) / block] + offset;
}

}  // namespace lathe
