#include "engine/formats/hf_rope.h"

#include <cmath>

#include "engine/formats/hf_keys.h"

namespace lathe {

namespace {

double yarn_mscale(double factor, double mscale) {
    return factor <= 1.0 ? 1.0 : 0.1 * mscale * std::log(factor) + 1.0;
}

void read_yarn(const HfKeys& keys, RopeParameters& rope) {
    if (!keys.boolean("truncate").value_or(true)) keys.unsupported("truncate", "true", "false");
    const auto positive_or = [&](const char* key, double otherwise) {
        const double value = keys.number(key).value_or(otherwise);
        if (value < 0) keys.out_of_range(key, "a number above 0", std::to_string(value));
        return value == 0 ? otherwise : value;
    };
    rope.beta_fast = positive_or("beta_fast", 32.0);
    rope.beta_slow = positive_or("beta_slow", 1.0);
    if (const auto factor = keys.number("attention_factor")) {
        if (*factor <= 0) keys.out_of_range("attention_factor", "a number above 0", std::to_string(*factor));
        rope.attention_factor = *factor;
        return;
    }
    const double mscale = keys.number("mscale").value_or(0), all_dim = keys.number("mscale_all_dim").value_or(0);
    if (mscale != 0 && all_dim != 0) {
        rope.attention_factor = yarn_mscale(rope.factor, mscale) / yarn_mscale(rope.factor, all_dim);
        if (!(rope.attention_factor > 0))
            keys.out_of_range("mscale", "a quotient above 0", std::to_string(rope.attention_factor));
    }
}

}  // namespace

RopeParameters read_hf_rope(const Json& config, const std::string& file) {
    const HfKeys top(config, file);
    const Json* scaling = top.object("rope_scaling");
    const Json* parameters = top.object("rope_parameters");
    const bool from_scaling = scaling && !scaling->empty();
    const Json none = Json::object();
    const HfKeys keys(from_scaling ? *scaling
                      : parameters ? *parameters
                                   : none,
                      file, from_scaling ? "rope_scaling." : "rope_parameters.");

    for (const char* nested : {"full_attention", "sliding_attention"}) {
        if (keys.has(nested))
            keys.unsupported(nested, "one set of rope parameters for all layers", "one per kind of layer");
    }
    if (keys.has("mrope_section")) keys.unsupported("mrope_section", "no multimodal positions", "a list");
    for (const HfKeys* level : {&top, &keys}) {
        const double share = level->number("partial_rotary_factor").value_or(1.0);
        if (share != 1.0) level->unsupported("partial_rotary_factor", "1", std::to_string(share));
    }

    RopeParameters rope;
    const auto old_type = keys.text("type");
    rope.rope_type = keys.text("rope_type").value_or(old_type.value_or("default"));
    const auto theta = keys.number("rope_theta");
    rope.rope_theta = theta ? *theta : top.number("rope_theta").value_or(10000.0);
    if (rope.rope_theta < 1)
        (theta ? keys : top).out_of_range("rope_theta", "at least 1", std::to_string(rope.rope_theta));
    if (rope.rope_type == "default") return rope;
    const bool by_factor = rope.rope_type == "linear" || rope.rope_type == "dynamic";
    if (!by_factor && rope.rope_type != "yarn" && rope.rope_type != "llama3") {
        keys.unsupported("rope_type", "default, linear, dynamic, yarn or llama3", rope.rope_type.substr(0, 80));
    }
    rope.factor = keys.needed_number("factor");
    if (rope.factor < 1 || rope.factor > 1e6) keys.out_of_range("factor", "1 to 1e6", dump_json(Json(rope.factor)));
    if (by_factor) return rope;

    const auto outer = top.integer("original_max_position_embeddings");
    rope.original_max_position_embeddings =
        outer ? *outer : keys.integer("original_max_position_embeddings").value_or(0);
    if (rope.original_max_position_embeddings < 0) {
        keys.out_of_range("original_max_position_embeddings", "at least 1",
                          std::to_string(rope.original_max_position_embeddings));
    }
    if (rope.rope_type == "yarn") {
        read_yarn(keys, rope);
        return rope;
    }
    rope.low_freq_factor = keys.needed_number("low_freq_factor");
    rope.high_freq_factor = keys.needed_number("high_freq_factor");
    if (rope.low_freq_factor <= 0 || rope.high_freq_factor <= rope.low_freq_factor) {
        keys.out_of_range("high_freq_factor", "0 < low_freq_factor < high_freq_factor",
                          dump_json(Json(rope.high_freq_factor)));
    }
    return rope;
}

void write_hf_rope(const ModelConfig& model, Json& config) {
    const RopeParameters& rope = model.rope_parameters;
    Json scaling = Json::object();
    scaling["rope_type"] = rope.rope_type;
    if (rope.rope_type != "default") scaling["factor"] = rope.factor;
    if (rope.rope_type == "yarn" || rope.rope_type == "llama3") {
        const int64_t original = rope.original_max_position_embeddings;
        scaling["original_max_position_embeddings"] = original > 0 ? original : model.max_position_embeddings;
    }
    if (rope.rope_type == "llama3") {
        scaling["low_freq_factor"] = rope.low_freq_factor;
        scaling["high_freq_factor"] = rope.high_freq_factor;
    } else if (rope.rope_type == "yarn") {
        scaling["beta_fast"] = rope.beta_fast;
        scaling["beta_slow"] = rope.beta_slow;
        if (rope.attention_factor > 0) scaling["attention_factor"] = rope.attention_factor;
    }
    Json parameters = scaling;
    parameters["rope_theta"] = rope.rope_theta;
    config["rope_parameters"] = std::move(parameters);
    config["rope_theta"] = rope.rope_theta;
    config["rope_scaling"] = rope.rope_type == "default" ? Json(nullptr) : std::move(scaling);
}

}  // namespace lathe
