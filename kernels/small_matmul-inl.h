// Matrix products over tiles that lie in L1, the five of attention: out[i][j] = start + Σ_k a(i,k)·b[k][j], lanes over
// j. Each output is one chain of multiply-adds in ascending k from its start, whatever the blocking, so that its bits
// depend on its own row and column alone. Re-included once per target. Pure, any thread.
#if defined(LATHE_KERNELS_SMALL_MATMUL_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LATHE_KERNELS_SMALL_MATMUL_INL_H_
#undef LATHE_KERNELS_SMALL_MATMUL_INL_H_
#else
#define LATHE_KERNELS_SMALL_MATMUL_INL_H_
#endif

#include <algorithm>
#include <cstdint>

#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace lathe::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// What a chain starts from: zero, out[i][j], or out[i][j]·column_scale[j].
enum class Start { kZero, kOut, kScaledOut };
// a(i,k) lies at a[i·stride + k], or at a[k·stride + i].
enum class Layout { kRows, kColumns };

struct SmallMatmul {
    const float* a;
    int64_t a_stride;
    const float* b;
    int64_t b_stride;
    float* out;
    int64_t out_stride;
    int64_t depth;                        // number of k
    const float* column_scale = nullptr;  // Start::kScaledOut only
};

// M rows by V vectors of outputs at (i, j), held in registers.
template <Start start, Layout layout, int M, int V, class D>
HWY_INLINE void matmul_block(D d, const SmallMatmul& x, int64_t i, int64_t j) {
    const int64_t N = hn::Lanes(d);
    hn::Vec<D> sum[M][V];
    float* out = x.out + i * x.out_stride + j;
    HWY_UNROLL(16)
    for (int m = 0; m < M; ++m) {
        HWY_UNROLL(8)
        for (int v = 0; v < V; ++v) {
            if constexpr (start == Start::kZero) {
                sum[m][v] = hn::Zero(d);
            } else if constexpr (start == Start::kOut) {
                sum[m][v] = hn::LoadU(d, out + m * x.out_stride + v * N);
            } else {
                sum[m][v] =
                    hn::Mul(hn::LoadU(d, out + m * x.out_stride + v * N), hn::LoadU(d, x.column_scale + j + v * N));
            }
        }
    }
    const float* a = x.a + (layout == Layout::kRows ? i * x.a_stride : i);
    const float* b = x.b + j;
    for (int64_t k = 0; k < x.depth; ++k) {
        hn::Vec<D> row[V];
        HWY_UNROLL(8)
        for (int v = 0; v < V; ++v) row[v] = hn::LoadU(d, b + v * N);
        HWY_UNROLL(16)
        for (int m = 0; m < M; ++m) {
            const auto factor = hn::Set(d, layout == Layout::kRows ? a[m * x.a_stride] : a[m]);
            HWY_UNROLL(8)
            for (int v = 0; v < V; ++v) sum[m][v] = hn::MulAdd(factor, row[v], sum[m][v]);
        }
        a += layout == Layout::kRows ? 1 : x.a_stride;
        b += x.b_stride;
    }
    HWY_UNROLL(16)
    for (int m = 0; m < M; ++m) {
        HWY_UNROLL(8)
        for (int v = 0; v < V; ++v) hn::StoreU(sum[m][v], d, out + m * x.out_stride + v * N);
    }
}

// `rows` rows by V vectors. M: as many rows as the registers hold, with room for b's row and a factor.
template <Start start, Layout layout, int V, class D>
HWY_INLINE void matmul_columns(D d, const SmallMatmul& x, int64_t rows, int64_t j) {
    constexpr bool kManyRegisters = HWY_TARGET == HWY_AVX3 || HWY_ARCH_ARM_A64;
    constexpr int M = kManyRegisters ? (V <= 3 ? 8 : 4) : V == 1 ? 8 : V <= 3 ? 4 : 2;
    int64_t i = 0;
    if constexpr (V <= 4) {
        for (; i + M <= rows; i += M) matmul_block<start, layout, M, V>(d, x, i, j);
        if constexpr (M > 4) {
            if (rows - i >= 4) matmul_block<start, layout, 4, V>(d, x, i, j), i += 4;
        }
        if constexpr (M > 2) {
            if (rows - i >= 2) matmul_block<start, layout, 2, V>(d, x, i, j), i += 2;
        }
    }
    for (; i < rows; ++i) matmul_block<start, layout, 1, V>(d, x, i, j);
}

// All of rows × columns; columns that do not fill a vector go one by one, and nothing past them is touched.
template <Start start, Layout layout, class D>
HWY_INLINE void small_matmul(D d, const SmallMatmul& x, int64_t rows, int64_t columns) {
    const int64_t N = hn::Lanes(d);
    int64_t j = 0;
    for (int64_t left; (left = (columns - j) / N) > 0;) {
        if (rows == 1 && left >= 8) {
            matmul_columns<start, layout, 8>(d, x, rows, j), j += 8 * N;
        } else if (left == 4 || (rows <= 4 && left > 4)) {
            matmul_columns<start, layout, 4>(d, x, rows, j), j += 4 * N;
        } else if (left >= 3) {
            matmul_columns<start, layout, 3>(d, x, rows, j), j += 3 * N;
        } else if (left == 2) {
            matmul_columns<start, layout, 2>(d, x, rows, j), j += 2 * N;
        } else {
            matmul_columns<start, layout, 1>(d, x, rows, j), j += N;
        }
    }
    const hn::CappedTag<float, 1> one;
    for (; j < columns; ++j) matmul_columns<start, layout, 1>(one, x, rows, j);
}

}  // namespace lathe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // toggling guard
