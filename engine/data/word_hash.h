// Hashes of words and of pairs of ids (multiply and fold, after wyhash). Pure functions; not for keys of hostile choice
// where order matters.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace lathe {

// Good in the upper bits.
inline uint64_t mix(uint64_t x) {
    x ^= x >> 32;
    x *= 0x9E3779B97F4A7C15ULL;
    x ^= x >> 29;
    return x * 0xBF58476D1CE4E5B9ULL;
}

// Good in all bits.
inline uint64_t hash_word(std::string_view word) {
    const auto fold = [](uint64_t a, uint64_t b) {
        __extension__ using Wide = unsigned __int128;
        const Wide product = static_cast<Wide>(a) * b;
        return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
    };
    uint64_t hash = 0x9E3779B97F4A7C15ULL ^ word.size();
    const char* p = word.data();
    size_t left = word.size();
    for (; left > 8; left -= 8, p += 8) {
        uint64_t eight;
        std::memcpy(&eight, p, 8);
        hash = fold(hash ^ eight, 0xA0761D6478BD642FULL);
    }
    uint64_t rest = 0;
    std::memcpy(&rest, p, left);
    return fold(hash ^ rest, 0xE7037ED1A0B428DBULL) ^ hash;
}

}  // namespace lathe
