// CPU rotary embedding, in place; cos and sin of a token stay in L1 over its heads. Any thread.
#include "kernels/rope.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/rope.cpp"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"
#include "kernels/vector_loop-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lathe::HWY_NAMESPACE {

void rope(float* x, const int32_t* positions, const float* cos, const float* sin, bool inverse, RopeShape shape,
          Range tokens) {
    const int64_t half = shape.D / 2;
    const float sign = inverse ? -1.0f : 1.0f;
    for (int64_t n = tokens.begin; n < tokens.end; ++n) {
        const float* c = cos + positions[n] * half;
        const float* s = sin + positions[n] * half;
        for (int64_t head = 0; head < shape.heads; ++head) {
            float* low = x + n * shape.token_stride + head * shape.D;
            float* high = low + half;
            vector_loop(half, [c, s, low, high, sign](auto d, int64_t i) HWY_ATTR {
                const auto turn = hn::Mul(hn::LoadU(d, s + i), hn::Set(d, sign));
                const auto stay = hn::LoadU(d, c + i);
                const auto a = hn::LoadU(d, low + i), b = hn::LoadU(d, high + i);
                hn::StoreU(hn::NegMulAdd(b, turn, hn::Mul(a, stay)), d, low + i);
                hn::StoreU(hn::MulAdd(a, turn, hn::Mul(b, stay)), d, high + i);
            });
        }
    }
}

}  // namespace lathe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lathe::cpu {

HWY_EXPORT(rope);

void rope(float* x, const int32_t* positions, const float* cos, const float* sin, bool inverse, RopeShape shape,
          Range tokens) {
    HWY_DYNAMIC_DISPATCH(rope)(x, positions, cos, sin, inverse, shape, tokens);
}

}  // namespace lathe::cpu
#endif
