// CPU kernel of plain attention (plain_attention.h): whole matrices of scores, computed 64 keys at a time. Pure, any
// thread.
#include "kernels/plain_attention.h"

#include "kernels/attention_rows.h"

#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_AVX3_DL | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/plain_attention.cpp"
#include "hwy/foreach_target.h"
// After foreach_target:
#include "hwy/highway.h"
#include "kernels/small_matmul-inl.h"
#include "kernels/transpose-inl.h"
#include "kernels/vector_exp-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lathe::HWY_NAMESPACE {
namespace {

// One query head of one sequence: where its rows begin, and its (q_len, kv_len) matrix in p.
struct Head {
    const AttentionSequence& sequence;
    const AttentionShape& shape;
    int64_t h;
    float* p;

    int64_t g() const { return h / (shape.H / shape.G); }
    int64_t rows() const { return sequence.q_len; }
    int64_t keys() const { return sequence.kv_len; }
    int64_t visible(int64_t row) const { return keys() - rows() + row + 1; }
    int64_t q_offset() const { return sequence.q_begin * shape.q_stride + h * shape.D; }
    int64_t o_offset() const { return sequence.q_begin * shape.o_stride + h * shape.D; }
    int64_t kv_offset() const { return sequence.kv_begin * shape.kv_stride + g() * shape.D; }
    const float* k() const { return sequence.k + g() * shape.D; }
    const float* v() const { return sequence.v + g() * shape.D; }
};

Head head_of(const AttentionSequence* sequences, int64_t s, int64_t h, const AttentionShape& shape, float* p) {
    for (int64_t before = 0; before < s; ++before) p += shape.H * sequences[before].q_len * sequences[before].kv_len;
    const AttentionSequence& own = sequences[s];
    return {own, shape, h, p + h * own.q_len * own.kv_len};
}

// out (rows, count) = scale · a · bᵀ of `count` ≤ 64 rows of b, both of width D.
template <class D>
HWY_INLINE void times_transposed(D d, const float* a, int64_t a_stride, int64_t rows, const float* b, int64_t b_stride,
                                 int64_t count, int64_t length, float scale, float* out, int64_t out_stride) {
    HWY_ALIGN float panel[kAttentionMaxD * kAttentionKeys];
    const float* at[kAttentionKeys];
    for (int64_t j = 0; j < kAttentionKeys; ++j) at[j] = b + std::min(j, count - 1) * b_stride;
    rows_to_panel(d, at, length, scale, panel, kAttentionKeys);
    small_matmul<Start::kZero, Layout::kRows>(d, {a, a_stride, panel, kAttentionKeys, out, out_stride, length}, rows,
                                              count);
}

// Scores become probabilities; keys that are not seen get 0.
template <class D>
HWY_INLINE void softmax(D d, float* scores, int64_t visible, int64_t keys) {
    const hn::CappedTag<float, 1> one;
    const int64_t N = hn::Lanes(d), whole = visible / N * N;
    float largest = scores[0];
    for (int64_t j = 1; j < visible; ++j) largest = std::max(largest, scores[j]);
    auto sums = hn::Zero(d);
    for (int64_t j = 0; j < whole; j += N) {
        const auto p = exp_nonpositive(d, hn::Sub(hn::LoadU(d, scores + j), hn::Set(d, largest)));
        hn::StoreU(p, d, scores + j);
        sums = hn::Add(sums, p);
    }
    float sum = hn::GetLane(hn::SumOfLanes(d, sums));
    for (int64_t j = whole; j < visible; ++j) {
        scores[j] = hn::GetLane(exp_nonpositive(one, hn::Set(one, scores[j] - largest)));
        sum += scores[j];
    }
    for (int64_t j = 0; j < visible; ++j) scores[j] /= sum;
    std::fill(scores + visible, scores + keys, 0.0f);
}

HWY_NOINLINE void forward_head(const Head& head, const float* q, float* o) {
    const hn::ScalableTag<float> d;
    const AttentionShape& shape = head.shape;
    const int64_t keys = head.keys();
    for (int64_t j = 0; j < keys; j += kAttentionKeys) {
        times_transposed(d, q + head.q_offset(), shape.q_stride, head.rows(), head.k() + j * shape.kv_stride,
                         shape.kv_stride, std::min(kAttentionKeys, keys - j), shape.D, shape.scale, head.p + j, keys);
    }
    for (int64_t i = 0; i < head.rows(); ++i) softmax(d, head.p + i * keys, head.visible(i), keys);
    small_matmul<Start::kZero, Layout::kRows>(
        d, {head.p, keys, head.v(), shape.kv_stride, o + head.o_offset(), shape.o_stride, keys}, head.rows(), shape.D);
}

// p becomes dS where `rows` from `first` on meet the 64 keys from j on.
template <class D>
HWY_INLINE void score_gradients(D d, const Head& head, const AttentionGradients& x, int64_t first, int64_t rows,
                                int64_t j) {
    HWY_ALIGN float dp[kAttentionRows * kAttentionKeys];
    const AttentionShape& shape = head.shape;
    const int64_t keys = head.keys(), count = std::min(kAttentionKeys, keys - j);
    const float* d_o = x.d_o + head.o_offset() + first * shape.o_stride;
    const float* o = x.o + head.o_offset() + first * shape.o_stride;
    times_transposed(d, d_o, shape.o_stride, rows, head.v() + j * shape.kv_stride, shape.kv_stride, count, shape.D,
                     1.0f, dp, kAttentionKeys);
    for (int64_t i = 0; i < rows; ++i) {
        float delta = 0;
        for (int64_t c = 0; c < shape.D; ++c) delta += d_o[i * shape.o_stride + c] * o[i * shape.o_stride + c];
        float* p = head.p + (first + i) * keys + j;
        for (int64_t c = 0; c < count; ++c) p[c] *= shape.scale * (dp[i * kAttentionKeys + c] - delta);
    }
}

HWY_NOINLINE void backward_head(const Head& head, const AttentionGradients& x) {
    const hn::ScalableTag<float> d;
    const AttentionShape& shape = head.shape;
    const int64_t keys = head.keys(), rows = head.rows(), D = shape.D;
    small_matmul<Start::kOut, Layout::kColumns>(
        d, {head.p, keys, x.d_o + head.o_offset(), shape.o_stride, x.dv + head.kv_offset(), shape.kv_stride, rows},
        keys, D);
    for (int64_t first = 0; first < rows; first += kAttentionRows)
        for (int64_t j = 0; j < keys; j += kAttentionKeys)
            score_gradients(d, head, x, first, std::min(kAttentionRows, rows - first), j);
    small_matmul<Start::kZero, Layout::kRows>(
        d, {head.p, keys, head.k(), shape.kv_stride, x.dq + head.q_offset(), shape.q_stride, keys}, rows, D);
    small_matmul<Start::kOut, Layout::kColumns>(
        d, {head.p, keys, x.q + head.q_offset(), shape.q_stride, x.dk + head.kv_offset(), shape.kv_stride, rows}, keys,
        D);
}

void plain_attention(const AttentionSequence* sequences, const float* q, float* o, float* p,
                     const AttentionShape& shape, Range tasks) {
    for (int64_t task = tasks.begin; task < tasks.end; ++task)
        forward_head(head_of(sequences, task / shape.H, task % shape.H, shape, p), q, o);
}

void plain_attention_backward(const AttentionSequence* sequences, float* p, const AttentionGradients& x,
                              const AttentionShape& shape, Range tasks) {
    const int64_t group = shape.H / shape.G;
    for (int64_t task = tasks.begin; task < tasks.end; ++task) {
        const AttentionSequence& sequence = sequences[task / shape.G];
        const int64_t g = task % shape.G;
        for (int64_t j = sequence.kv_begin; j < sequence.kv_begin + sequence.kv_len; ++j) {
            std::fill_n(x.dk + j * shape.kv_stride + g * shape.D, shape.D, 0.0f);
            std::fill_n(x.dv + j * shape.kv_stride + g * shape.D, shape.D, 0.0f);
        }
        for (int64_t h = g * group; h < (g + 1) * group; ++h)
            backward_head(head_of(sequences, task / shape.G, h, shape, p), x);
    }
}

}  // namespace
}  // namespace lathe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lathe {
namespace {
HWY_EXPORT(plain_attention);
HWY_EXPORT(plain_attention_backward);
}  // namespace

