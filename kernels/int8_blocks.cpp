#include "kernels/int8_blocks.h"

#include <algorithm>
#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/int8_blocks.cpp"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace lathe::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

void dequantize_int8(const int8_t* codes, const float* scales, int64_t n, float* values) {
    const hn::CappedTag<float, kInt8Block> d;
    const hn::RebindToSigned<decltype(d)> di;
    const hn::Rebind<int8_t, decltype(d)> bytes;
    const auto lanes = static_cast<int64_t>(hn::Lanes(d));
    for (int64_t begin = 0; begin < n; begin += kInt8Block, ++scales) {
        const int64_t end = std::min(begin + kInt8Block, n);
        const auto scale = hn::Set(d, *scales);
        int64_t i = begin;
        for (; i + lanes <= end; i += lanes)
            hn::StoreU(hn::Mul(hn::ConvertTo(d, hn::PromoteTo(di, hn::LoadU(bytes, codes + i))), scale), d, values + i);
        for (; i < end; ++i) values[i] = static_cast<float>(codes[i]) * *scales;
    }
}

}  // namespace
}  // namespace lathe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lathe::cpu {

HWY_EXPORT(dequantize_int8);

void quantize_int8(const float* values, int64_t n, int8_t* codes, float* scales) {
    for (int64_t begin = 0; begin < n; begin += kInt8Block, ++scales) {
        const int64_t end = std::min(begin + kInt8Block, n);
        float largest = 0;
        for (int64_t i = begin; i < end; ++i) largest = std::max(largest, std::abs(values[i]));
        *scales = largest / 127;
        const float inverse = largest > 0 ? 127 / largest : 0;
        for (int64_t i = begin; i < end; ++i) codes[i] = static_cast<int8_t>(std::nearbyint(values[i] * inverse));
    }
}

void dequantize_int8(const int8_t* codes, const float* scales, int64_t n, float* values) {
    HWY_DYNAMIC_DISPATCH(dequantize_int8)(codes, scales, n, values);
}

}  // namespace lathe::cpu
#endif
