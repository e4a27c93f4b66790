// Rows anywhere in memory to a panel with one row per column, and back: 4×4 transposes inside 128-bit blocks.
// Re-included once per target. Pure, any thread.
#if defined(LATHE_KERNELS_TRANSPOSE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LATHE_KERNELS_TRANSPOSE_INL_H_
#undef LATHE_KERNELS_TRANSPOSE_INL_H_
#else
#define LATHE_KERNELS_TRANSPOSE_INL_H_
#endif

#include <cstdint>

#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace lathe::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET != HWY_SCALAR  // which has one lane, and so nothing to transpose

// Block b of the result = four floats at rows[4·b] + at.
template <class D>
HWY_INLINE hn::Vec<D> load_blocks(D d, const float* const* rows, int64_t at) {
    if constexpr (hn::MaxLanes(D()) <= 4) {
        return hn::LoadU(d, rows[0] + at);
    } else {
        const hn::Half<D> half;
        return hn::Combine(d, load_blocks(half, rows + hn::MaxLanes(half), at), load_blocks(half, rows, at));
    }
}

// In every 128-bit block, x[r] lane c becomes x[c] lane r.
template <class D>
HWY_INLINE void transpose_blocks(D d, hn::Vec<D>& x0, hn::Vec<D>& x1, hn::Vec<D>& x2, hn::Vec<D>& x3) {
    const hn::Repartition<uint64_t, D> pairs;
    const auto a0 = hn::BitCast(pairs, hn::InterleaveLower(d, x0, x1));
    const auto a1 = hn::BitCast(pairs, hn::InterleaveLower(d, x2, x3));
    const auto b0 = hn::BitCast(pairs, hn::InterleaveUpper(d, x0, x1));
    const auto b1 = hn::BitCast(pairs, hn::InterleaveUpper(d, x2, x3));
    x0 = hn::BitCast(d, hn::InterleaveLower(pairs, a0, a1));
    x1 = hn::BitCast(d, hn::InterleaveUpper(pairs, a0, a1));
    x2 = hn::BitCast(d, hn::InterleaveLower(pairs, b0, b1));
    x3 = hn::BitCast(d, hn::InterleaveUpper(pairs, b0, b1));
}

#endif  // HWY_SCALAR

// panel[c·width + r] = rows[r][c]·scale, c < length. width is a multiple of the lanes.
template <class D>
HWY_INLINE void rows_to_panel(D d, const float* const* rows, int64_t length, float scale, float* panel, int64_t width) {
    const int64_t N = hn::Lanes(d);
    for (int64_t r = 0; r < width; r += N) {
        int64_t c = 0;
#if HWY_TARGET != HWY_SCALAR
        const auto factor = hn::Set(d, scale);
        for (; c + 4 <= length; c += 4) {
            auto x0 = load_blocks(d, rows + r, c), x1 = load_blocks(d, rows + r + 1, c);
            auto x2 = load_blocks(d, rows + r + 2, c), x3 = load_blocks(d, rows + r + 3, c);
            transpose_blocks(d, x0, x1, x2, x3);
            float* out = panel + c * width + r;
            hn::StoreU(hn::Mul(x0, factor), d, out);
            hn::StoreU(hn::Mul(x1, factor), d, out + width);
            hn::StoreU(hn::Mul(x2, factor), d, out + 2 * width);
            hn::StoreU(hn::Mul(x3, factor), d, out + 3 * width);
        }
#endif
        for (; c < length; ++c) {
            for (int64_t lane = r; lane < r + N; ++lane) panel[c * width + lane] = rows[lane][c] * scale;
        }
    }
}

// rows[r][c] = panel[c·width + r]·scale[r], for the first `count` rows, c < length.
template <class D>
HWY_INLINE void panel_to_rows(D d, const float* panel, int64_t width, const float* scale, float* const* rows,
                              int64_t count, int64_t length) {
    const int64_t N = hn::Lanes(d);
    for (int64_t r = 0; r < count; r += N) {
        const int64_t lanes = count - r < N ? count - r : N;
        int64_t c = 0;
#if HWY_TARGET != HWY_SCALAR
        const hn::FixedTag<float, 4> quad;
        HWY_ALIGN float block[4 * hn::MaxLanes(d)];
        const auto factor = hn::LoadU(d, scale + r);
        for (; c + 4 <= length; c += 4) {
            const float* in = panel + c * width + r;
            auto x0 = hn::Mul(hn::LoadU(d, in), factor), x1 = hn::Mul(hn::LoadU(d, in + width), factor);
            auto x2 = hn::Mul(hn::LoadU(d, in + 2 * width), factor);
            auto x3 = hn::Mul(hn::LoadU(d, in + 3 * width), factor);
            transpose_blocks(d, x0, x1, x2, x3);
            hn::StoreU(x0, d, block);
            hn::StoreU(x1, d, block + N);
            hn::StoreU(x2, d, block + 2 * N);
            hn::StoreU(x3, d, block + 3 * N);
            for (int64_t lane = 0; lane < lanes; ++lane) {
                hn::StoreU(hn::LoadU(quad, block + lane % 4 * N + lane / 4 * 4), quad, rows[r + lane] + c);
            }
        }
#endif
        for (; c < length; ++c) {
            for (int64_t lane = r; lane < r + lanes; ++lane) rows[lane][c] = panel[c * width + lane] * scale[lane];
        }
    }
}

}  // namespace lathe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // toggling guard
