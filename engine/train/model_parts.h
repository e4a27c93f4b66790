// What a model of a shape is made of, and what a chat with it takes. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/config.h"

namespace lathe {

// Parameters by part, in the order of the forward pass: embedding, attention, feed_forward, norms, head (where it is
// not the embedding), adapter; without those of none. Biases count with their matrices. All but the adapter's add up to
// parameter_count().
std::vector<std::pair<std::string, int64_t>> model_parts(const ModelConfig& model,
                                                         const std::optional<LoraConfig>& lora);
// Keys and values of one token in all layers, in fp32: 2·L·G·D·4.
int64_t kv_bytes_per_token(const ModelConfig& model);
// By kind, of one chat whose context is full: weights as inference holds them, every key and value, and a piece of the
// prompt on its way through a block.
std::map<std::string, int64_t> chat_bytes(const ModelConfig& model);

}  // namespace lathe
