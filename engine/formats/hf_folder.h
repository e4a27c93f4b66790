// A Hugging Face model folder: config.json, generation_config.json, model.safetensors (or shards with an index), tokenizer files.
// Reading follows the file: keys that change the maths and are not ours (hidden_act, sliding window in use, partial rotary, experts,
// quantization, unknown rope_type) are `unsupported` by name; all others are kept verbatim and written again.
// Source: transformers 5.23 configuration_utils.py, modeling_rope_utils.py, modeling_{qwen2,qwen3,llama}. Any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/base/config.h"
#include "engine/formats/safetensors.h"

namespace lathe {

struct HfConfig {
    ModelConfig model;
    std::string config_json;              // verbatim, "" if written by us
    std::string generation_config_json;   // verbatim, "" if absent
    std::vector<int64_t> eos_token_ids;   // from generation_config.json alone
    int64_t bos_token_id = -1;
};

HfConfig read_hf_config(const std::string& folder);

// The tensors of the folder, wherever their shard is. Index entries are single path components inside the folder, else refused.
class HfWeights {
public:
    explicit HfWeights(const std::string& folder);
    // fp32 into destination; the shape must match, else `mismatch` naming file, tensor, expected and found.
    void read(const std::string& name, const std::vector<int64_t>& shape, float* destination) const;
    bool has(const std::string& name) const;
    std::vector<std::string> names() const;

private:
    std::vector<SafetensorsFile> files_;
    std::map<std::string, std::pair<size_t, size_t>> where_;   // name → (file, tensor)
};

struct HfExport {
    HfConfig config;                         // config_json non-empty: its unknown keys are carried over
    std::vector<TensorSource> weights;       // Hugging Face names; tied tensors once
    Dtype dtype = Dtype::F32;
    std::string tokenizer_folder;            // its tokenizer.json, tokenizer_config.json, chat_template.jinja are copied; empty: none
    int64_t max_shard_bytes = 5LL << 30;
};

// What will be written: (file name, bytes).
std::vector<std::pair<std::string, int64_t>> plan_hf_export(const HfExport& model);
// Writes the folder's files into an existing empty `folder` (use a DurableFolder around it).
void write_hf_files(const HfExport& model, const std::string& folder, const std::function<bool(int64_t)>& progress = {});

}  // namespace lathe
