// CPU AdamW, in the order of operations of torch's loop over tensors, and the sum of squares for the gradient norm. Any
// thread.
#include "kernels/adamw.h"

#include <algorithm>
#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/adamw.cpp"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"
#include "kernels/vector_loop-inl.h"

#ifndef LATHE_KERNELS_ADAMW_FACTORS_
#define LATHE_KERNELS_ADAMW_FACTORS_
namespace lathe {

constexpr int64_t kSquaresBlock = 4096;

// The step's constants, computed in double and rounded once, as torch does in Python.
struct AdamWFactors {
    explicit AdamWFactors(const AdamWStep& step)
        : decay(static_cast<float>(1.0 - step.learning_rate * step.weight_decay)),
          mean_rate(static_cast<float>(1.0 - step.beta1)),
          beta2(static_cast<float>(step.beta2)),
          square_rate(static_cast<float>(1.0 - step.beta2)),
          rate(static_cast<float>(-step.learning_rate / (1.0 - std::pow(step.beta1, static_cast<double>(step.step))))),
          root(static_cast<float>(std::sqrt(1.0 - std::pow(step.beta2, static_cast<double>(step.step))))),
          eps(static_cast<float>(step.eps)),
          grad_scale(step.grad_scale) {}
    float decay, mean_rate, beta2, square_rate, rate, root, eps, grad_scale;
};

}  // namespace lathe
#endif

HWY_BEFORE_NAMESPACE();
namespace lathe::HWY_NAMESPACE {

void adamw(float* p, const float* g, float* m, float* v, AdamWStep step, Range elements) {
    const AdamWFactors k(step);
    const int64_t begin = elements.begin;
    vector_loop(elements.end - begin, [=](auto d, int64_t at) HWY_ATTR {
        const int64_t i = begin + at;
        const auto grad = hn::Mul(hn::LoadU(d, g + i), hn::Set(d, k.grad_scale));
        const auto old_mean = hn::LoadU(d, m + i);
        const auto mean = hn::MulAdd(hn::Set(d, k.mean_rate), hn::Sub(grad, old_mean), old_mean);
        const auto square = hn::MulAdd(hn::Mul(hn::Set(d, k.square_rate), grad), grad,
                                       hn::Mul(hn::LoadU(d, v + i), hn::Set(d, k.beta2)));
        const auto scale = hn::Add(hn::Div(hn::Sqrt(square), hn::Set(d, k.root)), hn::Set(d, k.eps));
        const auto decayed = hn::Mul(hn::LoadU(d, p + i), hn::Set(d, k.decay));
        hn::StoreU(mean, d, m + i);
        hn::StoreU(square, d, v + i);
        hn::StoreU(hn::Add(decayed, hn::Div(hn::Mul(hn::Set(d, k.rate), mean), scale)), d, p + i);
    });
}

void sum_squares(const float* g, int64_t n, double* partial, Range tasks) {
    const hn::ScalableTag<double> d;
    const hn::Rebind<float, decltype(d)> df;
    const int64_t lanes = static_cast<int64_t>(hn::Lanes(d));
    for (int64_t task = tasks.begin; task < tasks.end; ++task) {
        const int64_t end = std::min((task + 1) * kSquaresBlock, n);
        auto sum0 = hn::Zero(d), sum1 = sum0, sum2 = sum0, sum3 = sum0;
        int64_t i = task * kSquaresBlock;
        for (; i + 4 * lanes <= end; i += 4 * lanes) {
            const auto a = hn::PromoteTo(d, hn::LoadU(df, g + i));
            const auto b = hn::PromoteTo(d, hn::LoadU(df, g + i + lanes));
            const auto c = hn::PromoteTo(d, hn::LoadU(df, g + i + 2 * lanes));
            const auto e = hn::PromoteTo(d, hn::LoadU(df, g + i + 3 * lanes));
            sum0 = hn::MulAdd(a, a, sum0);
            sum1 = hn::MulAdd(b, b, sum1);
            sum2 = hn::MulAdd(c, c, sum2);
            sum3 = hn::MulAdd(e, e, sum3);
        }
        double sum = hn::GetLane(hn::SumOfLanes(d, hn::Add(hn::Add(sum0, sum1), hn::Add(sum2, sum3))));
        for (; i < end; ++i) sum += static_cast<double>(g[i]) * static_cast<double>(g[i]);
        partial[task] = sum;
    }
}

}  // namespace lathe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lathe::cpu {

HWY_EXPORT(adamw);
HWY_EXPORT(sum_squares);

void adamw(float* p, const float* g, float* m, float* v, AdamWStep step, Range elements) {
    HWY_DYNAMIC_DISPATCH(adamw)(p, g, m, v, step, elements);
}

int64_t sum_squares_tasks(int64_t n) {
    return (n + kSquaresBlock - 1) / kSquaresBlock;
}

void sum_squares(const float* g, int64_t n, double* partial, Range tasks) {
    HWY_DYNAMIC_DISPATCH(sum_squares)(g, n, partial, tasks);
}

}  // namespace lathe::cpu
#endif
