// Loops over n floats in vectors of the Highway target, with the tail in narrower ones: nothing past n is touched.
// The body is a generic lambda, instantiated for each width; without -ffp-contract=off the widths may round
// differently. The order of a sum depends on n and the target alone. Re-included once per target by foreach_target.h,
// so it has a toggling guard. Pure, any thread.
#if defined(LATHE_KERNELS_VECTOR_LOOP_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LATHE_KERNELS_VECTOR_LOOP_INL_H_
#undef LATHE_KERNELS_VECTOR_LOOP_INL_H_
#else
#define LATHE_KERNELS_VECTOR_LOOP_INL_H_
#endif

#include <cstdint>

#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace lathe::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// body(d, i) handles elements i .. i + Lanes(d) - 1.
template <class Body>
HWY_INLINE void vector_loop(int64_t n, Body body) {
    const hn::ScalableTag<float> d;
    const hn::CappedTag<float, 4> d4;
    const hn::CappedTag<float, 1> d1;
    const int64_t lanes = static_cast<int64_t>(hn::Lanes(d)), lanes4 = static_cast<int64_t>(hn::Lanes(d4));
    int64_t i = 0;
    for (; i + lanes <= n; i += lanes) body(d, i);
    for (; i + lanes4 <= n; i += lanes4) body(d4, i);
    for (; i < n; ++i) body(d1, i);
}

// Sum of n terms: step(d, i, sum) returns sum with the terms of i .. i + Lanes(d) - 1 added lane by lane.
template <class Step>
HWY_INLINE float vector_sum(int64_t n, Step step) {
    const hn::ScalableTag<float> d;
    const hn::CappedTag<float, 1> d1;
    const int64_t lanes = static_cast<int64_t>(hn::Lanes(d));
    auto sum0 = hn::Zero(d), sum1 = sum0, sum2 = sum0, sum3 = sum0;
    int64_t i = 0;
    for (; i + 4 * lanes <= n; i += 4 * lanes) {
        sum0 = step(d, i, sum0);
        sum1 = step(d, i + lanes, sum1);
        sum2 = step(d, i + 2 * lanes, sum2);
        sum3 = step(d, i + 3 * lanes, sum3);
    }
    for (; i + lanes <= n; i += lanes) sum0 = step(d, i, sum0);
    auto tail = hn::Zero(d1);
    for (; i < n; ++i) tail = step(d1, i, tail);
    return hn::GetLane(hn::SumOfLanes(d, hn::Add(hn::Add(sum0, sum1), hn::Add(sum2, sum3)))) + hn::GetLane(tail);
}

}  // namespace lathe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // toggling guard
