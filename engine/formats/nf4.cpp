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

// The positive half: 2^i middles of equal parts of [0.1, 1], times 10^(i - 6), for i from 0 to 6, in torch's rounding.
constexpr std::array<float, 127> kDynamicHalf = {
    5.50000038e-07f, 3.25000019e-06f, 7.7499999e-06f,  2.12499981e-05f, 4.37499984e-05f, 6.62500024e-05f,
    8.87499991e-05f, 0.000156250011f, 0.000268750038f, 0.000381250022f, 0.000493750034f, 0.000606250076f,
    0.00071875006f,  0.000831249985f, 0.000943750085f, 0.00128124992f,  0.00184375001f,  0.00240624999f,
    0.00296874996f,  0.00353124971f,  0.00409374991f,  0.00465624966f,  0.00521875033f,  0.00578125007f,
    0.00634374982f,  0.00690625003f,  0.00746874977f,  0.00803124998f,  0.00859375019f,  0.00915624946f,
    0.00971874967f,  0.0114062503f,   0.0142187504f,   0.0170312505f,   0.0198437516f,   0.0226562507f,
    0.0254687499f,   0.028281251f,    0.0310937501f,   0.0339062512f,   0.0367187522f,   0.0395312496f,
    0.0423437469f,   0.0451562516f,   0.047968749f,    0.05078125f,     0.053593751f,    0.0564062484f,
    0.0592187531f,   0.0620312504f,   0.0648437515f,   0.0676562563f,   0.0704687461f,   0.0732812509f,
    0.0760937482f,   0.078906253f,    0.0817187577f,   0.0845312476f,   0.0873437524f,   0.0901562497f,
    0.0929687545f,   0.0957812592f,   0.0985937491f,   0.107031256f,    0.12109375f,     0.135156244f,
    0.149218753f,    0.163281247f,    0.177343756f,    0.19140625f,     0.205468744f,    0.219531253f,
    0.233593747f,    0.247656241f,    0.26171875f,     0.275781274f,    0.289843738f,    0.303906262f,
    0.317968726f,    0.33203125f,     0.346093744f,    0.360156238f,    0.374218762f,    0.388281226f,
    0.40234375f,     0.416406244f,    0.430468738f,    0.444531262f,    0.458593726f,    0.47265625f,
    0.486718714f,    0.500781238f,    0.514843702f,    0.528906226f,    0.54296875f,     0.557031274f,
    0.571093798f,    0.585156262f,    0.599218726f,    0.61328125f,     0.627343774f,    0.641406298f,
    0.655468762f,    0.669531226f,    0.68359375f,     0.697656274f,    0.711718798f,    0.725781262f,
    0.739843726f,    0.75390625f,     0.767968774f,    0.782031238f,    0.796093762f,    0.810156226f,
    0.82421875f,     0.838281274f,    0.852343738f,    0.866406262f,    0.880468726f,    0.89453125f,
    0.908593774f,    0.922656238f,    0.936718762f,    0.950781226f,    0.96484375f,     0.978906274f,
    0.992968738f};

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

const std::array<float, 256>& dynamic_map() {
    static const std::array<float, 256> kMap = [] {
        std::array<float, 256> map{};
        for (size_t i = 0; i < kDynamicHalf.size(); ++i) {
            map[126 - i] = -kDynamicHalf[i];
            map[128 + i] = kDynamicHalf[i];
        }
        map[255] = 1;
        return map;
    }();
    return kMap;
}

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
