#include "engine/train/switch_costs.h"

#include <string>

#include "engine/base/error.h"
#include "engine/base/machine_memory.h"
#include "engine/base/switches.h"
#include "engine/train/model_parts.h"
#include "engine/train/run_costs.h"
#include "engine/train/step_time.h"

namespace lathe {

namespace {

// The shape that config has, where its vocabulary may be the tokenizer's.
ModelConfig shape_of(const RunConfig& config, const ModelConfig& planned) {
    ModelConfig shape = config.model.value_or(planned);
    if (shape.vocab_size == 0) shape.vocab_size = planned.vocab_size;
    return shape;
}

}  // namespace

std::vector<SwitchCost> switch_costs(const RunConfig& config, const ModelConfig& model, int threads) {
    const int64_t exact_bytes = base_weight_bytes(config);
    const RunEstimate now = estimate_run(model, config, exact_bytes);
    const double now_s = seconds_per_token(model, config, now, threads);
    const int64_t now_chat = total_bytes(chat_bytes(model));
    std::vector<SwitchCost> costs;
    for (const std::string_view name : switch_names()) {
        SwitchCost cost{.name = std::string(name), .on = switch_is_on(config, model, name)};
        const SwitchedOver other = switched_over(config, model, name);
        cost.refused = other.refused;
        if (!other.refused) {
            const ModelConfig shape = shape_of(other.config, model);
            const RunEstimate then = estimate_run(shape, other.config, exact_bytes);
            cost.bytes = total_bytes(then.bytes) - total_bytes(now.bytes);
            cost.time_ratio = seconds_per_token(shape, other.config, then, threads) / now_s;
            cost.kv_bytes_per_token = kv_bytes_per_token(shape) - kv_bytes_per_token(model);
            cost.chat_bytes = total_bytes(chat_bytes(shape)) - now_chat;
        }
        costs.push_back(std::move(cost));
    }
    return costs;
}

}  // namespace lathe
