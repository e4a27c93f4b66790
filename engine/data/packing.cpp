#include "engine/data/packing.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace lathe {

PackedRows pack_whole(std::span<const int32_t> lengths, int64_t capacity) {
    std::vector<uint32_t> longest_first(lengths.size());
    std::iota(longest_first.begin(), longest_first.end(), 0u);
    std::stable_sort(longest_first.begin(), longest_first.end(),
                     [&](uint32_t a, uint32_t b) { return lengths[a] > lengths[b]; });
    std::vector<uint32_t> row_of(lengths.size());
    std::multimap<int64_t, uint32_t> rows_by_room;
    uint32_t rows = 0;
    for (const uint32_t document : longest_first) {
        auto row = rows_by_room.lower_bound(lengths[document]);
        if (row == rows_by_room.end()) row = rows_by_room.emplace(capacity, rows++);
        row_of[document] = row->second;
        const int64_t room = row->first - lengths[document];
        auto node = rows_by_room.extract(row);
        node.key() = room;
        if (room > 0) rows_by_room.insert(std::move(node));
    }
    PackedRows packed;
    packed.row_begin.assign(rows + 1, 0);
    for (const uint32_t row : row_of) ++packed.row_begin[row + 1];
    std::partial_sum(packed.row_begin.begin(), packed.row_begin.end(), packed.row_begin.begin());
    packed.order.resize(lengths.size());
    std::vector<uint32_t> next(packed.row_begin.begin(), packed.row_begin.end() - 1);
    for (uint32_t document = 0; document < lengths.size(); ++document)
        packed.order[next[row_of[document]]++] = document;
    return packed;
}

}  // namespace lathe
