// The differentiable steps of a block, each one node of LibTorch's graph. Weights are not in the graph: a node adds to
// Parameter::grad itself. Cheap results (norms, SwiGLU) are recomputed in the backward pass instead of kept. A graph is
// walked back once. Thread: engine.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/model/parameter.h"
#include "engine/model/rope.h"
#include "kernels/attention.h"

namespace lathe {

// The ragged batch of one forward pass: N tokens of several sequences, one after the other.
struct Ragged {
    std::vector<int32_t> positions;            // (N) of each token in its sequence
    std::vector<AttentionSequence> sequences;  // k and v are set by whoever owns the keys
};

struct HeadShape {
    int64_t H, G, D;
    int64_t qkv_width() const { return (H + 2 * G) * D; }
};

// RMSNorm, then a linear layer: x (N,C) → (N,out).
at::Tensor norm_linear(const at::Tensor& x, Parameter& norm, Linear& layer, double eps);

// q, k and v of a block: RMSNorm, projection, per-head RMSNorm of q and k where their weights are there (Qwen3),
// rotation. x (N,C) → (N, (H+2G)·D), a row is [q | k | v].
struct QkvProjection {
    Parameter* norm;
    Linear* layer;
    Parameter* q_norm;  // null: none
    Parameter* k_norm;
    HeadShape heads;
    double eps;
    const RopeTable* rope;
    std::shared_ptr<const Ragged> ragged;
};
at::Tensor project_qkv(const at::Tensor& x, const QkvProjection& projection);

// Causal attention of each sequence with its own keys: qkv (N,(H+2G)·D) → (N,H·D). Plain keeps every score for the
// backward pass.
enum class AttentionKernel { flash, plain };
at::Tensor self_attention(const at::Tensor& qkv, const std::shared_ptr<const Ragged>& ragged, HeadShape heads,
                          AttentionKernel kernel);

// residual + layer(x)
at::Tensor linear_add(const at::Tensor& x, const at::Tensor& residual, Linear& layer);
// residual + layer(silu(gate)·up), gate_up (N,2I)
at::Tensor swiglu_linear_add(const at::Tensor& gate_up, const at::Tensor& residual, Linear& layer);

AttentionShape attention_shape(HeadShape heads);

}  // namespace lathe
