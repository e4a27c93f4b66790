// The multiply-add peak of one core, for speeds to be held against. Any thread.
#include <chrono>
#include <cstdint>

#include "kernels/matmul.h"
#include "kernels/matmul_layout.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/fma_peak.cpp"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace lathe::HWY_NAMESPACE {
namespace {

// Returns a sum that depends on every product, so that none is dropped. 12 chains hide the latency on two ports.
float run_fma_chains(float seed, int64_t rounds) {
    namespace hn = hwy::HWY_NAMESPACE;
    const hn::CappedTag<float, 16> d;
    const auto factor = hn::Set(d, 1.0f - seed);
    const auto term = hn::Set(d, seed);
    // Different starts: a compiler may merge equal chains.
    auto a0 = term, a1 = hn::Add(a0, term), a2 = hn::Add(a1, term), a3 = hn::Add(a2, term), a4 = hn::Add(a3, term);
    auto a5 = hn::Add(a4, term), b0 = factor, b1 = hn::Add(b0, term), b2 = hn::Add(b1, term);
    auto b3 = hn::Add(b2, term), b4 = hn::Add(b3, term), b5 = hn::Add(b4, term);
    for (int64_t i = 0; i < rounds; ++i) {
        a0 = hn::MulAdd(a0, factor, term);
        a1 = hn::MulAdd(a1, factor, term);
        a2 = hn::MulAdd(a2, factor, term);
        a3 = hn::MulAdd(a3, factor, term);
        a4 = hn::MulAdd(a4, factor, term);
        a5 = hn::MulAdd(a5, factor, term);
        b0 = hn::MulAdd(b0, factor, term);
        b1 = hn::MulAdd(b1, factor, term);
        b2 = hn::MulAdd(b2, factor, term);
        b3 = hn::MulAdd(b3, factor, term);
        b4 = hn::MulAdd(b4, factor, term);
        b5 = hn::MulAdd(b5, factor, term);
    }
    const auto a = hn::Add(hn::Add(hn::Add(a0, a1), hn::Add(a2, a3)), hn::Add(a4, a5));
    const auto b = hn::Add(hn::Add(hn::Add(b0, b1), hn::Add(b2, b3)), hn::Add(b4, b5));
    return hn::GetLane(hn::SumOfLanes(d, hn::Add(a, b)));
}

double fma_flops_per_round() {
    return 12.0 * 2.0 * static_cast<double>(hwy::HWY_NAMESPACE::Lanes(hwy::HWY_NAMESPACE::CappedTag<float, 16>()));
}

const char* target_name() {
    return hwy::TargetName(HWY_TARGET);
}

}  // namespace
}  // namespace lathe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lathe::cpu {

HWY_EXPORT(run_fma_chains);
HWY_EXPORT(fma_flops_per_round);
HWY_EXPORT(target_name);

double fma_peak_gflops() {
    using Clock = std::chrono::steady_clock;
    constexpr int64_t rounds = 100'000;
    volatile float seed = 1e-3f;
    volatile float sink = 0.0f;
    double seconds = 0.0;
    int64_t calls = 0;
    const auto start = Clock::now();
    do {
        sink = HWY_DYNAMIC_DISPATCH(run_fma_chains)(seed, rounds);
        ++calls;
        seconds = std::chrono::duration<double>(Clock::now() - start).count();
    } while (seconds < 0.02);
    static_cast<void>(sink);
    return HWY_DYNAMIC_DISPATCH(fma_flops_per_round)() * static_cast<double>(calls * rounds) / seconds * 1e-9;
}

const char* simd_target() {
    return HWY_DYNAMIC_DISPATCH(target_name)();
}

}  // namespace lathe::cpu
#endif
