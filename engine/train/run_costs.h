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
// Of a weight of the base model as its file has it: 2 where that is BF16, else 4.
int64_t exact_weight_bytes(const RunConfig& config);
// Tokens of one update.
int64_t tokens_per_step(const RunConfig& config);
// For every number of the config that may be doubled: what that changes, where it changes anything.
std::vector<FieldCost> doubling_costs(const RunConfig& config, const ModelConfig& model);

}  // namespace lathe
