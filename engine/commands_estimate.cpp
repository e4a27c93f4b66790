// What a run would take on this machine.
#include <algorithm>
#include <vector>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/base/machine_memory.h"
#include "engine/commands.h"
#include "engine/store/store.h"
#include "engine/train/checkpoint.h"
#include "engine/train/run_costs.h"
#include "kernels/matmul.h"

namespace lathe {

namespace {

constexpr size_t kFirstSteps = 2;            // slower than the others
constexpr double kTrainingEfficiency = 0.6;  // of the multiply-add peak

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

// FLOP/s of a recorded run; nothing where it is too short or its files are gone.
std::optional<double> speed_of(Store& store, const RunRecord& run) {
    std::vector<double> speeds;
    for (const MetricRow& row : store.read_metrics(run.id)) speeds.push_back(row.tokens_per_s);
    if (speeds.size() <= kFirstSteps) return std::nullopt;
    try {
        const RunConfig config = parse_run_config(run.config_json, "");
        const RunEstimate estimate = estimate_run(planned_model(config), config);
        return estimate.work_per_token * median({speeds.begin() + kFirstSteps, speeds.end()});
    } catch (const Exception&) {
        return std::nullopt;
    }
}

// As the newest run on this machine had it, else by what the processor can do.
double flops_per_s(const CommandContext& context) {
    const std::string cpu = cpu_name();
    if (const std::shared_ptr<Store> store = context.reader()) {
        for (const RunRecord& run : store->list_runs()) {
            if (run.provenance.cpu_name != cpu || run.provenance.threads != context.threads) continue;
            if (const auto speed = speed_of(*store, run)) return *speed;
        }
    }
    static const double kPeakGflops = cpu::fma_peak_gflops();
    return kPeakGflops * 1e9 * context.threads * kTrainingEfficiency;
}

int64_t memory_for(const TrainConfig& train) {
    const int64_t available = available_memory();
    return train.memory_limit_bytes > 0 ? std::min(available, train.memory_limit_bytes) : available;
}

}  // namespace

EventBody run_command(const EstimateRun& command, const CommandContext& context) {
    RunConfig config = command.config;
    if (config.data.files.empty()) config.data.files = {"any"};  // what a run takes does not depend on them
    validate(config, "");
    const ModelConfig model = planned_model(config);
    const RunEstimate estimate = estimate_run(model, config, base_weight_bytes(config));
    return EstimateDone{
        .parameters = estimate.parameters,
        .trainable = estimate.trainable,
        .bytes = estimate.bytes,
        .recomputed_blocks = estimate.recomputed_blocks,
        .checkpoint_bytes = estimate.checkpoint_bytes,
        .flops_per_token = estimate.flops_per_token,
        .tokens_per_step = tokens_per_step(config),
        .tokens_per_s = flops_per_s(context) / estimate.work_per_token,
        .memory_bytes = memory_for(config.train),
        .free_disk_bytes = free_bytes(existing_folder(context.workspace)),
        .kept_checkpoint_bytes = kKeptCheckpoints * estimate.checkpoint_bytes,
        .costs = command.costs ? doubling_costs(config, model) : std::vector<FieldCost>(),
    };
}

}  // namespace lathe
