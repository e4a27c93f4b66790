// What turning each switch of a run over would change: bytes at the peak, the time of a step, keys and values of a
// chat. Any thread.
#pragma once

#include <vector>

#include "engine/base/events.h"
#include "engine/train/run_costs.h"

namespace lathe {

std::vector<SwitchCost> switch_costs(const CostBase& base);

}  // namespace lathe
