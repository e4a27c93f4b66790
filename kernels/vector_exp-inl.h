// e^x for x ≤ 0 on any Highway target, ≤ 2 ulp: what softmax, its online rescaling and the logistic function need.
//   n = round(x·log2 e), r = x − n·ln 2 in two parts, e^r by the degree-6 polynomial of Cephes' expf (Moshier), times
//   2^n.
// Re-included once per target by foreach_target.h, so it has a toggling guard. Pure, any thread.
#if defined(LATHE_KERNELS_VECTOR_EXP_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LATHE_KERNELS_VECTOR_EXP_INL_H_
#undef LATHE_KERNELS_VECTOR_EXP_INL_H_
#else
#define LATHE_KERNELS_VECTOR_EXP_INL_H_
#endif

#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace lathe::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// x ≤ 0 or NaN (a few ulp above 0 are fine). NaN gives NaN; below −87.33 (−infinity too) gives 0: no subnormal is ever
// made.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V exp_nonpositive(D d, V x) {
    const hn::RebindToSigned<D> di;
    // Adding 1.5·2^23 rounds to an integer, and leaves it in the low bits of the sum.
    const V shift = hn::Set(d, 12582912.0f);
    const V shifted = hn::MulAdd(x, hn::Set(d, 1.44269504088896341f), shift);
    const V n = hn::Sub(shifted, shift);
    const auto scale = hn::Add(hn::ShiftLeft<23>(hn::BitCast(di, shifted)), hn::BitCast(di, hn::Set(d, 1.0f)));
    const V r = hn::NegMulAdd(n, hn::Set(d, -2.12194440e-4f), hn::NegMulAdd(n, hn::Set(d, 0.693359375f), x));
    V p = hn::MulAdd(hn::Set(d, 1.9875691500e-4f), r, hn::Set(d, 1.3981999507e-3f));
    p = hn::MulAdd(p, r, hn::Set(d, 8.3334519073e-3f));
    p = hn::MulAdd(p, r, hn::Set(d, 4.1665795894e-2f));
    p = hn::MulAdd(p, r, hn::Set(d, 1.6666665459e-1f));
    p = hn::MulAdd(p, r, hn::Set(d, 5.0000001201e-1f));
    p = hn::MulAdd(p, hn::Mul(r, r), hn::Add(r, hn::Set(d, 1.0f)));
    // The mask is of x itself, so that a NaN, which compares false, goes through.
    return hn::IfThenZeroElse(hn::Lt(x, hn::Set(d, -87.33f)), hn::Mul(p, hn::BitCast(d, scale)));
}

}  // namespace lathe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // toggling guard
