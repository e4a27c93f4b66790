// Counter-based randomness: values that depend on (key, counter) alone, so that any place of an order is found without
// replaying it. splitmix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014. Pure
// functions, any thread.
#pragma once

#include <cstdint>
#include <vector>

namespace lathe {

// One step of splitmix64 from the state x: a bijection of 64 bits that mixes well.
uint64_t splitmix64(uint64_t x);
// A key for a pair, as (seed, epoch).
inline uint64_t combine_keys(uint64_t a, uint64_t b) {
    return splitmix64(splitmix64(a) ^ b);
}
// Even value in [0, bound) from 64 random bits (Lemire's multiplication; bias under bound / 2^64).
uint64_t scaled_below(uint64_t random, uint64_t bound);

// Fisher-Yates with the i-th draw from (key, i).
void shuffle_in_place(std::vector<uint32_t>& items, uint64_t key);

// Where `index` of [0, count) goes in a keyed order: a Feistel network over the next even power of two, walked until it
// falls below count (Black and Rogaway, "Ciphers with arbitrary finite domains", 2002). No memory.
int64_t permuted_index(int64_t index, int64_t count, uint64_t key);

}  // namespace lathe
