// The switches that a model is built with, and what turning one over changes in its settings: use_flash_attention,
// use_gqa, use_lora, use_qlora, rope_scaling. Pure functions, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/config.h"

namespace lathe {

const std::vector<std::string_view>& switch_names();
// `model`: the shape that the run trains, its base model's where it has one.
bool switch_is_on(const RunConfig& config, const ModelConfig& model, std::string_view name);

struct SwitchedOver {
    RunConfig config;                    // in the other position
    std::optional<std::string> refused;  // why there is none; a stable word: base_model (its shape is what it is),
                                         // fresh_model (an adapter needs a base model), one_head
};
SwitchedOver switched_over(RunConfig config, const ModelConfig& model, std::string_view name);

// Key/value heads for H query heads where several share one: the largest divisor of H that leaves each four or more,
// where there is one.
int64_t grouped_heads(int64_t H);

}  // namespace lathe
