// RoPE settings of a config.json, in the form of transformers 5 (rope_parameters) and 4 (rope_theta, rope_scaling).
// Source: transformers 5.23 modeling_rope_utils.py (RotaryEmbeddingConfigMixin, _compute_*_parameters). Any thread.
#pragma once

#include <string>

#include "engine/base/config.h"
#include "engine/base/json.h"

namespace lathe {

// As transformers 5 reads it: a non-empty rope_scaling goes before rope_parameters, then rope_theta and
// original_max_position_embeddings of the top level. Rope types but default, linear, yarn, llama3, and keys that change
// their maths, are `unsupported`.
RopeParameters read_hf_rope(const Json& config, const std::string& file);
// Sets rope_parameters, rope_theta and rope_scaling (null for the default type) in `config`, with the same values.
void write_hf_rope(const ModelConfig& model, Json& config);

}  // namespace lathe
