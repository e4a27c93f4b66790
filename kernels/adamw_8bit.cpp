// The nearest of 256 levels by the float's bits: its exponent and first bits lead to the first level that it may belong
// to, and at most one middle follows: no branch, since what comes is as good as random. Any thread.
#include "kernels/adamw_8bit.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

#include "kernels/dynamic_map.h"

namespace lathe::cpu {

namespace {

constexpr int kShift = 16;  // exponent and seven bits of the mantissa remain: closer together than the middles
constexpr uint32_t kFirstPlace = std::bit_cast<uint32_t>(0x1p-24F) >> kShift;  // below it all are nearest to 0
constexpr uint32_t kPlaces = (std::bit_cast<uint32_t>(1.0F) >> kShift) - kFirstPlace + 1;

// Levels from 0 on, which lie at `first` and after it in the map.
class NearestLevel {
public:
    NearestLevel(const std::array<float, 256>& map, size_t first) {
        middles_.fill(std::numeric_limits<float>::infinity());
        for (size_t at = first; at + 1 < map.size(); ++at) middles_[at - first] = (map[at] + map[at + 1]) / 2;
        for (uint32_t place = 0; place < kPlaces; ++place) {
            const auto least = std::bit_cast<float>((kFirstPlace + place) << kShift);
            const auto level = std::lower_bound(middles_.begin(), middles_.end(), place == 0 ? 0.0F : least);
            start_[place] = static_cast<uint8_t>(level - middles_.begin());
        }
    }
    // Of a magnitude up to 1: its place among the levels, 0 for the level 0.
    int of(float magnitude) const {
        const uint32_t place = std::max(std::bit_cast<uint32_t>(magnitude) >> kShift, kFirstPlace) - kFirstPlace;
        const size_t level = start_[place];
        return static_cast<int>(level) + static_cast<int>(magnitude > middles_[level]);
    }

private:
    std::array<float, 256> middles_{};  // after each level; none after the last
    std::array<uint8_t, kPlaces> start_{};
};

constexpr int64_t kTogether = 16;  // blocks decoded at once

// body(block, first element among those decoded, elements)
template <class Body>
void for_each_block(Range blocks, int64_t n, Body body) {
    for (int64_t block = blocks.begin; block < blocks.end; ++block)
        body(block, (block - blocks.begin) * kMomentBlock, std::min(kMomentBlock, n - block * kMomentBlock));
}

float largest(const float* values, int64_t n) {
    float most = 0;
    for (int64_t i = 0; i < n; ++i) most = std::max(most, std::abs(values[i]));
    return most;
}

// The scale of the values, and their codes; `zero` is the code of 0, below which the map has the negative values.
float encode(const float* values, int64_t n, const NearestLevel& levels, int zero, uint8_t* codes) {
    const float scale = largest(values, n);
    const float divisor = scale > 0 ? scale : 1;
    std::array<float, kMomentBlock> shares{};
    for (int64_t i = 0; i < n; ++i) shares[static_cast<size_t>(i)] = std::min(1.0F, std::abs(values[i]) / divisor);
    for (int64_t i = 0; i < n; ++i) {
        const int level = levels.of(shares[static_cast<size_t>(i)]);
        codes[i] = static_cast<uint8_t>(std::max(0, std::signbit(values[i]) ? zero - level : zero + level));
    }
    return scale;
}

}  // namespace

void adamw_8bit(float* p, const float* g, MomentCodes moments, int64_t n, AdamWStep step, Range blocks) {
    static const NearestLevel kMeans(dynamic_map(), MomentCodes::kZeroMean), kSquares(unsigned_dynamic_map(), 0);
    const std::array<float, 256>&means = dynamic_map(), &squares = unsigned_dynamic_map();
    std::array<float, kTogether * kMomentBlock> m{}, v{};
    for (Range some{blocks.begin, 0}; some.begin < blocks.end; some.begin = some.end) {
        some.end = std::min(some.begin + kTogether, blocks.end);
        const int64_t first = some.begin * kMomentBlock, end = std::min(n, some.end * kMomentBlock);
        for_each_block(some, n, [&](int64_t block, int64_t at, int64_t count) {
            for (int64_t i = at; i < at + count; ++i) {
                m[static_cast<size_t>(i)] = means[moments.m[first + i]] * moments.m_scale[block];
                v[static_cast<size_t>(i)] = squares[moments.v[first + i]] * moments.v_scale[block];
            }
        });
        adamw(p + first, g + first, m.data(), v.data(), step, {0, end - first});
        for_each_block(some, n, [&](int64_t block, int64_t at, int64_t count) {
            moments.m_scale[block] =
                encode(m.data() + at, count, kMeans, MomentCodes::kZeroMean, moments.m + first + at);
            moments.v_scale[block] = encode(v.data() + at, count, kSquares, 0, moments.v + first + at);
        });
    }
}

}  // namespace lathe::cpu
