// What turning each switch of a run over would change: bytes at the peak, the time of a step, keys and values of a
// chat. Any thread.
#pragma once

#include <vector>

#include "engine/base/events.h"

namespace lathe {

// `model`: planned_model() of config. Times are those of step_time.h on so many threads.
std::vector<SwitchCost> switch_costs(const RunConfig& config, const ModelConfig& model, int threads);

}  // namespace lathe
