// Causal FlashAttention with grouped key/value heads over ragged sequences; no T×T matrix is ever stored.
//   o = softmax(scale · q kᵀ + causal mask) v, per sequence; lse = m + ln l per (token, head)     [FlashAttention-2, arXiv 2307.08691]
//   head h reads key/value head h / (H/G). The last query of a sequence sees its last key: query i of a sequence with
//   q_len queries and kv_len keys sees keys 0 .. kv_len - q_len + i.
// Keys are walked in fixed tiles from key 0, so a query's result does not depend on its neighbours or on the split. Any thread.
#pragma once

#include <cstdint>

#include "kernels/shapes.h"

namespace lathe {

// One sequence of the ragged batch. Rows of q/o start at q_begin. k and v point at the sequence's first key:
// into the packed (N,G,D) tensors when training, into its cache when decoding.
struct AttentionSequence {
    int64_t q_begin, q_len, kv_len;
    const float* k;      // (kv_len, G, D), token stride kv_stride of AttentionShape
    const float* v;
    int64_t kv_begin;    // backward: row of dk/dv where the sequence's first key lies
};

struct AttentionShape {
    int64_t H, G, D;
    int64_t q_stride;    // floats between tokens of q (≥ H*D)
    int64_t kv_stride;   // floats between tokens of k and of v (≥ G*D)
    int64_t o_stride;    // floats between tokens of o (≥ H*D)
    float scale;
};

namespace cpu {

// Tasks of the forward pass: (sequence, head, query tile).
int64_t attention_tasks(const AttentionSequence* sequences, int64_t count, AttentionShape shape);
// q: token stride q_stride. o: token stride o_stride. lse (N,H) or null.
void attention(const AttentionSequence* sequences, int64_t count, const float* q, float* o, float* lse, AttentionShape shape,
               Range tasks);

// Backward. Task = (sequence, key/value head): deterministic, dk and dv are summed over the group's heads in order.
// Reads o and lse of the forward and d_o (stride o_stride); writes dq (stride q_stride), dk and dv (N_kv rows, stride kv_stride) without adding.
int64_t attention_backward_tasks(const AttentionSequence* sequences, int64_t count, AttentionShape shape);
void attention_backward(const AttentionSequence* sequences, int64_t count, const float* q, const float* o, const float* lse,
                        const float* d_o, float* dq, float* dk, float* dv, AttentionShape shape, Range tasks);

}  // namespace cpu

namespace cuda {
// Same contract on device pointers (sequences too); D ≤ 128. stream is a cudaStream_t. One launch covers all tasks.
void attention(const AttentionSequence* sequences, int64_t count, int64_t max_q_len, const float* q, float* o, float* lse,
               AttentionShape shape, void* stream);
}  // namespace cuda

}  // namespace lathe
