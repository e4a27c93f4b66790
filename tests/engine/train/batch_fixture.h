// Batches for the tests of training.
#pragma once

#include <vector>

#include "engine/train/trainer.h"
#include "kernels/cross_entropy.h"

namespace lathe_test {

// One row a sequence; the target of a token is the next one of its row.
inline lathe::Batch batch_of(const std::vector<std::vector<int32_t>>& rows) {
    lathe::Batch batch;
    batch.row_begin = {0};
    for (const auto& row : rows) {
        for (size_t i = 0; i < row.size(); ++i) {
            batch.ids.push_back(row[i]);
            batch.targets.push_back(i + 1 < row.size() ? row[i + 1] : lathe::cpu::kIgnoreTarget);
            batch.positions.push_back(static_cast<int32_t>(i));
        }
        batch.segment_lengths.push_back(static_cast<int32_t>(row.size()));
        batch.row_begin.push_back(static_cast<int64_t>(batch.ids.size()));
        batch.row_target_bytes.push_back(static_cast<int64_t>(row.size()) - 1);
        batch.target_count += static_cast<int64_t>(row.size()) - 1;
    }
    batch.target_bytes = batch.target_count;
    return batch;
}

// Rows of differing tokens below `vocab`.
inline lathe::Batch any_batch(int rows, int length, int32_t vocab) {
    std::vector<std::vector<int32_t>> all;
    for (int r = 0; r < rows; ++r) {
        auto& row = all.emplace_back();
        for (int i = 0; i < length; ++i) row.push_back((r * 37 + i * i * 11 + i * 5 + 3) % vocab);
    }
    return batch_of(all);
}

}  // namespace lathe_test
