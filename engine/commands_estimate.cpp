// What a run would take on this machine: EstimateRun, ReadModelConfig.
#include <algorithm>
#include <filesystem>
#include <vector>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/base/machine_memory.h"
#include "engine/commands.h"
#include "engine/store/store.h"
#include "engine/train/checkpoint.h"
#include "engine/train/model_parts.h"
#include "engine/train/run_costs.h"
#include "engine/train/step_time.h"
#include "engine/train/switch_costs.h"

namespace lathe {

namespace {

constexpr int64_t kFirstSteps = 2;  // slower than the others
constexpr int64_t kSteps = 200;     // the last ones tell
constexpr double kAlike = 4;        // work for a token, more or less

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

// Seconds that a recorded run took, for each that its kernels tell; nothing where its work is not alike, it is too
// short or its files are gone. The cheapest question comes first: a form asks at every change.
std::optional<double> slowdown_of(Store& store, const RunRecord& run, double work_per_token, int threads) {
    if (run.steps <= kFirstSteps) return std::nullopt;
    try {
        const RunConfig config = parse_run_config(run.config_json, "");
        const ModelConfig model = planned_model(config);
        const RunEstimate estimate = estimate_run(model, config);
        const double ratio = estimate.work_per_token / work_per_token;
        if (ratio >= kAlike || ratio <= 1 / kAlike) return std::nullopt;
        std::vector<double> speeds;
        for (const MetricRow& row : store.read_metrics(run.id, std::max(kFirstSteps + 1, run.steps - kSteps)))
            if (row.tokens_per_s > 0) speeds.push_back(row.tokens_per_s);  // else it was skipped
        if (speeds.empty()) return std::nullopt;
        return 1 / (median(std::move(speeds)) * seconds_per_token(model, config, estimate, threads));
    } catch (const Exception&) {
        return std::nullopt;
    }
}

// By the kernels' times at this shape, put right by the newest run of a like one on this machine: what such a run had
// besides its kernels, this one will have.
double tokens_per_s(const CommandContext& context, double work_per_token, double seconds) {
    const std::string cpu = cpu_name();
    if (const std::shared_ptr<Store> store = context.reader()) {
        for (const RunRecord& run : store->list_runs()) {
            if (run.provenance.cpu_name != cpu || run.provenance.threads != context.threads) continue;
            if (const auto slowdown = slowdown_of(*store, run, work_per_token, context.threads))
                return 1 / (seconds * *slowdown);
        }
    }
    return 1 / seconds;
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
    const CostBase base(config, context.threads);
    const ModelConfig& model = base.model;
    const RunEstimate& estimate = base.estimate;
    EstimateDone done{
        .parameters = estimate.parameters,
        .trainable = estimate.trainable,
        .bytes = estimate.bytes,
        .recomputed_blocks = estimate.recomputed_blocks,
        .checkpoint_bytes = estimate.checkpoint_bytes,
        .flops_per_token = estimate.flops_per_token,
        .tokens_per_step = tokens_per_step(config),
        .tokens_per_s = tokens_per_s(context, estimate.work_per_token, base.token_s),
        .memory_bytes = memory_for(config.train),
        .free_disk_bytes = free_bytes(existing_folder(context.workspace)),
        .kept_checkpoint_bytes = kKeptCheckpoints * estimate.checkpoint_bytes,
    };
    if (!command.costs) return done;
    done.costs = field_costs(base);
    done.switches = switch_costs(base);
    done.parts = model_parts(model, config.lora);
    done.kv_bytes_per_token = kv_bytes_per_token(model);
    ModelConfig without_gqa = model;
    without_gqa.num_key_value_heads = model.num_attention_heads;
    done.kv_bytes_per_token_without_gqa = kv_bytes_per_token(without_gqa);
    done.chat_bytes = base.chat;
    return done;
}

EventBody run_command(const ReadModelConfig& command, const CommandContext&) {
    const std::filesystem::path path = command.path;
    const bool is_config = path.filename() == "config.json" && !std::filesystem::is_directory(path);
    return ModelConfigRead{read_model_config(is_config ? path.parent_path().string() : command.path).model};
}

}  // namespace lathe
