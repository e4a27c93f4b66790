// Whole documents into rows: best fit, the longest first, as TRL's "bfd". Depends on the lengths alone. Any thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace lathe {

struct PackedRows {
    std::vector<uint32_t> order;      // indices of documents, row after row
    std::vector<uint32_t> row_begin;  // in `order`; (rows + 1)
};

// lengths: of each document, 1 … capacity. O(n log n).
PackedRows pack_whole(std::span<const int32_t> lengths, int64_t capacity);

}  // namespace lathe
