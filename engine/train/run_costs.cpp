#include "engine/train/run_costs.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <type_traits>

#include "engine/base/config_fields.h"
#include "engine/base/error.h"
#include "engine/base/machine_memory.h"
#include "engine/data/tokenizer.h"
#include "engine/formats/hf_folder.h"
#include "engine/model/model_io.h"
#include "engine/train/model_parts.h"
#include "engine/train/step_time.h"

namespace lathe {

namespace {

// Tokens of the whole run; of one by epochs, for each token of its data.
double run_tokens(const RunConfig& config) {
    return config.train.max_steps > 0
               ? static_cast<double>(config.train.max_steps) * static_cast<double>(tokens_per_step(config))
               : config.train.num_train_epochs;
}

// A value that a field is tried with, and its name; twice a number has none.
template <class Value>
struct Other {
    std::string name;
    Value value;
};

std::vector<Other<bool>> others(const std::string&, bool value, const Field&) {
    return {{value ? "false" : "true", !value}};
}

template <class Number>
requires std::is_arithmetic_v<Number> std::vector<Other<Number>> others(const std::string&, Number value,
                                                                        const Field& field) {
    if (value <= 0 || static_cast<double>(value) * 2 > field.max) return {};
    return {{"", value * 2}};
}

std::vector<Other<std::string>> others(const std::string&, const std::string& value, const Field& field) {
    std::vector<Other<std::string>> all;
    for (const std::string& choice : field.choices)
        if (choice != value) all.push_back({choice, choice});
    return all;
}

// Of the layers that get an adapter all, or the two of the paper.
std::vector<Other<std::vector<std::string>>> others(const std::string& key, const std::vector<std::string>& value,
                                                    const Field&) {
    if (key != "lora.target_modules") return {};
    if (value == LoraConfig{}.target_modules) return {{"q_proj, v_proj", {"q_proj", "v_proj"}}};
    return {{"all-linear", LoraConfig{}.target_modules}};
}

// The shape that other settings of a planned model have, where its vocabulary may be the tokenizer's.
ModelConfig shape_of(const RunConfig& other, const ModelConfig& planned) {
    ModelConfig shape = other.model.value_or(planned);
    if (shape.vocab_size == 0)
        shape.vocab_size = other.tokenizer.path.empty() ? other.tokenizer.vocab_size : planned.vocab_size;
    return shape;
}

bool is_valid(const RunConfig& config) {
    try {
        validate(config, "");
        return true;
    } catch (const Exception&) {
        return false;
    }
}

}  // namespace

ModelConfig planned_model(const RunConfig& config) {
    ModelConfig model = config.base_model ? read_model_config(config.base_model->path).model : *config.model;
    if (model.vocab_size == 0) {
        const std::string& path = config.tokenizer.path;
        model.vocab_size = path.empty() ? config.tokenizer.vocab_size : Tokenizer::open(path).vocab_size();
    }
    return model;
}

int64_t base_weight_bytes(const RunConfig& config) {
    return config.base_model ? exact_weight_bytes(read_model_config(config.base_model->path)) : 4;
}

int64_t tokens_per_step(const RunConfig& config) {
    const double tokens = static_cast<double>(config.train.per_device_train_batch_size) *
                          static_cast<double>(config.train.gradient_accumulation_steps) *
                          static_cast<double>(config.data.max_length);
    return static_cast<int64_t>(std::min(tokens, 9e18));  // the legal extremes are beyond 2^63
}

CostBase::CostBase(const RunConfig& config, int threads)
    : config(config),
      threads(threads),
      model(planned_model(config)),
      exact_bytes(base_weight_bytes(config)),
      estimate(estimate_run(model, config, exact_bytes)),
      token_s(seconds_per_token(model, config, estimate, threads)),
      chat(chat_bytes(model)) {}

CostBase::Difference CostBase::difference(const RunConfig& other, Time time) const {
    const ModelConfig shape = shape_of(other, model);
    const RunEstimate then = estimate_run(shape, other, exact_bytes);
    return {.bytes = total_bytes(then.bytes) - total_bytes(estimate.bytes),
            .chat_bytes = total_bytes(chat_bytes(shape)) - total_bytes(chat),
            .kv_bytes_per_token = kv_bytes_per_token(shape) - kv_bytes_per_token(model),
            .time_ratio = time == Time::by_work ? then.work_per_token / estimate.work_per_token
                                                : seconds_per_token(shape, other, then, threads) / token_s};
}

std::vector<FieldCost> field_costs(const CostBase& base) {
    std::vector<FieldCost> costs;
    RunConfig other = base.config;
    const auto add_cost = [&](const std::string& key, const std::string& name) {
        if (!is_valid(other)) return;
        const auto more = base.difference(other, name.empty() ? CostBase::Time::by_work : CostBase::Time::by_kernels);
        const FieldCost cost{.key = key,
                             .bytes = more.bytes,
                             .time_ratio = more.time_ratio * (run_tokens(other) / run_tokens(base.config)),
                             .chat_bytes = more.chat_bytes,
                             .other = name};
        if (cost.bytes != 0 || cost.chat_bytes != 0 || std::abs(cost.time_ratio - 1) > 1e-9) costs.push_back(cost);
    };
    for_each_leaf(other, [&](const std::string& key, auto& value, const Field& field) {
        const auto was = value;
        for (const auto& [name, then] : others(key, was, field)) {
            value = then;
            add_cost(key, name);
        }
        value = was;
    });
    return costs;
}

}  // namespace lathe
