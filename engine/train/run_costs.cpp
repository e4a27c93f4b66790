#include "engine/train/run_costs.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/base/config_fields.h"
#include "engine/base/error.h"
#include "engine/base/machine_memory.h"
#include "engine/data/tokenizer.h"
#include "engine/formats/hf_folder.h"
#include "engine/model/model_io.h"

namespace lathe {

namespace {

// A whole run in numbers that can be compared with another's.
struct RunTotal {
    int64_t bytes;  // at the peak
    double flops;   // of all steps; of a run by epochs, for each token of its data
};

RunTotal total_of(const RunConfig& config, const ModelConfig& model) {
    const RunEstimate estimate = estimate_run(model, config, base_weight_bytes(config));
    const double tokens = config.train.max_steps > 0 ? static_cast<double>(config.train.max_steps) *
                                                           static_cast<double>(tokens_per_step(config))
                                                     : config.train.num_train_epochs;
    return {.bytes = total_bytes(estimate.bytes), .flops = tokens * estimate.work_per_token};
}

// The field of that name doubled; false where it cannot be.
bool double_field(RunConfig& config, const std::string& wanted) {
    bool changed = false;
    for_each_leaf(config, [&](const std::string& key, auto& value, const Field& field) {
        using Value = std::remove_cvref_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, int64_t> || std::is_same_v<Value, double>) {
            if (key != wanted || value <= 0 || static_cast<double>(value) * 2 > field.max) return;
            value *= 2;
            changed = true;
        }
    });
    return changed;
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

std::vector<FieldCost> doubling_costs(const RunConfig& config, const ModelConfig& model) {
    const RunTotal now = total_of(config, model);
    std::vector<FieldCost> costs;
    for (const std::string& key : all_keys<RunConfig>()) {
        RunConfig doubled = config;
        if (!double_field(doubled, key) || !is_valid(doubled)) continue;
        ModelConfig its_model = doubled.model ? *doubled.model : model;
        if (its_model.vocab_size == 0)
            its_model.vocab_size = config.tokenizer.path.empty() ? doubled.tokenizer.vocab_size : model.vocab_size;
        const RunTotal then = total_of(doubled, its_model);
        const FieldCost cost{.key = key, .bytes = then.bytes - now.bytes, .time_ratio = then.flops / now.flops};
        if (cost.bytes != 0 || std::abs(cost.time_ratio - 1) > 1e-9) costs.push_back(cost);
    }
    return costs;
}

}  // namespace lathe
