// Cutting a batch into micro-batches. See dataset.h.
#include "engine/base/error.h"
#include "engine/data/dataset.h"
#include "kernels/cross_entropy.h"

namespace lathe {

Batch slice_rows(const Batch& batch, int64_t first, int64_t count) {
    if (first < 0 || count < 0 || count > batch.rows() - first)
        fail(Error{.kind = ErrorKind::internal,
                   .key = "slice_rows",
                   .expected = "rows of " + std::to_string(batch.rows()),
                   .found = std::to_string(first) + " + " + std::to_string(count)});
    Batch slice;
    slice.row_begin.push_back(0);
    if (count == 0) return slice;
    const int64_t begin = batch.row_begin[first], end = batch.row_begin[first + count];
    slice.ids.assign(batch.ids.begin() + begin, batch.ids.begin() + end);
    slice.targets.assign(batch.targets.begin() + begin, batch.targets.begin() + end);
    slice.positions.assign(batch.positions.begin() + begin, batch.positions.begin() + end);
    int64_t at = 0;
    for (const int32_t length : batch.segment_lengths) {
        if (at >= begin && at < end) slice.segment_lengths.push_back(length);
        at += length;
    }
    for (int64_t row = first; row < first + count; ++row) {
        slice.row_begin.push_back(batch.row_begin[row + 1] - begin);
        slice.row_target_bytes.push_back(batch.row_target_bytes[row]);
        slice.target_bytes += batch.row_target_bytes[row];
    }
    for (const int32_t target : slice.targets) slice.target_count += target != cpu::kIgnoreTarget;
    return slice;
}

}  // namespace lathe
