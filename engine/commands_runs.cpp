// Commands that read the record of runs. They take no lock: another Lathe may be writing.
#include <filesystem>

#include "engine/base/error.h"
#include "engine/base/json.h"
#include "engine/commands.h"
#include "engine/store/store.h"
#include "engine/train/checkpoint.h"
#include "engine/train/workspace.h"

namespace lathe {

namespace {

int64_t max_steps_of(const std::string& config_json) {
    const Json config = parse_json(config_json, "config");
    const Json steps = config.value("/train/max_steps"_json_pointer, Json(0));
    return steps.is_number_integer() ? steps.get<int64_t>() : 0;
}

RunSummary summary_of(const RunRecord& run, const std::vector<MetricRow>& metrics) {
    RunSummary summary{.run = run.id,
                       .name = run.name,
                       .state = run_state_name(run.state),
                       .created_at_ms = run.created_at_ms,
                       .step = run.steps,
                       .max_steps = max_steps_of(run.config_json)};
    if (!metrics.empty()) summary.loss = metrics.back().loss;
    for (const MetricRow& row : metrics)
        if (row.eval_loss) summary.eval_loss = row.eval_loss;
    return summary;
}

RunRecord find_record(Store& store, const std::string& workspace, const std::string& run) {
    const std::string id = std::filesystem::path(find_run(workspace, run, false)).filename().string();
    const auto record = store.find_run(id);
    if (!record) fail({.kind = ErrorKind::not_found, .file = workspace + "/lathe.db", .key = "run " + id});
    return *record;
}

}  // namespace

EventBody run_command(const ListRuns&, const CommandContext& context) {
    RunsListed listed;
    if (!std::filesystem::exists(context.workspace + "/lathe.db")) return listed;
    Store store(context.workspace + "/lathe.db", Store::Mode::read_only);
    for (const RunRecord& run : store.list_runs()) listed.runs.push_back(summary_of(run, store.read_metrics(run.id)));
    return listed;
}

EventBody run_command(const ShowRun& command, const CommandContext& context) {
    const std::string folder = find_run(context.workspace, command.run, false);
    Store store(context.workspace + "/lathe.db", Store::Mode::read_only);
    const RunRecord run = find_record(store, context.workspace, command.run);
    const std::string& id = run.id;
    const std::vector<MetricRow> metrics = store.read_metrics(id);
    RunDetail detail{.summary = summary_of(run, metrics),
                     .config_json = run.config_json,
                     .provenance_json = provenance_json(run.provenance),
                     .error = run.error,
                     .metrics = {},
                     .events = {},
                     .samples = {}};
    for (const MetricRow& row : metrics) {
        detail.metrics.push_back({.step = row.step,
                                  .loss = row.loss,
                                  .learning_rate = row.learning_rate,
                                  .grad_norm = row.grad_norm,
                                  .tokens_per_s = row.tokens_per_s,
                                  .eval_loss = row.eval_loss,
                                  .bytes = row.bytes});
    }
    for (const EventRow& row : store.read_events(id))
        detail.events.push_back({.step = row.step, .time_ms = row.time_ms, .kind = row.kind, .text = row.text});
    for (const SampleRow& row : store.read_samples(id))
        detail.samples.push_back({.run = id, .step = row.step, .prompt = row.prompt, .text = row.text, .tokens = {}});
    for (const CheckpointPlace& place : list_checkpoints(folder))
        detail.summary.checkpoints.push_back({.step = place.step, .path = place.path});
    return detail;
}

EventBody run_command(const CompareRuns& command, const CommandContext& context) {
    Store store(context.workspace + "/lathe.db", Store::Mode::read_only);
    const RunRecord first = find_record(store, context.workspace, command.first);
    const RunRecord second = find_record(store, context.workspace, command.second);
    RunsCompared compared{.first = summary_of(first, store.read_metrics(first.id)),
                          .second = summary_of(second, store.read_metrics(second.id)),
                          .differing = {}};
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
