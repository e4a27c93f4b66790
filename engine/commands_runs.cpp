// Commands that read the record of runs. They take no lock: another Lathe may be writing.
#include <algorithm>
#include <filesystem>
#include <optional>

#include "engine/base/error.h"
#include "engine/base/json.h"
#include "engine/commands.h"
#include "engine/store/store.h"
#include "engine/train/checkpoint.h"
#include "engine/train/training_run.h"
#include "engine/train/workspace.h"

namespace lathe {

namespace {

std::optional<Error> error_of(const RunRecord& run) {
    return run.error.empty() ? std::nullopt : std::optional(error_of_json(run.error));
}

int64_t max_steps_of(const std::string& config_json) {
    const Json config = parse_json(config_json, "config");
    const Json steps = config.value("/train/max_steps"_json_pointer, Json(0));
    return steps.is_number_integer() ? steps.get<int64_t>() : 0;
}

// A run from the database, or from its folder where the database does not know it.
struct FoundRun {
    FolderRun run;
    bool stored = false;
};

// Those on disk; a row that has lost its folder is passed over, a folder that has no row is measured.
std::vector<RunCheckpoint> checkpoints_on_disk(const std::string& run_folder, const std::vector<CheckpointRow>& rows) {
    std::vector<RunCheckpoint> checkpoints;
    for (const CheckpointPlace& place : list_checkpoints(run_folder)) {
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

RunSummary summary_of(const RunRecord& run, const std::vector<CheckpointRow>& checkpoints,
                      const std::string& workspace) {
    return {.run = run.id,
            .name = run.name,
            .state = run_state_name(run.state),
            .created_at_ms = run.created_at_ms,
            .step = run.steps,
            .max_steps = run.max_steps > 0 ? run.max_steps : max_steps_of(run.config_json),
            .loss = run.loss,
            .eval_loss = run.eval_loss,
            .error = error_of(run),
            .checkpoints = checkpoints_on_disk(workspace + "/runs/" + run.id, checkpoints)};
}

std::optional<RunRecord> stored_run(Store& store, const std::string& run) {
    if (run != "latest") return store.find_run(run);
    const std::vector<RunRecord> runs = store.list_runs();
    return runs.empty() ? std::nullopt : std::optional(runs.front());
}

FoundRun find_run_record(const std::shared_ptr<Store>& store, const std::string& workspace, const std::string& run) {
    if (run != "latest") check_run_id(run);
    if (const auto record = store ? stored_run(*store, run) : std::nullopt)
        return {.run = {.record = *record,
                        .metrics = store->read_metrics(record->id),
                        .checkpoints = store->read_checkpoints(record->id)},
                .stored = true};
    auto lost = read_run_folder(find_run(workspace, run, false));
    if (!lost) fail({.kind = ErrorKind::not_found, .file = workspace + "/lathe.db", .key = "run " + run});
    return {.run = std::move(*lost)};
}

RunSummary summary_of(const FoundRun& found, const std::string& workspace) {
    return summary_of(found.run.record, found.run.checkpoints, workspace);
}

Sampled sample_of(const SampleRow& row, const std::string& run) {
    Sampled sample{.run = run, .step = row.step, .prompt = row.prompt, .text = row.text, .tokens = {}};
    for (size_t i = 0; i < std::min(row.token_texts.size(), row.probabilities.size()); ++i)
        sample.tokens.push_back({.text = row.token_texts[i], .probability = row.probabilities[i], .likeliest = {}});
    return sample;
}

}  // namespace

std::shared_ptr<Store> CommandContext::reader() const {
    return std::filesystem::exists(workspace + "/lathe.db") ? store(Store::Mode::read_only) : nullptr;
}

EventBody run_command(const ListRuns&, const CommandContext& context) {
    RunsListed listed;
    const std::shared_ptr<Store> store = context.reader();
    if (!store) return listed;
    for (const RunRecord& run : store->list_runs())
        listed.runs.push_back(summary_of(run, store->read_checkpoints(run.id), context.workspace));
    return listed;
}

EventBody run_command(const ShowRun& command, const CommandContext& context) {
    const std::shared_ptr<Store> store = context.reader();
    const FoundRun found = find_run_record(store, context.workspace, command.run);
    const RunRecord& run = found.run.record;
    RunDetail detail{.summary = summary_of(found, context.workspace),
                     .config_json = run.config_json,
                     .provenance_json = provenance_json(run.provenance),
                     .error = error_of(run),
                     .metrics = {},
                     .events = {},
                     .samples = {}};
    for (const MetricRow& row : found.run.metrics) {
        detail.metrics.push_back({.step = row.step,
                                  .loss = row.loss,
                                  .learning_rate = row.learning_rate,
                                  .grad_norm = row.grad_norm,
                                  .tokens_per_s = row.tokens_per_s,
                                  .eval_loss = row.eval_loss,
                                  .bytes = row.bytes,
                                  .tokens = row.tokens,
                                  .elapsed_s = row.elapsed_s});
    }
    if (!found.stored) return detail;
    for (const EventRow& row : store->read_events(run.id))
        detail.events.push_back(
            {.step = row.step, .time_ms = row.time_ms, .kind = row.kind, .text = row.text, .id = row.id});
    for (const SampleRow& row : store->read_samples(run.id)) detail.samples.push_back(sample_of(row, run.id));
    return detail;
}

EventBody run_command(const CompareRuns& command, const CommandContext& context) {
    const std::shared_ptr<Store> store = context.reader();
    const FoundRun one = find_run_record(store, context.workspace, command.first);
    const FoundRun other = find_run_record(store, context.workspace, command.second);
    const RunRecord &first = one.run.record, &second = other.run.record;
    RunsCompared compared{
        .first = summary_of(one, context.workspace), .second = summary_of(other, context.workspace), .differing = {}};
    const Json a = parse_json(first.config_json, "config"), b = parse_json(second.config_json, "config");
    const auto value = [](const Json& config, std::string key) {
        for (char& c : key)
            if (c == '.') c = '/';
        return dump_json(config.value(Json::json_pointer("/" + key), Json(nullptr)));
    };
    for (const std::string& key :
         differing_keys(parse_run_config(first.config_json, "config"), parse_run_config(second.config_json, "config")))
        compared.differing.push_back({.key = key, .first = value(a, key), .second = value(b, key)});
    return compared;
}

}  // namespace lathe
