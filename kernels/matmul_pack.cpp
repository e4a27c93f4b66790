// Packing of the right-hand matrix into panels, and back. Any thread.
#include <cstring>

#include "kernels/matmul.h"
#include "kernels/matmul_layout.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/matmul_pack.cpp"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"
#include "kernels/matmul_transpose-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lathe::HWY_NAMESPACE {
namespace {

using matmul_layout::kPanelWidth;

// b(k,n) = data[n·stride + k]: 16 lines of source become 16 rows of the panel, so that each line is touched once
// even when a power-of-two stride puts all of them in one cache set.
void pack_transposed(const float* data, int64_t stride, float* HWY_RESTRICT packed, int64_t K, int64_t N,
                     int64_t panel_begin, int64_t panel_end) {
    for (int64_t panel = panel_begin; panel < panel_end; ++panel) {
        float* out = packed + panel * kPanelWidth * K;
        const int64_t columns = std::min(kPanelWidth, N - panel * kPanelWidth);
        const float* source = data + panel * kPanelWidth * stride;
        if (columns < kPanelWidth) std::memset(out, 0, sizeof(float) * static_cast<size_t>(kPanelWidth * K));
        const int64_t quads = columns / 4 * 4;
        for (int64_t k = 0; k < K; k += 16) {
            const int64_t length = std::min<int64_t>(16, K - k);
            for (int64_t n = 0; n < quads; n += 4) {
                const float* first = source + n * stride + k;
                const float* const rows[4] = {first, first + stride, first + 2 * stride, first + 3 * stride};
                transpose_4_rows(rows, length, out + k * kPanelWidth + n, kPanelWidth);
            }
            for (int64_t n = quads; n < columns; ++n) {
                for (int64_t i = k; i < k + length; ++i) out[i * kPanelWidth + n] = source[n * stride + i];
            }
        }
    }
}

// b(k,n) = data[k·stride + n]: whole rows of the task's panels at once, so that a page is touched once.
void pack_rows(const float* data, int64_t stride, float* HWY_RESTRICT packed, int64_t K, int64_t N, int64_t panel_begin,
               int64_t panel_end) {
    const int64_t full_end = std::min(panel_end, N / kPanelWidth);
    for (int64_t k = 0; k < K; ++k) {
        const float* row = data + k * stride;
        for (int64_t panel = panel_begin; panel < full_end; ++panel) {
            std::memcpy(packed + (panel * K + k) * kPanelWidth, row + panel * kPanelWidth, sizeof(float) * kPanelWidth);
        }
        if (full_end < panel_end) {
            float* out = packed + (full_end * K + k) * kPanelWidth;
            const int64_t begin = full_end * kPanelWidth;
            for (int64_t n = 0; n < kPanelWidth; ++n) out[n] = begin + n < N ? row[begin + n] : 0.0f;
        }
    }
}

}  // namespace
}  // namespace lathe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lathe::cpu {

HWY_EXPORT(pack_transposed);
HWY_EXPORT(pack_rows);

int64_t matmul_packed_floats(int64_t K, int64_t N) {
    return matmul_layout::panel_count(N) * matmul_layout::kPanelWidth * K;
}

int64_t matmul_pack_tasks(int64_t, int64_t N) {
    return matmul_layout::ceil_div(matmul_layout::panel_count(N), matmul_layout::kPackTaskPanels);
}

void matmul_pack(MatrixView b, float* packed, int64_t K, int64_t N, Range tasks) {
    for (int64_t task = tasks.begin; task < tasks.end; ++task) {
        const int64_t begin = task * matmul_layout::kPackTaskPanels;
        const int64_t end = std::min(begin + matmul_layout::kPackTaskPanels, matmul_layout::panel_count(N));
        if (b.column_stride == 1) {
            HWY_DYNAMIC_DISPATCH(pack_rows)(b.data, b.row_stride, packed, K, N, begin, end);
        } else {
            HWY_DYNAMIC_DISPATCH(pack_transposed)(b.data, b.column_stride, packed, K, N, begin, end);
        }
    }
}

void matmul_unpack(const float* packed, float* out, int64_t K, int64_t N) {
    constexpr int64_t width = matmul_layout::kPanelWidth;
    for (int64_t k = 0; k < K; ++k) {
        for (int64_t n = 0; n < N; n += width) {
            const size_t bytes = sizeof(float) * static_cast<size_t>(std::min(width, N - n));
            std::memcpy(out + k * N + n, packed + n * K + k * width, bytes);
        }
    }
}

void matmul_unpack_column(const float* packed, int64_t n, float* out, int64_t K) {
    constexpr int64_t width = matmul_layout::kPanelWidth;
    const float* column = packed + n / width * width * K + n % width;
    for (int64_t k = 0; k < K; ++k) out[k] = column[k * width];
}

}  // namespace lathe::cpu
#endif
