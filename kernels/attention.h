// Causal FlashAttention with grouped key/value heads over ragged sequences; no T×T matrix is ever stored. fp32.
//   o = softmax(scale · q kᵀ + causal mask) v,  lse = m + ln l per (token, head)   [FlashAttention-2, arXiv 2307.08691]
// Head h reads key/value head h / (H/G). The last query of a sequence sees its last key: query i of a sequence with
// q_len queries and kv_len ≥ q_len keys sees keys 0 .. kv_len - q_len + i, and no key of another sequence.
// Keys are walked in fixed tiles from key 0: a query's result has the same bits whatever its neighbours, whatever the
// split of tasks, and whether it is computed in a long prefill or alone with the keys so far. Pure functions, any
// thread.
#pragma once

#include <cstdint>

#include "kernels/shapes.h"

namespace lathe {

// One sequence of the ragged batch. Rows of q/o start at q_begin. k and v point at the sequence's first key:
// into the packed (N,G,D) tensors when training, into its cache when decoding.
struct AttentionSequence {
    int64_t q_begin, q_len, kv_len;
    const float* k;  // (kv_len, G, D), token stride kv_stride of AttentionShape
    const float* v;
    int64_t kv_begin;  // backward: row of dk/dv where the sequence's first key lies
};

// Strides are floats between tokens; a token's heads lie side by side. H is a multiple of G.
struct AttentionShape {
    int64_t H, G, D;
    int64_t q_stride;   // of q and dq (≥ H*D)
    int64_t kv_stride;  // of k, v, dk and dv (≥ G*D)
    int64_t o_stride;   // of o and d_o (≥ H*D)
    float scale;
};

namespace cpu {

// All four throw std::invalid_argument unless 1 ≤ D ≤ 256 and G divides H. Stack: up to 110 KB forward, 280 KB
// backward.

// Tasks of the forward pass: (sequence, key/value head, tile of 48 (query, head) rows). Later tiles of a sequence are
// longer.
int64_t attention_tasks(const AttentionSequence* sequences, int64_t count, AttentionShape shape);
// q (N,H,D), o (N,H,D), lse (N,H) or null.
void attention(const AttentionSequence* sequences, int64_t count, const float* q, float* o, float* lse,
               AttentionShape shape, Range tasks);

// Backward. Task = (sequence, key/value head): deterministic, dk and dv are summed over queries, then heads of the
// group, in order. Reads o and lse of the forward and d_o; writes dq, and the sequences' rows of dk and dv, without
// adding.
int64_t attention_backward_tasks(const AttentionSequence* sequences, int64_t count, AttentionShape shape);
void attention_backward(const AttentionSequence* sequences, int64_t count, const float* q, const float* o,
                        const float* lse, const float* d_o, float* dq, float* dk, float* dv, AttentionShape shape,
                        Range tasks);

}  // namespace cpu

namespace cuda {
// Forward on device pointers (sequences and what they point at too); 1 ≤ D ≤ 128, else std::invalid_argument; count and
// G at most 65535. max_q_len ≥ every q_len. stream is a cudaStream_t. One launch covers all tasks; std::runtime_error
// if it fails.
void attention(const AttentionSequence* sequences, int64_t count, int64_t max_q_len, const float* q, float* o,
               float* lse, AttentionShape shape, void* stream);
}  // namespace cuda

}  // namespace lathe