namespace cpu {

int64_t plain_attention_floats(const AttentionSequence* sequences, int64_t count, AttentionShape shape) {
    check_attention_shape(shape);
    int64_t floats = 0;
    for (int64_t s = 0; s < count; ++s) floats += shape.H * sequences[s].q_len * sequences[s].kv_len;
    return floats;
}

int64_t plain_attention_tasks(int64_t count, AttentionShape shape) {
    check_attention_shape(shape);
    return count * shape.H;
}

void plain_attention(const AttentionSequence* sequences, int64_t, const float* q, float* o, float* p,
                     AttentionShape shape, Range tasks) {
    check_attention_shape(shape);
    HWY_DYNAMIC_DISPATCH(plain_attention)(sequences, q, o, p, shape, tasks);
}

int64_t plain_attention_backward_tasks(int64_t count, AttentionShape shape) {
    check_attention_shape(shape);
    return count * shape.G;
}

void plain_attention_backward(const AttentionSequence* sequences, int64_t, const float* q, const float* o, float* p,
                              const float* d_o, float* dq, float* dk, float* dv, AttentionShape shape, Range tasks) {
    check_attention_shape(shape);
    HWY_DYNAMIC_DISPATCH(plain_attention_backward)
    (sequences, p, {q, o, nullptr, d_o, dq, dk, dv}, shape, tasks);
}

}  // namespace cpu
}  // namespace lathe
#endif  // HWY_ONCE
