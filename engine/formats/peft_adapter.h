// LoRA adapters in PEFT's folders: adapter_config.json and adapter_model.safetensors, which holds for each module X
//   base_model.model.X.lora_A.weight  A (R, in)      base_model.model.X.lora_B.weight  B (out, R)
// and adds scale · B A to its weight (out, in); scale = lora_alpha / R, with rsLoRA lora_alpha / sqrt(R). What else
// PEFT can do to a model (DoRA, trained biases, modules_to_save, embeddings, starts that change the base) is
// `unsupported` by name, never left out. Source: peft 0.21 tuners/lora/{config,layer,model}.py, utils/save_and_load.py,
// tuners/tuners_utils.py. Any thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/formats/safetensors.h"

namespace lathe {

struct LoraPair {
    int64_t r = 0, in = 0, out = 0;
    float scale = 1;
    std::vector<float> A, B;  // (R, in), (out, R)
};

struct PeftAdapter {
    std::string file;  // adapter_config.json, for errors
    std::string base_model_name_or_path;
    int64_t r = 8;
    double lora_alpha = 8, lora_dropout = 0;
    bool use_rslora = false;
    // Of single modules: the end of a name, or "^" and a whole one. The first that fits counts.
    std::vector<std::pair<std::string, int64_t>> rank_pattern;
    std::vector<std::pair<std::string, double>> alpha_pattern;
    std::vector<std::string> target_modules;  // ends of names; empty: as the tensors say
    std::map<std::string, LoraPair> modules;  // "model.layers.0.self_attn.q_proj"
};

std::string first_names(const std::vector<std::string>& names);  // the first five, for an error

// adapter_config.json is there and config.json is not.
bool is_adapter(const std::string& folder);
// The settings without the modules. Errors: not_found, malformed, missing_key, wrong_type, out_of_range, unsupported.
PeftAdapter read_peft_config(const std::string& folder);
// With the modules, in fp32. Errors besides: SafetensorsFile's; mismatch naming a tensor of another shape or the first
// modules that are no target; out_of_range where a number is not finite; unsupported where the weights are a pickle.
PeftAdapter read_peft_adapter(const std::string& folder);
struct AdapterFiles {
    std::string config_json;            // adapter_config.json
    std::vector<TensorSource> tensors;  // of adapter_model.safetensors; they point into the adapter
};
// As PEFT loads it. `dtype`: F32, BF16 or F16.
AdapterFiles adapter_files(const PeftAdapter& adapter, Dtype dtype);

}  // namespace lathe
