// Transposing copy of 4 strided rows, for packing in either direction. Included once per SIMD target by Highway.
#if defined(LATHE_MATMUL_TRANSPOSE_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef LATHE_MATMUL_TRANSPOSE_INL_H
#undef LATHE_MATMUL_TRANSPOSE_INL_H
#else
#define LATHE_MATMUL_TRANSPOSE_INL_H
#endif

#include <cstdint>

#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace lathe::HWY_NAMESPACE {

// out[k·out_stride + r] = row[r][k] for r < 4, k < length.
HWY_INLINE void transpose_4_rows(const float* const row[4], int64_t length, float* HWY_RESTRICT out,
                                 int64_t out_stride) {
    int64_t k = 0;
#if HWY_TARGET != HWY_SCALAR
    namespace hn = hwy::HWY_NAMESPACE;
    const hn::FixedTag<float, 4> d;
    for (; k + 4 <= length; k += 4) {
        const auto r0 = hn::LoadU(d, row[0] + k);
        const auto r1 = hn::LoadU(d, row[1] + k);
        const auto r2 = hn::LoadU(d, row[2] + k);
        const auto r3 = hn::LoadU(d, row[3] + k);
        const auto lower01 = hn::InterleaveLower(d, r0, r1);
        const auto lower23 = hn::InterleaveLower(d, r2, r3);
        const auto upper01 = hn::InterleaveUpper(d, r0, r1);
        const auto upper23 = hn::InterleaveUpper(d, r2, r3);
        float* to = out + k * out_stride;
        hn::StoreU(hn::ConcatLowerLower(d, lower23, lower01), d, to);
        hn::StoreU(hn::ConcatUpperUpper(d, lower23, lower01), d, to + out_stride);
        hn::StoreU(hn::ConcatLowerLower(d, upper23, upper01), d, to + 2 * out_stride);
        hn::StoreU(hn::ConcatUpperUpper(d, upper23, upper01), d, to + 3 * out_stride);
    }
#endif
    for (; k < length; ++k) {
        for (int r = 0; r < 4; ++r) out[k * out_stride + r] = row[r][k];
    }
}

}  // namespace lathe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
