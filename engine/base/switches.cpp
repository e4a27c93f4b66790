#include "engine/base/switches.h"

#include <algorithm>

namespace lathe {

namespace {

constexpr int64_t kQueryHeads = 4;  // of a key/value head
constexpr double kYarnFactor = 4;

// Positions scaled to four times the context, and back to the context that they were scaled from.
void scale_rope(ModelConfig& model, DataConfig& data) {
    RopeParameters& rope = model.rope_parameters;
    int64_t& context = model.max_position_embeddings;
    if (rope.rope_type == "default") {
        rope.rope_type = "yarn";
        rope.factor = kYarnFactor;
        rope.original_max_position_embeddings = context;
        context = std::min<int64_t>(context * static_cast<int64_t>(kYarnFactor), 1 << 24);
        return;
    }
    if (rope.original_max_position_embeddings > 0) context = rope.original_max_position_embeddings;
    rope = RopeParameters{.rope_theta = rope.rope_theta};
    data.max_length = std::min(data.max_length, context);
}

}  // namespace

const std::vector<std::string_view>& switch_names() {
    static const std::vector<std::string_view> kNames = {"use_flash_attention", "use_gqa", "use_lora", "use_qlora",
                                                         "rope_scaling"};
    return kNames;
}

bool switch_is_on(const RunConfig& config, const ModelConfig& model, std::string_view name) {
    if (name == "use_flash_attention") return config.train.use_flash_attention;
    if (name == "use_gqa") return model.num_key_value_heads < model.num_attention_heads;
    if (name == "use_lora") return config.lora.has_value();
    if (name == "use_qlora") return config.lora && config.base_model && config.base_model->load_in_4bit;
    return model.rope_parameters.rope_type != "default";
}

SwitchedOver switched_over(RunConfig config, const ModelConfig& model, std::string_view name) {
    const bool on = switch_is_on(config, model, name);
    const bool shape = name == "use_gqa" || name == "rope_scaling", adapter = name == "use_lora" || name == "use_qlora";
    if (shape && !config.model) return {config, "base_model"};
    if (adapter && !config.base_model) return {config, "fresh_model"};
    if (name == "use_gqa" && !on && model.num_attention_heads == 1) return {config, "one_head"};
    if (name == "use_flash_attention") config.train.use_flash_attention = !on;
    if (name == "use_gqa")
        config.model->num_key_value_heads = on ? model.num_attention_heads : grouped_heads(model.num_attention_heads);
    if (name == "rope_scaling") scale_rope(*config.model, config.data);
    if (name == "use_qlora") config.base_model->load_in_4bit = !on;
    if (name == "use_lora" && on) {  // weights of few bits stay as they are
        config.base_model->load_in_4bit = config.base_model->embeddings_in_8bit = false;
        config.lora.reset();
    } else if (adapter && !config.lora) {
        config.lora.emplace();
    }
    return {config, std::nullopt};
}

int64_t grouped_heads(int64_t H) {
    int64_t G = std::max<int64_t>(1, H / kQueryHeads);
    while (H % G != 0) --G;
    return G;
}

}  // namespace lathe
