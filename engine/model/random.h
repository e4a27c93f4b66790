// Counter-based random numbers: a number is a pure function of (seed, stream, index), so results do not depend on
// threads or on order. Philox 4x32-10 (Salmon et al., SC'11). Any thread.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace lathe {

inline std::array<uint32_t, 4> philox(uint64_t seed, uint64_t stream, uint64_t index) {
    std::array<uint32_t, 4> counter = {static_cast<uint32_t>(index), static_cast<uint32_t>(index >> 32),
                                       static_cast<uint32_t>(stream), static_cast<uint32_t>(stream >> 32)};
    uint32_t key0 = static_cast<uint32_t>(seed), key1 = static_cast<uint32_t>(seed >> 32);
    for (int round = 0; round < 10; ++round) {
        const uint64_t a = 0xD2511F53ULL * counter[0];
        const uint64_t b = 0xCD9E8D57ULL * counter[2];
        counter = {static_cast<uint32_t>(b >> 32) ^ counter[1] ^ key0, static_cast<uint32_t>(b),
                   static_cast<uint32_t>(a >> 32) ^ counter[3] ^ key1, static_cast<uint32_t>(a)};
        key0 += 0x9E3779B9U;
        key1 += 0xBB67AE85U;
    }
    return counter;
}

// 64 bits, never 0.
inline uint64_t philox_key(uint64_t seed, uint64_t stream, uint64_t index = 0) {
    const auto r = philox(seed, stream, index);
    return std::max<uint64_t>(1, (static_cast<uint64_t>(r[0]) << 32) | r[1]);
}

// In [0, 1), 53 bits.
inline double uniform(uint64_t seed, uint64_t stream, uint64_t index) {
    const auto r = philox(seed, stream, index);
    return static_cast<double>(((static_cast<uint64_t>(r[0]) << 32) | r[1]) >> 11) * 0x1p-53;
}

// Box–Muller, two values a counter.
inline void fill_normal(float* values, int64_t count, double deviation, uint64_t seed, uint64_t stream) {
    for (int64_t i = 0; i < count; i += 2) {
        const auto r = philox(seed, stream, static_cast<uint64_t>(i / 2));
        const double u = (static_cast<double>(r[0]) + 1.0) * 0x1p-32;
        const double angle = 2 * std::numbers::pi * static_cast<double>(r[1]) * 0x1p-32;
        const double radius = deviation * std::sqrt(-2 * std::log(u));
        values[i] = static_cast<float>(radius * std::cos(angle));
        if (i + 1 < count) values[i + 1] = static_cast<float>(radius * std::sin(angle));
    }
}

}  // namespace lathe
