// CPU SwiGLU. With t = e^−|g|: σ(g) = (g < 0 ? t : 1)/(1 + t) and 1 − σ(g) = (g < 0 ? 1 : t)/(1 + t), so that neither
// overflows nor cancels. Any thread.
#include "kernels/swiglu.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/swiglu.cpp"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"
#include "kernels/vector_exp-inl.h"
#include "kernels/vector_loop-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lathe::HWY_NAMESPACE {

void swiglu(const float* gate_up, float* y, int64_t I, Range rows) {
    for (int64_t row = rows.begin; row < rows.end; ++row) {
        const float* gate = gate_up + row * 2 * I;
        const float* up = gate + I;
        float* out = y + row * I;
        vector_loop(I, [gate, up, out](auto d, int64_t i) HWY_ATTR {
            const auto one = hn::Set(d, 1.0f);
            const auto g = hn::LoadU(d, gate + i);
            const auto t = exp_nonpositive(d, hn::Neg(hn::Abs(g)));
            const auto silu = hn::Div(hn::IfThenElse(hn::Lt(g, hn::Zero(d)), hn::Mul(g, t), g), hn::Add(one, t));
            hn::StoreU(hn::Mul(silu, hn::LoadU(d, up + i)), d, out + i);
        });
    }
}

void swiglu_backward(const float* gate_up, const float* dy, float* d_gate_up, int64_t I, Range rows) {
    for (int64_t row = rows.begin; row < rows.end; ++row) {
        const float* gate = gate_up + row * 2 * I;
        const float* up = gate + I;
        const float* d_out = dy + row * I;
        float* d_gate = d_gate_up + row * 2 * I;
        float* d_up = d_gate + I;
        vector_loop(I, [gate, up, d_out, d_gate, d_up](auto d, int64_t i) HWY_ATTR {
            const auto one = hn::Set(d, 1.0f);
            const auto g = hn::LoadU(d, gate + i), u = hn::LoadU(d, up + i), dout = hn::LoadU(d, d_out + i);
            const auto t = exp_nonpositive(d, hn::Neg(hn::Abs(g)));
            const auto inverse = hn::Div(one, hn::Add(one, t));
            const auto negative = hn::Lt(g, hn::Zero(d));
            const auto logistic = hn::IfThenElse(negative, hn::Mul(t, inverse), inverse);
            const auto rest = hn::IfThenElse(negative, inverse, hn::Mul(t, inverse));
            const auto scaled = hn::Mul(dout, logistic);
            hn::StoreU(hn::Mul(hn::Mul(scaled, u), hn::MulAdd(g, rest, one)), d, d_gate + i);
            hn::StoreU(hn::Mul(scaled, g), d, d_up + i);
        });
    }
}

}  // namespace lathe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lathe::cpu {

HWY_EXPORT(swiglu);
HWY_EXPORT(swiglu_backward);

void swiglu(const float* gate_up, float* y, int64_t I, Range rows) {
    HWY_DYNAMIC_DISPATCH(swiglu)(gate_up, y, I, rows);
}

void swiglu_backward(const float* gate_up, const float* dy, float* d_gate_up, int64_t I, Range rows) {
    HWY_DYNAMIC_DISPATCH(swiglu_backward)(gate_up, dy, d_gate_up, I, rows);
}

}  // namespace lathe::cpu
#endif
