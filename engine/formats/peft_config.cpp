#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "engine/base/error.h"
#include "engine/base/json.h"
#include "engine/formats/hf_keys.h"
#include "engine/formats/peft_adapter.h"

namespace lathe {

namespace {

namespace fs = std::filesystem;

constexpr const char* kConfig = "adapter_config.json";
constexpr int64_t kConfigLimit = 16 << 20;
constexpr int64_t kRankLimit = 1 << 16;
constexpr size_t kShown = 80;

bool is_there(const std::string& path) {
    std::error_code ignored;
    return fs::exists(path, ignored);
}

// A regular expression that is no more than a name; "" if it is more. An escaped dot is one.
std::string plain_name(std::string_view pattern) {
    std::string name;
    for (size_t i = 0; i < pattern.size(); ++i) {
        if (pattern.substr(i, 2) == "\\.") ++i;
        const auto c = static_cast<unsigned char>(pattern[i]);
        if (!std::isalnum(c) && c != '_' && c != '.') return "";
        name += static_cast<char>(c);
    }
    return name;
}

bool drop(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

// The names of ".*\.(q_proj|v_proj)": no other kind of expression is followed.
std::vector<std::string> names_of_expression(const std::string& expression, const HfKeys& keys) {
    std::string_view rest = expression;
    drop(rest, "^");
    if (!drop(rest, ".*\\.")) drop(rest, ".*");
    if (rest.ends_with('$')) rest.remove_suffix(1);
    if (rest.ends_with(')') && (drop(rest, "(?:") || drop(rest, "("))) rest.remove_suffix(1);
    std::vector<std::string> names;
    for (size_t begin = 0; begin <= rest.size();) {
        const size_t end = std::min(rest.find('|', begin), rest.size());
        names.push_back(plain_name(rest.substr(begin, end - begin)));
        begin = end + 1;
        if (names.back().empty())
            keys.unsupported("target_modules", "a list of names, all-linear, or .*\\.(NAME|NAME)",
                             expression.substr(0, kShown));
    }
    return names;
}

std::vector<std::string> read_targets(const HfKeys& keys) {
    const Json* targets = keys.find("target_modules");
    if (!targets) return {};
    if (!targets->is_array()) {
        const std::string text = keys.text("target_modules").value_or("");
        return text == "all-linear" ? std::vector<std::string>() : names_of_expression(text, keys);
    }
    std::vector<std::string> names;
    for (const Json& name : *targets) {
        const Json single = {{"target_modules", name}};
        names.push_back(HfKeys(single, keys.file()).text("target_modules").value_or(""));
    }
    return names;
}

// {"NAME": number}; names stand in for expressions.
template <class Number, class Read>
std::vector<std::pair<std::string, Number>> read_pattern(const HfKeys& keys, const char* key, const Read& read) {
    std::vector<std::pair<std::string, Number>> pattern;
    const Json* object = keys.object(key);
    if (!object) return pattern;
    const HfKeys entries(*object, keys.file(), std::string(key) + ".");
    for (const auto& [expression, value] : object->items()) {
        std::string_view rest = expression;
        const std::string start = drop(rest, "^") ? "^" : "";
        const std::string name = plain_name(rest);
        if (name.empty()) keys.unsupported(key, "names of modules", expression.substr(0, kShown));
        pattern.emplace_back(start + name, read(entries, expression.c_str()));
    }
    return pattern;
}

int64_t read_rank(const HfKeys& keys, const char* key) {
    const int64_t r = keys.needed_integer(key);
    if (r < 1 || r > kRankLimit) keys.out_of_range(key, "1 to " + std::to_string(kRankLimit), std::to_string(r));
    return r;
}

bool says_something(const Json& value) {
    return !(value.is_null() || value == false || ((value.is_array() || value.is_object()) && value.empty()));
}

// What changes the model in another way than by B A.
void refuse_other_adapters(const HfKeys& keys) {
    const std::string type = keys.text("peft_type").value_or("none");
    if (type != "LORA") keys.unsupported("peft_type", "LORA", type.substr(0, kShown));
    if (const auto bias = keys.text("bias"); bias && *bias != "none")
        keys.unsupported("bias", "none", bias->substr(0, kShown));
    for (const char* key : {"use_dora", "modules_to_save", "fan_in_fan_out", "lora_bias", "trainable_token_indices",
                            "layer_replication", "target_parameters", "use_qalora", "use_bdlora",
                            "alora_invocation_tokens", "arrow_config", "kasa_config", "monteclora_config"}) {
        if (const Json* value = keys.find(key); value && says_something(*value))
            keys.unsupported(key, "none", dump_json(*value).substr(0, kShown));
    }
    // The others begin with another base than the one that is named.
    const Json* start = keys.find("init_lora_weights");
    if (start && !start->is_boolean() && *start != "gaussian" && *start != "orthogonal" && *start != "eva")
        keys.unsupported("init_lora_weights", "true, false, gaussian, orthogonal or eva",
                         dump_json(*start).substr(0, kShown));
}

Json number(double value) {
    const bool is_whole = std::abs(value) < 1e15 && std::trunc(value) == value;
    return is_whole ? Json(static_cast<int64_t>(value)) : Json(value);
}

}  // namespace

bool is_adapter(const std::string& folder) {
    return is_there(folder + "/" + kConfig) && !is_there(folder + "/config.json");
}

PeftAdapter read_peft_config(const std::string& folder) {
    PeftAdapter adapter;
    adapter.file = folder + "/" + kConfig;
    const Json json = read_json(adapter.file, kConfigLimit);
    const HfKeys keys(json, adapter.file);
    refuse_other_adapters(keys);
    adapter.base_model_name_or_path = keys.text("base_model_name_or_path").value_or("");
    if (keys.has("r")) adapter.r = read_rank(keys, "r");
    adapter.lora_alpha = keys.number("lora_alpha").value_or(adapter.lora_alpha);
    adapter.lora_dropout = keys.number("lora_dropout").value_or(0);
    adapter.use_rslora = keys.boolean("use_rslora").value_or(false);
    adapter.rank_pattern = read_pattern<int64_t>(keys, "rank_pattern", read_rank);
    adapter.alpha_pattern = read_pattern<double>(
        keys, "alpha_pattern", [](const HfKeys& entries, const char* key) { return entries.needed_number(key); });
    adapter.target_modules = read_targets(keys);
    return adapter;
}

AdapterFiles adapter_files(const PeftAdapter& adapter, Dtype dtype) {
    AdapterFiles files;
    for (const auto& [module, pair] : adapter.modules) {
        const std::string name = "base_model.model." + module;
        files.tensors.push_back(
            {.name = name + ".lora_A.weight", .dtype = dtype, .shape = {pair.r, pair.in}, .data = pair.A.data()});
        files.tensors.push_back(
            {.name = name + ".lora_B.weight", .dtype = dtype, .shape = {pair.out, pair.r}, .data = pair.B.data()});
    }
    Json ranks = Json::object(), alphas = Json::object(), targets = adapter.target_modules;
    for (const auto& [name, r] : adapter.rank_pattern) ranks[name] = r;
    for (const auto& [name, alpha] : adapter.alpha_pattern) alphas[name] = number(alpha);
    if (targets.empty()) {
        targets = Json::array();
        for (const auto& entry : adapter.modules) targets.push_back(entry.first);
    }
    files.config_json = dump_json({{"alpha_pattern", alphas},
                                   {"base_model_name_or_path", adapter.base_model_name_or_path},
                                   {"bias", "none"},
                                   {"fan_in_fan_out", false},
                                   {"inference_mode", true},
                                   {"init_lora_weights", true},
                                   {"layers_to_transform", nullptr},
                                   {"lora_alpha", number(adapter.lora_alpha)},
                                   {"lora_dropout", adapter.lora_dropout},
                                   {"modules_to_save", nullptr},
                                   {"peft_type", "LORA"},
                                   {"r", adapter.r},
                                   {"rank_pattern", ranks},
                                   {"revision", nullptr},
                                   {"target_modules", targets},
                                   {"task_type", "CAUSAL_LM"},
                                   {"use_dora", false},
                                   {"use_rslora", adapter.use_rslora}},
                                  2) +
                        "\n";
    return files;
}

}  // namespace lathe
