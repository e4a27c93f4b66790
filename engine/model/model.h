// A Qwen3, Qwen2 or Llama language model: embedding, blocks, final norm, head. One forward serves training, evaluation
// and generation; the KV cache is a parameter of it. Shapes: N tokens, C width, H/G heads, D head dim, I feed-forward,
// V vocab. Thread: engine.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/base/config.h"
#include "engine/model/autograd.h"
#include "engine/model/parameter.h"

namespace lathe {

// Where a forward pass leaves the keys and values of a layer, and the sequences over all keys so far.
class KeyValues {
public:
    virtual ~KeyValues() = default;
    // qkv (N,(H+2G)·D) of this pass; returns the sequences with k and v over the cache.
    virtual std::vector<AttentionSequence> extend(int64_t layer, const float* qkv, HeadShape heads) = 0;
    virtual int64_t token_stride() const = 0;  // floats between tokens of k and v
};

struct Block {
    Parameter input_norm;           // (C)
    Linear qkv;                     // ((H+2G)·D, C), rows q | k | v
    Parameter q_norm, k_norm;       // (D), Qwen3
    Linear o;                       // (C, H·D)
    Parameter post_attention_norm;  // (C)
    Linear gate_up;                 // (2I, C), rows gate | up
    Linear down;                    // (C, I)
};

// A tensor of the file.
struct ModelTensor {
    std::string name;
    std::vector<int64_t> shape;
};

class Model {
public:
    // Weights are allocated, not set: call initialize(), or see model_io.h. Without `allocate` the parameters have
    // shapes alone, and whoever makes the model gives each its form. config.vocab_size > 0.
    explicit Model(const ModelConfig& config, bool allocate = true);
    // A model of the same shape whose parameters are this one's, in the same memory; LoRA is each one's own.
    std::unique_ptr<Model> with_the_same_weights() const;
    Model(const Model&) = delete;
    Model& operator=(const Model&) = delete;

    const ModelConfig& config() const { return config_; }
    HeadShape heads() const { return heads_; }
    // Every parameter in the order of the file. Stable for the model's life.
    const std::vector<Parameter*>& parameters() const { return parameters_; }
    int64_t parameter_count() const;

    // The linear layers of the blocks, in order.
    std::vector<Linear*> linears();
    // What training changes: every parameter, or A and B of the layers that have LoRA.
    const std::vector<Parameter*>& trainable() const { return trainable_; }
    int64_t trainable_count() const;
    // After LoRA was added to layers: see adapter.h.
    void train_adapters_alone();

    // N(0, initializer_range) by (seed, parameter, element); norms 1, biases 0.
    void initialize(int64_t seed);
    // What initialize() makes of one of parameters().
    void initial_values(const Parameter& parameter, int64_t seed, float* values) const;
    void require_gradients();
    void zero_gradients();
    // The dropout of adapters: `key` names the masks of a forward pass and its backward pass; 0: none.
    void set_dropout_key(uint64_t key);
    // Of passes without a cache.
    void set_attention_kernel(AttentionKernel kernel) { attention_kernel_ = kernel; }

    at::Tensor embed(std::span<const int32_t> ids) const;  // (N) → (N,C)
    // x (N,C) → (N,C). cache null: each sequence attends to its own keys of this pass, and the graph is kept where
    // gradients are on.
    at::Tensor block(int64_t layer, const at::Tensor& x, const std::shared_ptr<const Ragged>& ragged,
                     KeyValues* cache = nullptr);
    // Final hidden states (N,C) after the last norm. between() is called between blocks and may throw.
    at::Tensor hidden(std::span<const int32_t> ids, const std::shared_ptr<const Ragged>& ragged,
                      KeyValues* cache = nullptr, const std::function<void()>& between = {});
    Parameter& head() { return config_.tie_word_embeddings ? embedding_ : head_; }
    Parameter& embedding() { return embedding_; }
    Parameter& final_norm() { return final_norm_; }
    int64_t layers() const { return static_cast<int64_t>(blocks_.size()); }
    // Grows the rotary tables; called by whoever makes a Ragged with these positions.
    void reserve_positions(int64_t positions);

    // What a model of this shape has in its file, without one.
    static std::vector<ModelTensor> tensors(const ModelConfig& config);

private:
    ModelConfig config_;
    HeadShape heads_;
    AttentionKernel attention_kernel_ = AttentionKernel::flash;
    RopeTable rope_;
    Parameter embedding_;
    std::vector<Block> blocks_;
    Parameter final_norm_;
    Parameter head_;
    std::vector<Parameter*> parameters_, trainable_;
};

// Parameters of a model of this shape; vocab_size > 0.
int64_t parameter_count(const ModelConfig& config);

// Ragged batch of whole sequences with these lengths, positions from 0.
std::shared_ptr<const Ragged> whole_sequences(std::span<const int32_t> lengths);

}  // namespace lathe
