// Layout that packing and multiplication share, the same for every SIMD target.
// A packed (K,N) matrix is ceil(N/16) panels; panel p is (K,16) dense, columns 16p … 16p+15, zeros beyond N.
// One row of a panel is one cache line. Any thread.
#pragma once

#include <algorithm>
#include <cstdint>

#include "kernels/matmul.h"

// SSSE3 adds nothing over SSE4 here; arrays of SVE's sizeless vectors do not compile (NEON serves those machines).
#ifndef HWY_DISABLED_TARGETS
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128)
#endif

namespace lathe::matmul_layout {

inline constexpr int64_t kPanelWidth = cpu::kMatmulPanel;
inline constexpr int64_t kPackTaskPanels = 8;
// The sum over k is cut into equal pieces no longer than this: a piece is summed from zero in registers, then added to
// c.
inline constexpr int64_t kMaxDepth = 512;

constexpr int64_t ceil_div(int64_t x, int64_t y) {
    return (x + y - 1) / y;
}
constexpr int64_t panel_count(int64_t N) {
    return ceil_div(N, kPanelWidth);
}

// Length of a piece: depends on K alone, so the order of summation does too.
constexpr int64_t depth_of(int64_t K) {
    return std::max<int64_t>(ceil_div(K, std::max<int64_t>(ceil_div(K, kMaxDepth), 1)), 1);
}

// Tasks are a grid of row blocks × column blocks, numbered along a row of blocks: neighbours share their rows of a.
struct TaskGrid {
    int64_t block_rows, block_panels, row_blocks, column_blocks;

    TaskGrid(int64_t M, int64_t N) {
        const int64_t panels = panel_count(N);
        block_rows = 96;
        while (block_rows > 12 && ceil_div(M, block_rows) * panels < 32) block_rows /= 2;
        row_blocks = ceil_div(M, block_rows);
        block_rows = ceil_div(M, row_blocks);  // evenly: equal counts of tasks are equal work
        row_blocks = ceil_div(M, block_rows);
        block_panels = std::clamp<int64_t>(panels * row_blocks / 32, 1, 6);
        column_blocks = ceil_div(panels, block_panels);
    }
    int64_t tasks() const { return row_blocks * column_blocks; }
};

}  // namespace lathe::matmul_layout
