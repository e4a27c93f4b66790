#include <filesystem>
#include <system_error>
#include <tuple>
#include <utility>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/formats/hf_folder.h"
#include "engine/formats/hf_keys.h"
#include "engine/formats/hf_rope.h"

namespace lathe {

namespace {

constexpr int64_t kConfigLimit = 16 << 20;
constexpr size_t kShown = 80;

std::string read_model_type(const HfKeys& keys) {
    static constexpr std::pair<const char*, const char*> kKnown[] = {
        {"qwen3", "Qwen3ForCausalLM"}, {"qwen2", "Qwen2ForCausalLM"}, {"llama", "LlamaForCausalLM"}};
    std::string architecture;
    if (const Json* list = keys.array("architectures"); list && !list->empty()) {
        const Json& first = list->front();
        architecture = first.is_string() ? first.get<std::string>() : dump_json(first);
    }
    std::string type = keys.text("model_type").value_or("");
    for (const auto& [known_type, known_architecture] : kKnown) {
        if (type == known_type || (type.empty() && architecture == known_architecture)) {
            if (architecture.empty() || architecture == known_architecture) return known_type;
            keys.unsupported("architectures", known_architecture, architecture.substr(0, kShown));
        }
    }
    const std::string found = type.empty() && architecture.empty() ? "neither model_type nor architectures"
                              : type.empty()                       ? architecture
                                                                   : type;
    keys.unsupported(type.empty() ? "architectures" : "model_type", "qwen3, qwen2 or llama", found.substr(0, kShown));
}

void refuse_layer_types(const HfKeys& keys, const ModelConfig& model, const std::string& file) {
    if (const Json* types = keys.array("layer_types")) {
        if (static_cast<int64_t>(types->size()) != model.num_hidden_layers) {
            fail({.kind = ErrorKind::mismatch,
                  .file = file,
                  .key = "layer_types",
                  .expected = std::to_string(model.num_hidden_layers) + " entries, as num_hidden_layers",
                  .found = std::to_string(types->size())});
        }
        for (const Json& type : *types) {
            if (type != "full_attention")
                keys.unsupported("layer_types", "full_attention alone", dump_json(type).substr(0, kShown));
        }
        return;  // goes before use_sliding_window
    }
    const auto window = keys.integer("sliding_window");
    const bool is_used = model.model_type != "llama" && keys.boolean("use_sliding_window").value_or(false) && window &&
                         *window < model.max_position_embeddings &&
                         keys.integer("max_window_layers").value_or(28) < model.num_hidden_layers;
    if (is_used) keys.unsupported("use_sliding_window", "false", "a window of " + std::to_string(*window));
}

// NF4 of bitsandbytes alone; what it leaves out has the defaults of transformers' BitsAndBytesConfig.
void refuse_other_quantization(const HfKeys& top, const std::string& file) {
    const Json* config = top.object("quantization_config");
    if (!config) return;
    const HfKeys keys(*config, file, "quantization_config.");
    if (const auto method = keys.text("quant_method"); method && *method != "bitsandbytes")
        keys.unsupported("quant_method", "bitsandbytes", method->substr(0, kShown));
    if (keys.boolean("load_in_8bit").value_or(false)) keys.unsupported("load_in_8bit", "false, for NF4", "int8");
    if (!keys.boolean("load_in_4bit").value_or(false)) keys.unsupported("load_in_4bit", "true, for NF4", "false");
    for (const auto& [key, known, otherwise] :
         {std::tuple("bnb_4bit_quant_type", "nf4", "fp4"), std::tuple("bnb_4bit_quant_storage", "uint8", "uint8")}) {
        if (const std::string found = keys.text(key).value_or(otherwise); found != known)
            keys.unsupported(key, known, found.substr(0, kShown));
    }
}

// Whatever would make the model compute something else than ours.
void refuse_other_maths(const HfKeys& keys, const ModelConfig& model, const std::string& file) {
    if (const auto act = keys.text("hidden_act"); act && *act != "silu")
        keys.unsupported("hidden_act", "silu", act->substr(0, kShown));
    for (const char* key : {"mlp_bias", "use_bidirectional_attention", "add_cross_attention", "is_encoder_decoder"}) {
        if (keys.boolean(key).value_or(false)) keys.unsupported(key, "false", "true");
    }
    if (!keys.boolean("is_causal").value_or(true)) keys.unsupported("is_causal", "true", "false");
    for (const char* key : {"num_experts", "num_local_experts", "n_routed_experts", "num_experts_per_tok"}) {
        if (const int64_t count = keys.integer(key).value_or(0); count != 0)
            keys.unsupported(key, "no experts", std::to_string(count));
    }
    if (const Json* value = keys.find("per_layer_config"))
        keys.unsupported("per_layer_config", "none", std::string("an ") + value->type_name());
    refuse_other_quantization(keys, file);
    if (const int64_t parts = keys.integer("pretraining_tp").value_or(1); parts > 1)
        keys.unsupported("pretraining_tp", "1", std::to_string(parts));
    refuse_layer_types(keys, model, file);
}

ModelConfig read_model(const Json& json, const std::string& file) {
    const HfKeys keys(json, file);
    ModelConfig model;
    model.model_type = read_model_type(keys);
    const bool is_llama = model.model_type == "llama";
    model.vocab_size = keys.needed_integer("vocab_size");
    model.hidden_size = keys.needed_integer("hidden_size");
    model.intermediate_size = keys.needed_integer("intermediate_size");
    model.num_hidden_layers = keys.needed_integer("num_hidden_layers");
    model.num_attention_heads = keys.needed_integer("num_attention_heads");
    const bool states_kv_heads = json.contains("num_key_value_heads");
    model.num_key_value_heads =
        keys.integer("num_key_value_heads").value_or(is_llama || states_kv_heads ? model.num_attention_heads : 32);
    const bool states_head_dim = json.contains("head_dim");
    model.head_dim = keys.integer("head_dim").value_or(model.model_type == "qwen3" && !states_head_dim ? 128 : 0);
    model.max_position_embeddings = keys.integer("max_position_embeddings").value_or(is_llama ? 2048 : 32768);
    model.rms_norm_eps = keys.number("rms_norm_eps").value_or(1e-6);
    model.initializer_range = keys.number("initializer_range").value_or(0.02);
    model.tie_word_embeddings = keys.boolean("tie_word_embeddings").value_or(false);
    // Qwen2 knows no such key: its q, k, v have biases, always.
    model.attention_bias = model.model_type != "qwen2" && keys.boolean("attention_bias").value_or(false);
    if (model.vocab_size < 1) keys.out_of_range("vocab_size", "at least 1", std::to_string(model.vocab_size));
    model.rope_parameters = read_hf_rope(json, file);
    validate(model, file);
    refuse_other_maths(keys, model, file);
    return model;
}

int64_t read_token_id(const HfKeys& keys, const char* key) {
    const int64_t id = keys.integer(key).value_or(-1);
    if (id < -1 || id > INT32_MAX) keys.out_of_range(key, "0 to 2^31 - 1", std::to_string(id));
    return id;
}

void read_generation(const Json& json, const std::string& file, HfConfig& config) {
    const HfKeys keys(json, file);
    if (keys.has("bos_token_id")) config.bos_token_id = read_token_id(keys, "bos_token_id");
    if (keys.has("pad_token_id")) config.pad_token_id = read_token_id(keys, "pad_token_id");
    const Json* eos = keys.find("eos_token_id");
    if (!eos) return;
    if (!eos->is_array()) {
        if (const int64_t id = read_token_id(keys, "eos_token_id"); id >= 0) config.eos_token_ids = {id};
        return;
    }
    for (const Json& entry : *eos) {
        const Json single = {{"eos_token_id", entry}};
        const HfKeys one(single, file);
        config.eos_token_ids.push_back(one.needed_integer("eos_token_id"));
        if (read_token_id(one, "eos_token_id") < 0) keys.out_of_range("eos_token_id", "0 to 2^31 - 1", "-1");
    }
}

}  // namespace

HfConfig read_hf_config(const std::string& folder) {
    const std::string path = folder + "/config.json";
    HfConfig config;
    config.config_json = read_file(path, kConfigLimit);
    const Json json = parse_json(config.config_json, path);
    config.model = read_model(json, path);
    const HfKeys keys(json, path);
    // Some configs list several; they matter to generation_config.json alone.
    if (const Json* bos = keys.find("bos_token_id"); bos && !bos->is_array())
        config.bos_token_id = read_token_id(keys, "bos_token_id");
    if (const Json* pad = keys.find("pad_token_id"); pad && !pad->is_array())
        config.pad_token_id = read_token_id(keys, "pad_token_id");

    const std::string generation = folder + "/generation_config.json";
    std::error_code ignored;
    if (std::filesystem::symlink_status(generation, ignored).type() == std::filesystem::file_type::not_found)
        return config;
    config.generation_config_json = read_file(generation, kConfigLimit);
    read_generation(parse_json(config.generation_config_json, generation), generation, config);
    return config;
}

std::string named_dtype(const HfConfig& config) {
    if (config.config_json.empty()) return "";
    const Json json = parse_json(config.config_json, "config.json");
    for (const char* key : {"dtype", "torch_dtype"})
        if (json.contains(key) && json[key].is_string()) return json[key].get<std::string>();
    return "";
}

}  // namespace lathe
