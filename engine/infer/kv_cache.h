// Keys and values of one sequence: per layer (room, 2·G·D) fp32, a token's row is [k | v]; the room doubles as the
// sequence grows. Thread: engine only.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>
#include <vector>

#include "engine/model/model.h"

namespace lathe {

class KvCache {
public:
    KvCache(int64_t layers, HeadShape heads) : heads_(heads), layers_(static_cast<size_t>(layers)) {}

    int64_t tokens() const { return tokens_; }
    // Makes room for `count` more tokens in every layer.
    void reserve(int64_t count);
    // Writes k and v of `count` tokens behind those there, from packed qkv rows. The count of tokens() moves with
    // advance().
    void append(int64_t layer, const float* qkv, int64_t count);
    void advance(int64_t count) { tokens_ += count; }
    const float* keys(int64_t layer) const { return layers_[static_cast<size_t>(layer)].const_data_ptr<float>(); }
    int64_t stride() const { return 2 * heads_.G * heads_.D; }

private:
    HeadShape heads_;
    int64_t tokens_ = 0;
    int64_t room_ = 0;
    std::vector<at::Tensor> layers_;
};

// The caches of the sequences of one ragged pass, in its order: what Model::hidden writes to.
class KvBatch final : public KeyValues {
public:
    KvBatch(std::span<KvCache* const> caches, std::span<const int64_t> new_tokens)
        : caches_(caches), new_tokens_(new_tokens) {}
    std::vector<AttentionSequence> extend(int64_t layer, const float* qkv, HeadShape heads) override;
    int64_t token_stride() const override { return caches_.front()->stride(); }

private:
    std::span<KvCache* const> caches_;
    std::span<const int64_t> new_tokens_;
};

}  // namespace lathe
