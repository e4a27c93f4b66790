// Every step of a run as comma-separated values (RFC 4180 without quotes: no field needs them): step, loss, eval_loss,
// learning_rate, grad_norm, tokens_per_s, tokens (trained on since the run began), elapsed_s (of training) and bytes of
// each kind. What is not known is empty. Any thread.
#pragma once

#include <string>
#include <vector>

#include "engine/base/events.h"

namespace lathe {

std::string run_table(const std::vector<MetricPoint>& metrics);

}  // namespace lathe
