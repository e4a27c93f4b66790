// A Hugging Face model folder: config.json, generation_config.json, model.safetensors (or shards with an index),
// tokenizer files. Reading follows the file: keys that change the maths and are not ours (hidden_act, sliding window in
// use, partial rotary, experts, quantization other than NF4, unknown rope_type) are `unsupported` by name; all others
// are kept verbatim and written again. auto_map is never followed. Source: transformers 5.23 configuration_utils.py,
// modeling_rope_utils.py, modeling_{qwen2,qwen3,llama}. Any thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/config.h"
#include "engine/formats/model_weights.h"
#include "engine/formats/planned_file.h"
#include "engine/formats/safetensors.h"

namespace lathe {

struct HfConfig {
    ModelConfig model;
    std::string config_json;             // verbatim, "" if written by us
    std::string generation_config_json;  // verbatim, "" if absent
    std::vector<int64_t> eos_token_ids;  // from generation_config.json alone
    int64_t bos_token_id = -1;           // from generation_config.json, else config.json; -1: none
    int64_t pad_token_id = -1;           // likewise
};

// config.json of Qwen3ForCausalLM, Qwen2ForCausalLM and LlamaForCausalLM, of transformers 4 or 5, and
// generation_config.json where there is one. Absent keys have the defaults of transformers; the sizes must be there.
// Errors: not_found, malformed, wrong_type, missing_key, out_of_range, mismatch, unsupported, each naming file and key.
// Sizes are checked for range alone: check them against the tensors' shapes (HfWeights) before allocating.
HfConfig read_hf_config(const std::string& folder);

// dtype, or torch_dtype of older files, in config.json; "" where it has neither.
std::string named_dtype(const HfConfig& config);

// The tensors of the folder, wherever their shard is: model.safetensors, else model.safetensors.index.json and its at
// most 512 shards. Index entries are single path components, and no link may lead out of the folder (into the blobs of
// a Hugging Face cache it may). Errors besides SafetensorsFile's: not_found (no weights; a shard), missing_key (tensor
// not in its shard), mismatch (a tensor in two shards), unsupported (only .bin, .pt, .pkl: executable formats).
class HfWeights : public ModelWeights {
public:
    explicit HfWeights(const std::string& folder);
    bool has(const std::string& name) const override;
    std::vector<int64_t> shape(const std::string& name) const override;
    void require(const std::string& name, const std::vector<int64_t>& shape) const override;
    void read_part(const std::string& name, int64_t first, int64_t count, float* destination) const override;
    std::vector<std::string> names() const override;
    // As stored. `missing_key` if there is none. Valid as long as this object.
    const TensorInfo& info(const std::string& name) const;
    const std::string& path_of(const std::string& name) const;  // of the file that has it
    // Elements [first, first+count) as stored.
    void read_raw(const std::string& name, int64_t first, int64_t count, void* destination) const;

private:
    const std::pair<size_t, size_t>& find(const std::string& name) const;

    std::string folder_;
    std::vector<SafetensorsFile> files_;
    std::map<std::string, std::pair<size_t, size_t>> where_;  // name → (file, tensor)
};

struct HfExport {
    HfConfig config;  // config_json non-empty: its unknown keys are carried over
    std::vector<TensorSource>
        weights;  // Hugging Face names; tied tensors once; fp32 ones are stored as `dtype`, raw ones as they are
    Dtype dtype = Dtype::F32;             // F32, BF16 or F16
    std::string quantization_config;      // JSON for config.json, of nf4_config(); "": the weights are not quantised
    std::string tokenizer_folder;         // plan_tokenizer_files; empty: none
    int64_t max_shard_bytes = 5LL << 30;  // of tensor data; a tensor is never split
};

// What will be written, in the order of writing. The config carries rope_parameters (transformers 5) and rope_theta
// with rope_scaling (transformers 4), dtype and torch_dtype, and no layer_types.
std::vector<PlannedFile> plan_hf_files(const HfExport& model);
// tokenizer.json, and its other files and chat_template.jinja where they are there.
void plan_tokenizer_files(const std::string& folder, std::vector<PlannedFile>& files);
// One .safetensors file as transformers and PEFT write it, with the metadata {"format": "pt"}.
PlannedFile safetensors_file(std::string name, std::vector<TensorSource> tensors);

}  // namespace lathe
