// What a run will take as a whole, and what each of its settings adds to that. Pure functions, any thread.
#pragma once

#include <vector>

#include "engine/base/config.h"
#include "engine/base/events.h"
#include "engine/train/estimate.h"

namespace lathe {

// The model that the run trains: the base model's, or config.model with the tokenizer's vocabulary where it has none of
// its own. Reads the files that config names.
ModelConfig planned_model(const RunConfig& config);
// exact_weight_bytes() of the base model, 4 without one.
int64_t base_weight_bytes(const RunConfig& config);
// Tokens of one update.
int64_t tokens_per_step(const RunConfig& config);
// For every field of the config: what another legal value changes, where it changes anything. Twice a number, by its
// work; each other position of a switch or a choice, by the times of step_time.h on so many threads.
std::vector<FieldCost> field_costs(const RunConfig& config, const ModelConfig& model, int threads);

}  // namespace lathe
