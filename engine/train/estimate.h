// What a training run will take, from its config alone. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "engine/base/config.h"

namespace lathe {

struct RunEstimate {
    int64_t parameters = 0;
    // By kind, at the peak of a step; within 10 % of what is measured. `activations` has what the allocator keeps for
    // reuse, `program` what tokenizer, data and libraries take outside of the tensors.
    std::map<std::string, int64_t> bytes;
    int64_t checkpoint_bytes = 0;  // of one checkpoint
    double flops_per_token = 0;    // forward and backward: 6 a matrix parameter and causal attention
};

// config.model.vocab_size 0 takes tokenizer.vocab_size.
RunEstimate estimate_run(const ModelConfig& model, const DataConfig& data, const TrainConfig& train);

}  // namespace lathe
