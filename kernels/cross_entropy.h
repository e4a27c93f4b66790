// Softmax cross-entropy of a chunk of logits, loss and gradient in one pass, in place (Liger's fused linear CE,
// arXiv 2410.10989). The caller forms logits chunk by chunk with matmul, so those of a whole batch never exist at once.
// Any thread.
#pragma once

#include <cstdint>

#include "kernels/shapes.h"

namespace lathe::cpu {

constexpr int32_t kIgnoreTarget = -100;

// logits (rows,V): on return d(loss_sum·grad_scale)/d(logits) = (softmax − onehot)·grad_scale, zero rows where target
// is kIgnoreTarget. Targets are checked by the caller (0 ≤ target < V, or kIgnoreTarget).
// losses (rows): nats of each target, 0 where ignored.
// A NaN or infinity (of either sign) among a row's logits makes its loss and gradient NaN, never hidden; ignored rows
// are not read. Range: rows.
void cross_entropy(float* logits, const int32_t* targets, float* losses, int64_t V, float grad_scale, Range rows);
// Losses alone, bit-equal to those above; logits unchanged.
void cross_entropy_loss(const float* logits, const int32_t* targets, float* losses, int64_t V, Range rows);

}  // namespace lathe::cpu
