// Rows that the tests of the store write.
#pragma once

#include "engine/store/store.h"

namespace lathe {

inline RunRecord run_record(const std::string& id) {
    return {.id = id,
            .name = "nano",
            .state = RunState::running,
            .created_at_ms = 1795000000000,
            .config_json = R"({"version":1})",
            .provenance = {.data_sha256 = "d",
                           .tokenizer_sha256 = "t",
                           .base_sha256 = "",
                           .lathe_version = "0.1.0",
                           .cpu_name = "a CPU",
                           .simd_target = "AVX2",
                           .threads = 2,
                           .seed = 42,
                           .rows_per_epoch = 36},
            .error = "",
            .steps = 0};
}

inline MetricRow metric_row(int64_t step) {
    return {.step = step,
            .loss = 1.0 / static_cast<double>(step + 1),
            .eval_loss = {},
            .learning_rate = 3e-4,
            .grad_norm = 0.1 * static_cast<double>(step),
            .tokens_per_s = 12345.678,
            .tokens = step * 2048,
            .elapsed_s = 0.25 * static_cast<double>(step),
            .bytes = {{"weights", 1000 + step}, {"activations", 77}}};
}

}  // namespace lathe
