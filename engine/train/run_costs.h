// What a run will take as a whole, and what each of its settings adds to that. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
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

// A run as it is configured: what other settings of it are held against.
struct CostBase {
    // `config` is valid; seconds are those of step_time.h on so many threads. Reads the files that config names.
    CostBase(const RunConfig& config, int threads);

    // What `other`, a valid config of the same base model and tokenizer file, takes more.
    struct Difference {
        int64_t bytes = 0;               // at the peak
        int64_t chat_bytes = 0;          // of a chat with a full context
        int64_t kv_bytes_per_token = 0;  // of it
        double time_ratio = 1;           // of a token
    };
    // by_work: for a new shape, whose kernels would have to be timed first, while somebody types.
    enum class Time { by_kernels, by_work };
    Difference difference(const RunConfig& other, Time time) const;

    RunConfig config;
    int threads;
    ModelConfig model;  // planned_model()
    int64_t exact_bytes;
    RunEstimate estimate;
    double token_s;
    std::map<std::string, int64_t> chat;  // chat_bytes()
};

// For every field of the config: what another legal value changes, where it changes anything. Twice a number, by its
// work; each other position of a switch or a choice, by its kernels.
std::vector<FieldCost> field_costs(const CostBase& base);

}  // namespace lathe
