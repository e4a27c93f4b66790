// What a training run will take, from its config alone. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "engine/base/config.h"

namespace lathe {

struct RunEstimate {
    int64_t parameters = 0;
    int64_t trainable = 0;  // of these, or of the adapter
    // By kind, at the peak of a step; within 10 % of what is measured. `activations` has what the allocator keeps for
    // reuse, `program` what tokenizer, data and libraries take outside of the tensors.
    std::map<std::string, int64_t> bytes;
    int64_t checkpoint_bytes = 0;    // of one checkpoint
    int64_t micro_batch_tokens = 0;  // as it is set, or 1,024; 512 over a base model
    int64_t tokens_in_flight = 0;    // of these and the batch: whole rows
    int64_t recomputed_blocks = 0;   // all with gradient_checkpointing; else as few as memory_limit_bytes asks for
    // Forward and backward: 6 a trained matrix parameter, 4 a frozen one, and causal attention. What is recomputed is
    // not counted, but in the work.
    double flops_per_token = 0;
    double work_per_token = 0;
};

// The process without tensors: as it was when the allocator was installed, or as it is where there is none yet, and
// what tokenizer, data and record add.
int64_t program_bytes();
// Parameters of an adapter for a model of this shape.
int64_t lora_parameters(const ModelConfig& model, const LoraConfig& lora);
// `exact_bytes`: exact_weight_bytes() of the base.
RunEstimate estimate_run(const ModelConfig& model, const RunConfig& config, int64_t exact_bytes = 4);

}  // namespace lathe
