// Two rounds of a 32-bit mixer (lowbias32: Wellons, "Prospecting for Hash Functions", 2018) over the element's number,
// with a half of the key before each. Any thread.
#include "kernels/dropout.h"

#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/dropout.cpp"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"
#include "kernels/vector_loop-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lathe::HWY_NAMESPACE {
namespace {

template <class D, class V>
HWY_INLINE V mix(D d, V x) {
    x = hn::Xor(x, hn::ShiftRight<16>(x));
    x = hn::Mul(x, hn::Set(d, 0x7feb352dU));
    x = hn::Xor(x, hn::ShiftRight<15>(x));
    x = hn::Mul(x, hn::Set(d, 0x846ca68bU));
    return hn::Xor(x, hn::ShiftRight<16>(x));
}

// Kept where 31 bits of the hash are more than `most_dropped`.
void dropout(const float* x, float* y, int32_t most_dropped, float scale, uint64_t key, Range elements) {
    const float* from = x + elements.begin;
    float* to = y + elements.begin;
    const auto first = static_cast<uint32_t>(elements.begin);
    const auto key0 = static_cast<uint32_t>(key), key1 = static_cast<uint32_t>(key >> 32);
    vector_loop(elements.end - elements.begin, [=](auto d, int64_t i) HWY_ATTR {
        const hn::RebindToUnsigned<decltype(d)> du;
        const hn::RebindToSigned<decltype(d)> di;
        const auto number = hn::Iota(du, first + static_cast<uint32_t>(i));
        const auto hash = mix(du, hn::Xor(mix(du, hn::Xor(number, hn::Set(du, key0))), hn::Set(du, key1)));
        const auto kept = hn::Gt(hn::BitCast(di, hn::ShiftRight<1>(hash)), hn::Set(di, most_dropped));
        const auto value = hn::Mul(hn::LoadU(d, from + i), hn::Set(d, scale));
        hn::StoreU(hn::IfThenElseZero(hn::RebindMask(d, kept), value), d, to + i);
    });
}

}  // namespace
}  // namespace lathe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lathe::cpu {

HWY_EXPORT(dropout);

void dropout(const float* x, float* y, double p, uint64_t key, Range elements) {
    const auto most_dropped = static_cast<int32_t>(std::lround(p * 0x1p31)) - 1;
    HWY_DYNAMIC_DISPATCH(dropout)(x, y, most_dropped, static_cast<float>(1 / (1 - p)), key, elements);
}

}  // namespace lathe::cpu
#endif
