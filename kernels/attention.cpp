// CPU forward pass of causal attention (attention.h): FlashAttention-2 over tiles of 48 rows by 64 keys
// (attention_rows.h). Many rows: lanes over rows, keys and values are broadcast where they lie. Up to eight rows
// (decoding): lanes over keys, then over D. Both take the same operations in the same order for each output, so they
// agree to the bit. Pure, any thread.
#include "kernels/attention.h"

#include <cmath>
#include <limits>

#include "kernels/attention_rows.h"

#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_AVX3_DL | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/attention.cpp"
#include "hwy/foreach_target.h"
// After foreach_target:
#include "hwy/highway.h"
#include "kernels/small_matmul-inl.h"
#include "kernels/transpose-inl.h"
#include "kernels/vector_exp-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lathe::HWY_NAMESPACE {
namespace {

constexpr float kLowest = std::numeric_limits<float>::lowest();  // finite, so that lowest - lowest = 0
constexpr int64_t kFewRows = 8;

// Running softmax of each row: m the largest score, l the sum of exp(score - m); alpha rescales what was summed before.
struct RunningSoftmax {
    HWY_ALIGN float m[kAttentionRows];
    HWY_ALIGN float l[kAttentionRows];
    HWY_ALIGN float alpha[kAttentionRows];
};

// One new sum of l in the order that both paths take: keys 0, 4, 8 …, keys 1, 5, 9 …, then pairs.
template <class V>
HWY_INLINE V add_four(V a, V b, V c, V e) {
    return hn::Add(hn::Add(a, b), hn::Add(c, e));
}

// scores (keys, width), keys a multiple of 4, become p. Lanes over rows.
template <bool masked, class D>
HWY_INLINE void softmax_columns(D d, float* scores, int64_t keys, int64_t width, const float* seen,
                                RunningSoftmax& state) {
    const auto lowest = hn::Set(d, kLowest);
    for (int64_t r = 0; r < width; r += hn::Lanes(d)) {
        const auto visible = hn::LoadU(d, seen + r);
        float* column = scores + r;
        const auto before = hn::LoadU(d, state.m + r);
        auto largest = before;
        for (int64_t j = 0; j < keys; ++j) {
            auto s = hn::LoadU(d, column + j * width);
            if constexpr (masked) s = hn::IfThenElse(hn::Lt(hn::Set(d, static_cast<float>(j)), visible), s, lowest);
            largest = hn::Max(largest, s);
        }
        hn::Vec<D> sum[4] = {hn::Zero(d), hn::Zero(d), hn::Zero(d), hn::Zero(d)};
        for (int64_t j = 0; j < keys; j += 4) {
            HWY_UNROLL(4)
            for (int64_t u = 0; u < 4; ++u) {
                float* at = column + (j + u) * width;
                auto p = exp_nonpositive(d, hn::Sub(hn::LoadU(d, at), largest));
                if constexpr (masked) p = hn::IfThenElseZero(hn::Lt(hn::Set(d, static_cast<float>(j + u)), visible), p);
                hn::StoreU(p, d, at);
                sum[u] = hn::Add(sum[u], p);
            }
        }
        const auto alpha = exp_nonpositive(d, hn::Sub(before, largest));
        hn::StoreU(largest, d, state.m + r);
        hn::StoreU(alpha, d, state.alpha + r);
        const auto total = add_four(sum[0], sum[1], sum[2], sum[3]);
        hn::StoreU(hn::MulAdd(hn::LoadU(d, state.l + r), alpha, total), d, state.l + r);
    }
}

// The same for one row, whose scores (kAttentionKeys) lie side by side; those past `seen` become 0. Lanes over keys.
template <class D>
HWY_INLINE void softmax_row(D d, float* scores, int64_t seen, int64_t row, RunningSoftmax& state) {
    const hn::CappedTag<float, 1> one;
    const int64_t N = hn::Lanes(d);
    std::fill(scores + seen, scores + kAttentionKeys, kLowest);
    auto largest = hn::Set(d, state.m[row]);
    for (int64_t j = 0; j < seen; j += N) largest = hn::Max(largest, hn::LoadU(d, scores + j));
    const float m = hn::GetLane(hn::MaxOfLanes(d, largest));
    for (int64_t j = 0; j < kAttentionKeys; j += N) {
        const auto j_lanes = hn::Iota(d, static_cast<float>(j));
        const auto p = exp_nonpositive(d, hn::Sub(hn::LoadU(d, scores + j), hn::Set(d, m)));
        hn::StoreU(hn::IfThenElseZero(hn::Lt(j_lanes, hn::Set(d, static_cast<float>(seen))), p), d, scores + j);
    }
    float sum[4] = {};
    for (int64_t j = 0; j < seen; j += 4) {
        for (int64_t u = 0; u < 4; ++u) sum[u] += scores[j + u];
    }
    const auto total = add_four(hn::Set(one, sum[0]), hn::Set(one, sum[1]), hn::Set(one, sum[2]), hn::Set(one, sum[3]));
    const auto alpha = exp_nonpositive(one, hn::Sub(hn::Set(one, state.m[row]), hn::Set(one, m)));
    state.m[row] = m;
    state.alpha[row] = hn::GetLane(alpha);
    state.l[row] = hn::GetLane(hn::MulAdd(hn::Set(one, state.l[row]), alpha, total));
}

HWY_INLINE void finish(const AttentionRows& rows, int64_t begin, int64_t count, AttentionOutput out,
                       const RunningSoftmax& state, float** o_rows, float* inverse) {
    for (int64_t r = 0; r < count; ++r) {
        o_rows[r] = out.o + rows.o_offset(begin + r);
        inverse[r] = 1.0f / state.l[r];
        if (out.lse != nullptr) out.lse[rows.lse_index(begin + r)] = state.m[r] + std::log(state.l[r]);
    }
}

// Rows begin .. begin+count-1, count ≤ three vectors.
HWY_NOINLINE void attend_panel(const AttentionRows& rows, int64_t begin, int64_t count, const float* q,
                               AttentionOutput out) {
    const hn::ScalableTag<float> d;
    const int64_t N = hn::Lanes(d), D = rows.shape.D, stride = rows.shape.kv_stride;
    const int64_t width = (count + N - 1) / N * N;
    HWY_ALIGN float q_panel[kAttentionMaxD * kAttentionRows];  // (D, width), scaled
    HWY_ALIGN float o_panel[kAttentionMaxD * kAttentionRows];  // (D, width)
    HWY_ALIGN float scores[kAttentionKeys * kAttentionRows];   // (keys, width)
    HWY_ALIGN float seen[kAttentionRows];
    RunningSoftmax state;
    const float* q_rows[kAttentionRows];
    int64_t visible[kAttentionRows];
    for (int64_t r = 0; r < width; ++r) {
        const int64_t row = begin + std::min(r, count - 1);  // lanes past the last row repeat it
        q_rows[r] = q + rows.q_offset(row);
        visible[r] = rows.visible(row);
    }
    rows_to_panel(d, q_rows, D, rows.shape.scale, q_panel, width);
    std::fill(o_panel, o_panel + D * width, 0.0f);
    std::fill(state.m, state.m + width, kLowest);
    std::fill(state.l, state.l + width, 0.0f);

    for (int64_t j = 0; j < visible[width - 1]; j += kAttentionKeys) {
        const AttentionKeyTile tile = attention_key_tile(j, visible, width);
        const float* k = rows.sequence.k + j * stride + rows.g * D;
        const float* v = rows.sequence.v + j * stride + rows.g * D;
        small_matmul<Start::kZero, Layout::kRows>(d, {k, stride, q_panel, width, scores, width, D}, tile.count, width);
        const int64_t padded = (tile.count + 3) / 4 * 4;
        std::fill(scores + tile.count * width, scores + padded * width, kLowest);
        tile.seen_by(visible, width, seen);
        if (tile.masked) {
            softmax_columns<true>(d, scores, padded, width, seen, state);
        } else {
            softmax_columns<false>(d, scores, padded, width, seen, state);
        }
        small_matmul<Start::kScaledOut, Layout::kColumns>(
            d, {v, stride, scores, width, o_panel, width, tile.count, state.alpha}, D, width);
    }
    float* o_rows[kAttentionRows];
    HWY_ALIGN float inverse[kAttentionRows] = {};
    finish(rows, begin, count, out, state, o_rows, inverse);
    panel_to_rows(d, o_panel, width, inverse, o_rows, count, D);
}

// The same for up to kFewRows rows: the key tile is transposed instead of the queries.
HWY_NOINLINE void attend_few(const AttentionRows& rows, int64_t begin, int64_t count, const float* q,
                             AttentionOutput out) {
    const hn::ScalableTag<float> d;
    const int64_t N = hn::Lanes(d), D = rows.shape.D, stride = rows.shape.kv_stride;
    HWY_ALIGN float k_panel[kAttentionMaxD * kAttentionKeys];  // (D, width)
    HWY_ALIGN float queries[kFewRows * kAttentionMaxD];        // (count, D), scaled
    HWY_ALIGN float sums[kFewRows * kAttentionMaxD];           // (count, D)
    HWY_ALIGN float scores[kFewRows * kAttentionKeys];
    RunningSoftmax state;
    int64_t visible[kFewRows];
    for (int64_t r = 0; r < count; ++r) {
        const float* q_row = q + rows.q_offset(begin + r);
        for (int64_t c = 0; c < D; ++c) queries[r * D + c] = q_row[c] * rows.shape.scale;
        visible[r] = rows.visible(begin + r);
        state.m[r] = kLowest;
        state.l[r] = 0.0f;
    }
    std::fill(sums, sums + count * D, 0.0f);

    for (int64_t j = 0; j < visible[count - 1]; j += kAttentionKeys) {
        const AttentionKeyTile tile = attention_key_tile(j, visible, count);
        const int64_t width = (tile.count + N - 1) / N * N;
        const float* k = rows.sequence.k + j * stride + rows.g * D;
        const float* v = rows.sequence.v + j * stride + rows.g * D;
        const float* k_rows[kAttentionKeys];
        for (int64_t c = 0; c < width; ++c) k_rows[c] = k + std::min(c, tile.count - 1) * stride;
        rows_to_panel(d, k_rows, D, 1.0f, k_panel, width);
        small_matmul<Start::kZero, Layout::kRows>(d, {queries, D, k_panel, width, scores, kAttentionKeys, D}, count,
                                                  width);
        for (int64_t r = 0; r < count; ++r) {
            const int64_t seen = std::clamp<int64_t>(visible[r] - j, 0, tile.count);
            softmax_row(d, scores + r * kAttentionKeys, seen, r, state);
            for (int64_t c = 0; c < D; ++c) sums[r * D + c] *= state.alpha[r];
        }
        small_matmul<Start::kOut, Layout::kRows>(d, {scores, kAttentionKeys, v, stride, sums, D, tile.count}, count, D);
    }
    float* o_rows[kFewRows];
    float inverse[kFewRows];
    finish(rows, begin, count, out, state, o_rows, inverse);
    for (int64_t r = 0; r < count; ++r) {
        for (int64_t c = 0; c < D; ++c) o_rows[r][c] = sums[r * D + c] * inverse[r];
    }
}

void attend_tile(const AttentionRows& rows, int64_t begin, int64_t end, const float* q, AttentionOutput out) {
    const int64_t panel = std::min<int64_t>(3 * hn::Lanes(hn::ScalableTag<float>()), kAttentionRows);
    for (int64_t row = begin; row < end; row += panel) {
        const int64_t count = std::min(panel, end - row);
        if (count <= kFewRows) {
            attend_few(rows, row, count, q, out);
        } else {
            attend_panel(rows, row, count, q, out);
        }
    }
}

void attention(const AttentionSequence* sequences, int64_t count, const float* q, AttentionOutput out,
               const AttentionShape& shape, Range tasks) {
    int64_t first = 0;  // first task of (sequence, key/value head)
    for (int64_t s = 0; s < count && first < tasks.end; ++s) {
        for (int64_t g = 0; g < shape.G && first < tasks.end; ++g) {
            const AttentionRows rows{sequences[s], shape, g};
            const int64_t tiles = (rows.count() + kAttentionRows - 1) / kAttentionRows;
            for (int64_t t = std::max(tasks.begin - first, int64_t{0}); t < std::min(tiles, tasks.end - first); ++t) {
                attend_tile(rows, t * kAttentionRows, std::min((t + 1) * kAttentionRows, rows.count()), q, out);
            }
            first += tiles;
        }
    }
}

}  // namespace
}  // namespace lathe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lathe {
namespace {
HWY_EXPORT(attention);
}

namespace cpu {

int64_t attention_tasks(const AttentionSequence* sequences, int64_t count, AttentionShape shape) {
    check_attention_shape(shape);
    int64_t tasks = 0;
    for (int64_t s = 0; s < count; ++s) {
        const AttentionRows rows{sequences[s], shape, 0};
        tasks += shape.G * ((rows.count() + kAttentionRows - 1) / kAttentionRows);
    }
    return tasks;
}

void attention(const AttentionSequence* sequences, int64_t count, const float* q, float* o, float* lse,
               AttentionShape shape, Range tasks) {
    check_attention_shape(shape);
    HWY_DYNAMIC_DISPATCH(attention)(sequences, count, q, {o, lse}, shape, tasks);
}

}  // namespace cpu
}  // namespace lathe
#endif  // HWY_ONCE
