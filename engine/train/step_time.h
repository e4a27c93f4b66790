// How long a training step takes on this machine: the kernels that it spends its time in, timed at the model's own
// shapes, each once in a process for a few milliseconds. Processor time is measured, so that other programs do not
// disturb it; a step on `threads` threads takes their share of it. Any thread; costs up to 0.3 s for a new shape.
#pragma once

#include "engine/base/config.h"
#include "engine/train/estimate.h"

namespace lathe {

// Seconds of one token's share of a step. `estimate` is that of `model` and `config`; tokens of the step:
// tokens_per_step().
double seconds_per_token(const ModelConfig& model, const RunConfig& config, const RunEstimate& estimate, int threads);

}  // namespace lathe
