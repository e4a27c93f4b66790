#include "engine/found_run.h"

#include <algorithm>

#include "engine/base/error.h"
#include "engine/base/json.h"
#include "engine/train/checkpoint.h"
#include "engine/train/training_run.h"
#include "engine/train/trash.h"

namespace lathe {

namespace {

int64_t max_steps_of(const std::string& config_json) {
    const Json config = parse_json(config_json, "config");
    const Json steps = config.value("/train/max_steps"_json_pointer, Json(0));
    return steps.is_number_integer() ? steps.get<int64_t>() : 0;
}

bool began_from_a_model(const std::string& config_json) {
    bool began = false;
    static_cast<void>(error_of(
        [&] { began = parse_json(config_json, "config").value("/base_model"_json_pointer, Json()).is_object(); }));
    return began;
}

std::vector<RunCheckpoint> checkpoints_on_disk(const std::string& folder, const std::vector<CheckpointRow>& rows) {
    std::vector<RunCheckpoint> checkpoints;
    for (const CheckpointPlace& place : list_checkpoints(folder)) {
        RunCheckpoint& checkpoint = checkpoints.emplace_back(RunCheckpoint{.step = place.step, .path = place.path});
        for (const CheckpointRow& row : rows) {
            if (row.step != place.step) continue;
            checkpoint.bytes = row.bytes;
            checkpoint.eval_loss = row.eval_loss;
            checkpoint.best = row.best;
        }
        if (checkpoint.bytes == 0) checkpoint.bytes = folder_bytes(place.path);
    }
    std::reverse(checkpoints.begin(), checkpoints.end());
    return checkpoints;
}

}  // namespace

std::optional<Error> error_of(const RunRecord& run) {
    return run.error.empty() ? std::nullopt : std::optional(error_of_json(run.error));
}

FoundRun find_run_record(const std::shared_ptr<Store>& store, const std::string& workspace, const std::string& run,
                         int64_t from_step) {
    if (run != "latest") check_run_id(run);
    std::optional<RunRecord> record;
    if (store) record = run == "latest" ? store->latest_run() : store->find_run(run);
    if (record)
        return {.run = {.record = *record,
                        .metrics = store->read_metrics(record->id, from_step),
                        .checkpoints = store->read_checkpoints(record->id)},
                .stored = true};
    auto lost = read_run_folder(find_run(workspace, run, false));
    if (!lost) fail({.kind = ErrorKind::not_found, .file = workspace + "/lathe.db", .key = "run " + run});
    std::erase_if(lost->metrics, [&](const MetricRow& row) { return row.step < from_step; });
    return {.run = std::move(*lost)};
}

RunSummary run_summary(const RunRecord& run, const std::vector<CheckpointRow>& checkpoints, std::vector<double> curve,
                       const std::string& workspace) {
    RunSummary summary{.run = run.id,
                       .name = run.name,
                       .state = run_state_name(run.state),
                       .created_at_ms = run.created_at_ms,
                       .step = run.steps,
                       .max_steps = run.max_steps > 0 ? run.max_steps : max_steps_of(run.config_json),
                       .loss = run.loss,
                       .eval_loss = run.eval_loss,
                       .error = error_of(run),
                       .checkpoints = checkpoints_on_disk(run_folder(workspace, run.id, run.trashed), checkpoints),
                       .note = run.note,
                       .tags = run.tags,
                       .trashed = run.trashed,
                       .best_eval_loss = run.best_eval_loss,
                       .elapsed_s = run.elapsed_s,
                       .curve = std::move(curve),
                       .workspace_from = run.workspace_from,
                       .tuned = began_from_a_model(run.config_json)};
    for (const RunCheckpoint& checkpoint : summary.checkpoints) summary.bytes += checkpoint.bytes;
    return summary;
}

RunSummary run_summary(Store& store, const RunRecord& run, const std::string& workspace) {
    return run_summary(run, store.read_checkpoints(run.id), store.read_curve(run.id, kSparklinePoints), workspace);
}

}  // namespace lathe
