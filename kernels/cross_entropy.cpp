// CPU cross-entropy. A row goes block by block through L1: maximum m_b, then e^(x − m_b) stored in place and summed;
// the second pass scales block b by e^(m_b − m)·grad_scale/Σ. So a row of any V passes memory twice, with one exp per
// logit. Any thread.
#include "kernels/cross_entropy.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/cross_entropy.cpp"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"
#include "kernels/vector_exp-inl.h"
#include "kernels/vector_loop-inl.h"

#ifndef LATHE_KERNELS_CROSS_ENTROPY_BLOCKS_
#define LATHE_KERNELS_CROSS_ENTROPY_BLOCKS_
namespace lathe {

constexpr int64_t kMaxBlocks = 256;

// The blocks of one row: their maxima and sums, so that they combine in a fixed order.
struct SoftmaxBlocks {
    explicit SoftmaxBlocks(int64_t V)
        : length(std::max<int64_t>(2048, (V + kMaxBlocks - 1) / kMaxBlocks)), count((V + length - 1) / length) {}

    // Finishes: factors become e^(m_b − m)/Σ. Returns log Σ e^x; NaN if any logit is not finite.
    double combine() {
        float largest = maxima[0];
        double sum = 0, check = 0;
        for (int64_t b = 1; b < count; ++b) largest = std::max(largest, maxima[b]);
        for (int64_t b = 0; b < count; ++b) {
            const double factor = std::exp(static_cast<double>(maxima[b]) - static_cast<double>(largest));
            sum += factor * static_cast<double>(sums[b]);
            check += static_cast<double>(checks[b]);
            factors[b] = factor;
        }
        sum += check;
        for (int64_t b = 0; b < count; ++b) factors[b] /= sum;
        return static_cast<double>(largest) + std::log(sum);
    }

    int64_t length, count;
    std::array<float, kMaxBlocks> maxima, sums, checks;  // checks: 0, or NaN if a logit of the block is not finite
    std::array<double, kMaxBlocks> factors;
};

}  // namespace lathe
#endif

HWY_BEFORE_NAMESPACE();
namespace lathe::HWY_NAMESPACE {

// Maximum of n ≥ 1 floats, and Σ 0·x, which alone tells of NaN and infinities: the maximum of a NaN is the target's
// whim.
HWY_INLINE float block_maximum(const float* x, int64_t n, float& check) {
    const hn::ScalableTag<float> d;
    const int64_t lanes = static_cast<int64_t>(hn::Lanes(d));
    const auto zero = hn::Zero(d);
    auto largest0 = hn::Set(d, x[0]), largest1 = largest0;
    auto check0 = zero, check1 = zero;
    int64_t i = 0;
    for (; i + 2 * lanes <= n; i += 2 * lanes) {
        const auto a = hn::LoadU(d, x + i), b = hn::LoadU(d, x + i + lanes);
        largest0 = hn::Max(largest0, a);
        largest1 = hn::Max(largest1, b);
        check0 = hn::MulAdd(a, zero, check0);
        check1 = hn::MulAdd(b, zero, check1);
    }
    float largest = hn::GetLane(hn::MaxOfLanes(d, hn::Max(largest0, largest1)));
    check = hn::GetLane(hn::SumOfLanes(d, hn::Add(check0, check1)));
    for (; i < n; ++i) {
        largest = std::max(largest, x[i]);
        check += x[i] * 0.0f;
    }
    return largest;
}

// Fills blocks; e^(x − m_b) goes to exps unless it is null.
HWY_INLINE void softmax_blocks(const float* logits, float* exps, int64_t V, SoftmaxBlocks& blocks) {
    for (int64_t b = 0; b < blocks.count; ++b) {
        const float* x = logits + b * blocks.length;
        const int64_t n = std::min(blocks.length, V - b * blocks.length);
        const float largest = block_maximum(x, n, blocks.checks[b]);
        blocks.maxima[b] = largest;
        if (exps == nullptr) {
            blocks.sums[b] = vector_sum(n, [x, largest](auto d, int64_t i, auto acc) HWY_ATTR {
                return hn::Add(acc, exp_nonpositive(d, hn::Sub(hn::LoadU(d, x + i), hn::Set(d, largest))));
            });
        } else {
            float* to = exps + b * blocks.length;
            blocks.sums[b] = vector_sum(n, [x, to, largest](auto d, int64_t i, auto acc) HWY_ATTR {
                const auto e = exp_nonpositive(d, hn::Sub(hn::LoadU(d, x + i), hn::Set(d, largest)));
                hn::StoreU(e, d, to + i);
                return hn::Add(acc, e);
            });
        }
    }
}

void cross_entropy(float* logits, const int32_t* targets, float* losses, int64_t V, float grad_scale, Range rows) {
    SoftmaxBlocks blocks(V);
    for (int64_t row = rows.begin; row < rows.end; ++row) {
        float* x = logits + row * V;
        const int32_t target = targets[row];
        if (target == cpu::kIgnoreTarget) {
            losses[row] = 0.0f;
            std::fill(x, x + V, 0.0f);
            continue;
        }
        const double chosen = static_cast<double>(x[target]);
        softmax_blocks(x, x, V, blocks);
        losses[row] = static_cast<float>(blocks.combine() - chosen);
        const double scale = static_cast<double>(grad_scale);
        const double probability = static_cast<double>(x[target]) * blocks.factors[target / blocks.length];
        for (int64_t b = 0; b < blocks.count; ++b) {
            float* block = x + b * blocks.length;
            const float factor = static_cast<float>(blocks.factors[b] * scale);
            vector_loop(std::min(blocks.length, V - b * blocks.length), [block, factor](auto d, int64_t i) HWY_ATTR {
                hn::StoreU(hn::Mul(hn::LoadU(d, block + i), hn::Set(d, factor)), d, block + i);
            });
        }
        x[target] = static_cast<float>((probability - 1.0) * scale);
    }
}

void cross_entropy_loss(const float* logits, const int32_t* targets, float* losses, int64_t V, Range rows) {
    SoftmaxBlocks blocks(V);
    for (int64_t row = rows.begin; row < rows.end; ++row) {
        losses[row] = 0.0f;
        if (targets[row] == cpu::kIgnoreTarget) continue;
        const float* x = logits + row * V;
        softmax_blocks(x, nullptr, V, blocks);
        losses[row] = static_cast<float>(blocks.combine() - static_cast<double>(x[targets[row]]));
    }
}

}  // namespace lathe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lathe::cpu {

HWY_EXPORT(cross_entropy);
HWY_EXPORT(cross_entropy_loss);

void cross_entropy(float* logits, const int32_t* targets, float* losses, int64_t V, float grad_scale, Range rows) {
    HWY_DYNAMIC_DISPATCH(cross_entropy)(logits, targets, losses, V, grad_scale, rows);
}

void cross_entropy_loss(const float* logits, const int32_t* targets, float* losses, int64_t V, Range rows) {
    HWY_DYNAMIC_DISPATCH(cross_entropy_loss)(logits, targets, losses, V, rows);
}

}  // namespace lathe::cpu
#endif
