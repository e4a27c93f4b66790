// LibTorch over the kernels: checks, memory, device and threads; the only place that chooses a device. No autograd here
// (see autograd.h). All tensors are contiguous fp32 unless said. N tokens (rows), C width, V vocab. A wrong shape or
// device is ErrorKind::internal. Thread: engine.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/model/parameter.h"
#include "kernels/attention.h"
#include "kernels/matmul.h"

namespace lathe::ops {

at::Tensor empty(at::IntArrayRef shape);
at::Tensor zeros(at::IntArrayRef shape);

// Panels of b (K,N), and c = a · b over them (or c += …), on all threads; c has row stride ldc: kernels/matmul.h.
void pack(MatrixView b, float* panels, int64_t K, int64_t N);
void multiply_packed(MatrixView a, const float* packed, const float* bias, float* c, int64_t ldc, bool accumulate,
                     MatmulShape shape);
// c = a · b, packing b first.
void multiply(MatrixView a, MatrixView b, float* c, int64_t ldc, bool accumulate, MatmulShape shape);
constexpr int64_t kDecodedFloats = 4 << 20;  // of a frozen matrix that are decoded at once
// Panels of W (out,in) for x·Wᵀ; see Parameter::packed.
at::Tensor pack_forward(const Parameter& weight);
// y (N,out) = x (N,in) · Wᵀ + bias (or null); accumulate: y += x · Wᵀ. The same bits whether W is plain or packed.
void multiply_weight(const at::Tensor& x, const Parameter& weight, const float* bias, at::Tensor& y,
                     bool accumulate = false);
// dx (N,in) = dy (N,out) · W
void input_gradient(const at::Tensor& dy, const Parameter& weight, float* dx);

// y (N,out) = x (N,in) · Wᵀ + b + LoRA; accumulate: y += that.
void linear(const at::Tensor& x, const Linear& layer, at::Tensor& y, bool accumulate = false);
// Whether linear_backward() looks at x.
bool needs_input(const Linear& layer);
// dx (N,in); the gradients of weight, bias, A and B are added to where they are defined.
at::Tensor linear_backward(const at::Tensor& dy, const at::Tensor& x, Linear& layer);
// y += the layer's LoRA of x; and its gradients, dx += those of x.
void add_lora(const at::Tensor& x, const Lora& lora, at::Tensor& y);
void lora_backward(const at::Tensor& dy, const at::Tensor& x, Lora& lora, at::Tensor& dx);

// y = RMSNorm(x); rstd (N) is written where defined
void rms_norm(const at::Tensor& x, const Parameter& weight, double eps, at::Tensor& y, const at::Tensor& rstd);
// dx of RMSNorm, in place of dy; weight.grad is added to where defined
void rms_norm_backward(const at::Tensor& x, Parameter& weight, const at::Tensor& rstd, double eps, at::Tensor& dy);

at::Tensor swiglu(const at::Tensor& gate_up);                     // (N,2I) → (N,I)
void swiglu_backward(at::Tensor& gate_up, const at::Tensor& dy);  // gate_up becomes its gradient

// x / (1 − p) where kept, else 0: kernels/dropout.h
at::Tensor dropout(const at::Tensor& x, double p, uint64_t key);

// ids (N) in [0,V): checked, `out_of_range` otherwise
at::Tensor embedding(const Parameter& table, std::span<const int32_t> ids);
void embedding_backward(const at::Tensor& dy, std::span<const int32_t> ids, Parameter& table);

void attention(std::span<const AttentionSequence> sequences, const float* q, at::Tensor& o, at::Tensor& lse,
               const AttentionShape& shape);
void attention_backward(std::span<const AttentionSequence> sequences, const at::Tensor& qkv, const at::Tensor& o,
                        const at::Tensor& lse, const at::Tensor& d_o, at::Tensor& d_qkv, const AttentionShape& shape);
// The same by kernels/plain_attention.h: p (plain_attention_floats) is what the backward pass needs, and takes.
at::Tensor plain_attention(std::span<const AttentionSequence> sequences, const float* q, at::Tensor& o,
                           const AttentionShape& shape);
void plain_attention_backward(std::span<const AttentionSequence> sequences, const at::Tensor& qkv, const at::Tensor& o,
                              at::Tensor p, const at::Tensor& d_o, at::Tensor& d_qkv, const AttentionShape& shape);

// Linear + cross-entropy in chunks of rows: losses (N, nats, 0 where ignored). With d_hidden defined it becomes the
// gradient of grad_scale · Σ losses and head.grad is added to. The logits of more than one chunk never exist.
// between() is called between chunks and may throw: losses and gradients are half done then.
void linear_cross_entropy(const at::Tensor& hidden, Parameter& head, std::span<const int32_t> targets, float grad_scale,
                          std::span<float> losses, at::Tensor d_hidden, const std::function<void()>& between = {});
// Rows of a chunk.
int64_t loss_chunk_rows(int64_t V, bool frozen);
// logits (N,V)
at::Tensor logits(const at::Tensor& hidden, const Parameter& head);

// Σ g² over all gradients, in double and in a fixed order
double gradient_square_sum(std::span<Parameter* const> parameters);

struct AdamW {
    double learning_rate, beta1, beta2, eps, weight_decay;
};
// First and second moment of a parameter: like its value, or uint8 codes of that shape with a scale for each block
// (kernels/adamw_8bit.h).
struct Moments {
    at::Tensor m, v;
    at::Tensor m_scale, v_scale;  // fp32 (blocks); undefined: fp32 moments
};
// Zeros; in 8 bits where it is asked for and the parameter has at least kLeastIn8Bits elements, as bitsandbytes does.
constexpr int64_t kLeastIn8Bits = 4096;
int64_t moment_bytes(int64_t elements, bool in_8_bits);  // of m and v, all of them in this form
Moments make_moments(const Parameter& parameter, bool in_8_bits);
// One update of value from grad; step from 1; grad is multiplied by grad_scale first.
void adamw(Parameter& parameter, Moments& moments, const AdamW& settings, int64_t step, float grad_scale);

}  // namespace lathe::ops
