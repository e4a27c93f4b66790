// Causal attention as the formula says it, to compare flash attention (attention.h) with: every score of every head is
// stored, also those that the mask makes zero.
//   P = softmax(scale · q kᵀ + causal mask),  o = P v
//   dV = Pᵀ dO,  dS = scale·P·(dO vᵀ - rowsum(dO·O)),  dQ = dS k,  dK = dSᵀ q      [arXiv 1706.03762, eq. 1]
// Sequences, grouping, strides and who sees which key: as in attention.h. fp32. Pure functions, any thread.
#pragma once

#include "kernels/attention.h"

namespace lathe::cpu {

// All throw std::invalid_argument unless 1 ≤ D ≤ 256 and G divides H.

// Floats of p: for each sequence (H, q_len, kv_len), one sequence after the other.
int64_t plain_attention_floats(const AttentionSequence* sequences, int64_t count, AttentionShape shape);

// Task = (sequence, query head). q (N,H,D), o (N,H,D); p is written whole.
int64_t plain_attention_tasks(int64_t count, AttentionShape shape);
void plain_attention(const AttentionSequence* sequences, int64_t count, const float* q, float* o, float* p,
                     AttentionShape shape, Range tasks);

// Task = (sequence, key/value head): dk and dv are summed over the heads of the group in order. Reads o and p of the
// forward and d_o; p becomes dS. Writes dq, and the sequences' rows of dk and dv, without adding.
int64_t plain_attention_backward_tasks(int64_t count, AttentionShape shape);
void plain_attention_backward(const AttentionSequence* sequences, int64_t count, const float* q, const float* o,
                              float* p, const float* d_o, float* dq, float* dk, float* dv, AttentionShape shape,
                              Range tasks);

}  // namespace lathe::cpu
