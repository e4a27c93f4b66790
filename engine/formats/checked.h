// Sizes that a file states, multiplied in 128 bits: the one place where counts from outside become bytes. Every reader
// of engine/formats asks here before it allocates or seeks. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lathe {

// Product of `shape` times `element_bytes`, none unless every factor is ≥ 0 and the product stays ≤ limit.
// A zero dimension gives 0, and the others must still stay ≤ limit, so that no other order of multiplying can wrap.
std::optional<int64_t> checked_bytes(const std::vector<int64_t>& shape, int64_t element_bytes, int64_t limit);
// a + b, none unless both are ≥ 0 and the sum stays ≤ limit.
std::optional<int64_t> checked_sum(int64_t a, int64_t b, int64_t limit);
// `out_of_range` naming file and tensor unless [first, first+count) lies in its `elements`.
void check_range(const std::string& file, const std::string& tensor, int64_t elements, int64_t first, int64_t count);

}  // namespace lathe
