#include "engine/data/permutation.h"

#include <bit>
#include <cstddef>
#include <utility>

namespace lathe {

namespace {

__extension__ typedef unsigned __int128 uint128;

}  // namespace

uint64_t splitmix64(uint64_t x) {
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

uint64_t scaled_below(uint64_t random, uint64_t bound) {
    return static_cast<uint64_t>((static_cast<uint128>(random) * bound) >> 64);
}

void shuffle_in_place(std::vector<uint32_t>& items, uint64_t key) {
    for (size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[scaled_below(combine_keys(key, i), i)]);
}

int64_t permuted_index(int64_t index, int64_t count, uint64_t key) {
    if (count < 2) return index;
    const int half_bits = (std::bit_width(static_cast<uint64_t>(count - 1)) + 1) / 2;
    const uint64_t mask = (uint64_t{1} << half_bits) - 1;
    auto value = static_cast<uint64_t>(index);
    do {
        uint64_t left = value >> half_bits, right = value & mask;
        for (uint64_t round = 0; round < 6; ++round) {
            const uint64_t mixed = left ^ (combine_keys(key + round, right) & mask);
            left = std::exchange(right, mixed);
        }
        value = left << half_bits | right;
    } while (value >= static_cast<uint64_t>(count));
    return static_cast<int64_t>(value);
}

}  // namespace lathe
