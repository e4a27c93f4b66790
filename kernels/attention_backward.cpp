// CPU backward pass of causal attention (attention.h): FlashAttention-2 over tiles of rows by 64 keys
// (attention_rows.h).
//   P = exp(scale·q kᵀ - lse),  Δ = rowsum(dO·O),  dS = scale·P·(dO vᵀ - Δ),  dV += Pᵀ dO,  dK += dSᵀ q,  dQ += dS k
// P and dS lie with lanes over rows, which serves all five products without a transpose. Rows go in order, each through
// its keys in order, so that the sums are the same on every run. Pure, any thread.
#include "kernels/attention.h"
#include "kernels/attention_rows.h"

#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_AVX3_DL | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/attention_backward.cpp"
#include "hwy/foreach_target.h"
// After foreach_target:
#include "hwy/highway.h"
#include "kernels/small_matmul-inl.h"
#include "kernels/transpose-inl.h"
#include "kernels/vector_exp-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lathe::HWY_NAMESPACE {
namespace {

// What the backward pass keeps of up to three vectors of rows.
struct Panel {
    HWY_ALIGN float q[kAttentionMaxD * kAttentionRows];       // (D, width), scaled
    HWY_ALIGN float d_o[kAttentionMaxD * kAttentionRows];     // (D, width), scaled
    HWY_ALIGN float dq[kAttentionMaxD * kAttentionRows];      // (D, width)
    HWY_ALIGN float q_rows[kAttentionRows * kAttentionMaxD];  // (rows, D)
    HWY_ALIGN float d_o_rows[kAttentionRows * kAttentionMaxD];
    HWY_ALIGN float p[kAttentionKeys * kAttentionRows];   // (keys, width)
    HWY_ALIGN float ds[kAttentionKeys * kAttentionRows];  // (keys, width): dO vᵀ, then dS
    HWY_ALIGN float lse[kAttentionRows];
    HWY_ALIGN float delta[kAttentionRows];  // scaled
    HWY_ALIGN float seen[kAttentionRows];
    int64_t visible[kAttentionRows];
};

// p: scores become probabilities. ds: scaled dP becomes dS.
template <bool masked, class D>
HWY_INLINE void scores_to_gradients(D d, Panel& panel, int64_t keys, int64_t width) {
    for (int64_t r = 0; r < width; r += hn::Lanes(d)) {
        const auto lse = hn::LoadU(d, panel.lse + r), delta = hn::LoadU(d, panel.delta + r);
        const auto visible = hn::LoadU(d, panel.seen + r);
        HWY_UNROLL(4)
        for (int64_t j = 0; j < keys; ++j) {
            float* p_at = panel.p + j * width + r;
            float* ds_at = panel.ds + j * width + r;
            auto p = exp_nonpositive(d, hn::Sub(hn::LoadU(d, p_at), lse));
            if constexpr (masked) p = hn::IfThenElseZero(hn::Lt(hn::Set(d, static_cast<float>(j)), visible), p);
            hn::StoreU(p, d, p_at);
            hn::StoreU(hn::Mul(p, hn::Sub(hn::LoadU(d, ds_at), delta)), d, ds_at);
        }
    }
}

// Σ_c a[c]·b[c]
template <class D>
HWY_INLINE float dot(D d, const float* a, const float* b, int64_t length) {
    const int64_t N = hn::Lanes(d);
    auto sum = hn::Zero(d);
    int64_t c = 0;
    for (; c + N <= length; c += N) sum = hn::MulAdd(hn::LoadU(d, a + c), hn::LoadU(d, b + c), sum);
    float total = hn::GetLane(hn::SumOfLanes(d, sum));
    for (; c < length; ++c) total += a[c] * b[c];
    return total;
}

// Lanes past the last row repeat it; they reach no sum over rows, and are not stored.
template <class D>
HWY_INLINE void load_panel(D d, const AttentionRows& rows, int64_t begin, int64_t count, int64_t width,
                           const AttentionGradients& x, Panel& panel) {
    const int64_t length = rows.shape.D;
    const float* q[kAttentionRows];
    const float* d_o[kAttentionRows];
    for (int64_t r = 0; r < width; ++r) {
        const int64_t row = begin + std::min(r, count - 1);
        q[r] = x.q + rows.q_offset(row);
        d_o[r] = x.d_o + rows.o_offset(row);
        panel.visible[r] = rows.visible(row);
        panel.lse[r] = x.lse[rows.lse_index(row)];
        panel.delta[r] = rows.shape.scale * dot(d, d_o[r], x.o + rows.o_offset(row), length);
        if (r >= count) continue;
        std::copy(q[r], q[r] + length, panel.q_rows + r * length);
        std::copy(d_o[r], d_o[r] + length, panel.d_o_rows + r * length);
    }
    rows_to_panel(d, q, length, rows.shape.scale, panel.q, width);
    rows_to_panel(d, d_o, length, rows.shape.scale, panel.d_o, width);
    std::fill(panel.dq, panel.dq + length * width, 0.0f);
}

HWY_NOINLINE void backward_panel(const AttentionRows& rows, int64_t begin, int64_t count, const AttentionGradients& x) {
    const hn::ScalableTag<float> d;
    const int64_t N = hn::Lanes(d), D = rows.shape.D, stride = rows.shape.kv_stride;
    const int64_t width = (count + N - 1) / N * N;
    Panel panel;
    load_panel(d, rows, begin, count, width, x, panel);
    for (int64_t j = 0; j < panel.visible[width - 1]; j += kAttentionKeys) {
        const AttentionKeyTile tile = attention_key_tile(j, panel.visible, width);
        const float* k = rows.sequence.k + j * stride + rows.g * D;
        const float* v = rows.sequence.v + j * stride + rows.g * D;
        const int64_t kv_offset = (rows.sequence.kv_begin + j) * stride + rows.g * D;
        small_matmul<Start::kZero, Layout::kRows>(d, {k, stride, panel.q, width, panel.p, width, D}, tile.count, width);
        small_matmul<Start::kZero, Layout::kRows>(d, {v, stride, panel.d_o, width, panel.ds, width, D}, tile.count,
                                                  width);
        tile.seen_by(panel.visible, width, panel.seen);
        if (tile.masked) {
            scores_to_gradients<true>(d, panel, tile.count, width);
        } else {
            scores_to_gradients<false>(d, panel, tile.count, width);
        }
        small_matmul<Start::kOut, Layout::kRows>(
            d, {panel.p, width, panel.d_o_rows, D, x.dv + kv_offset, stride, count}, tile.count, D);
        small_matmul<Start::kOut, Layout::kRows>(d, {panel.ds, width, panel.q_rows, D, x.dk + kv_offset, stride, count},
                                                 tile.count, D);
        small_matmul<Start::kOut, Layout::kColumns>(d, {k, stride, panel.ds, width, panel.dq, width, tile.count}, D,
                                                    width);
    }
    float* dq[kAttentionRows];
    HWY_ALIGN float ones[kAttentionRows];
    for (int64_t r = 0; r < width; ++r) {
        dq[r] = x.dq + rows.q_offset(begin + std::min(r, count - 1));
        ones[r] = 1.0f;
    }
    panel_to_rows(d, panel.dq, width, ones, dq, count, D);
}

void backward_head(const AttentionRows& rows, const AttentionGradients& x) {
    const AttentionSequence& sequence = rows.sequence;
    for (int64_t j = sequence.kv_begin; j < sequence.kv_begin + sequence.kv_len; ++j) {
        const int64_t offset = j * rows.shape.kv_stride + rows.g * rows.shape.D;
        std::fill_n(x.dk + offset, rows.shape.D, 0.0f);
        std::fill_n(x.dv + offset, rows.shape.D, 0.0f);
    }
    const int64_t panel = std::min<int64_t>(3 * hn::Lanes(hn::ScalableTag<float>()), kAttentionRows);
    for (int64_t row = 0; row < rows.count(); row += panel) {
        backward_panel(rows, row, std::min(panel, rows.count() - row), x);
    }
}

void attention_backward(const AttentionSequence* sequences, const AttentionGradients& x, const AttentionShape& shape,
                        Range tasks) {
    for (int64_t task = tasks.begin; task < tasks.end; ++task) {
        backward_head({sequences[task / shape.G], shape, task % shape.G}, x);
    }
}

}  // namespace
}  // namespace lathe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lathe {
namespace {
HWY_EXPORT(attention_backward);
}

namespace cpu {

int64_t attention_backward_tasks(const AttentionSequence*, int64_t count, AttentionShape shape) {
    check_attention_shape(shape);
    return count * shape.G;
}

void attention_backward(const AttentionSequence* sequences, int64_t, const float* q, const float* o, const float* lse,
                        const float* d_o, float* dq, float* dk, float* dv, AttentionShape shape, Range tasks) {
    check_attention_shape(shape);
    HWY_DYNAMIC_DISPATCH(attention_backward)(sequences, {q, o, lse, d_o, dq, dk, dv}, shape, tasks);
}

}  // namespace cpu
}  // namespace lathe
#endif  // HWY_ONCE
