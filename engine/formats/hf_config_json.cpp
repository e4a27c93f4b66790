#include "engine/formats/hf_config_json.h"

#include "engine/base/error.h"
#include "engine/base/json.h"
#include "engine/formats/hf_rope.h"

namespace lathe {

namespace {

Json token_id(int64_t id) {
    return id < 0 ? Json(nullptr) : Json(id);
}

Json end_ids(const HfConfig& config) {
    if (config.eos_token_ids.size() <= 1) return token_id(config.eos_token_ids.empty() ? -1 : config.eos_token_ids[0]);
    return Json(config.eos_token_ids);
}

}  // namespace

const char* torch_dtype_name(Dtype dtype) {
    switch (dtype) {
        case Dtype::F32:
            return "float32";
        case Dtype::BF16:
            return "bfloat16";
        case Dtype::F16:
            return "float16";
        default:
            fail({.kind = ErrorKind::unsupported,
                  .key = "dtype",
                  .expected = "F32, BF16 or F16",
                  .found = dtype_name(dtype)});
    }
}

std::string make_config_json(const HfConfig& config, Dtype dtype, const std::string& quantization_config) {
    const ModelConfig& model = config.model;
    const bool is_new = config.config_json.empty();
    Json json = is_new ? Json::object() : parse_json(config.config_json, "config.json");
    const bool is_llama = model.model_type == "llama", is_qwen3 = model.model_type == "qwen3";
    json["architectures"] = Json::array({is_llama   ? "LlamaForCausalLM"
                                         : is_qwen3 ? "Qwen3ForCausalLM"
                                                    : "Qwen2ForCausalLM"});
    json["model_type"] = model.model_type;
    json["vocab_size"] = model.vocab_size;
    json["hidden_size"] = model.hidden_size;
    json["intermediate_size"] = model.intermediate_size;
    json["num_hidden_layers"] = model.num_hidden_layers;
    json["num_attention_heads"] = model.num_attention_heads;
    json["num_key_value_heads"] = model.num_key_value_heads;
    // Qwen2 in transformers 4 takes hidden_size / num_attention_heads whatever the config says.
    if (is_qwen3 || is_llama || model.head_dim > 0) json["head_dim"] = model.head_size();
    json["hidden_act"] = "silu";
    json["max_position_embeddings"] = model.max_position_embeddings;
    json["rms_norm_eps"] = model.rms_norm_eps;
    json["initializer_range"] = model.initializer_range;
    json["tie_word_embeddings"] = model.tie_word_embeddings;
    if (model.model_type != "qwen2") json["attention_bias"] = model.attention_bias;
    if (is_llama) {
        json["mlp_bias"] = false;
    } else if (is_new) {
        json["use_sliding_window"] = false;
    }
    if (is_new || !json.contains("use_cache")) json["use_cache"] = true;
    if (!json.contains("attention_dropout")) json["attention_dropout"] = 0.0;
    if (is_new) {
        json["bos_token_id"] = token_id(config.bos_token_id);
        json["eos_token_id"] = end_ids(config);
        json["pad_token_id"] = token_id(config.pad_token_id);
    }
    write_hf_rope(model, json);
    json["dtype"] = torch_dtype_name(dtype);
    json["torch_dtype"] = torch_dtype_name(dtype);
    // Early transformers 5 stumbles over it, and full attention is the default.
    json.erase("layer_types");
    json.erase("quantization_config");
    if (!quantization_config.empty())
        json["quantization_config"] = parse_json(quantization_config, "quantization_config");
    return dump_json(json, 2) + "\n";
}

std::string make_generation_config_json(const HfConfig& config) {
    const bool has_original = !config.generation_config_json.empty();
    if (!has_original && config.eos_token_ids.empty() && !config.config_json.empty()) return "";
    Json json = has_original ? parse_json(config.generation_config_json, "generation_config.json") : Json::object();
    bool is_changed = !has_original;
    const auto set = [&](const char* key, const Json& value) {
        const auto at = json.find(key);
        const bool is_same = at == json.end() ? value.is_null() : *at == value || *at == Json::array({value});
        if (is_same) return;
        json[key] = value;
        is_changed = true;
    };
    set("bos_token_id", token_id(config.bos_token_id));
    set("eos_token_id", end_ids(config));
    set("pad_token_id", token_id(config.pad_token_id));
    return is_changed ? dump_json(json, 2) + "\n" : config.generation_config_json;
}

}  // namespace lathe
