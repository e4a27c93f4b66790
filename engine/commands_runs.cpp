// Commands that read the record of runs. They take no lock: another Lathe may be writing.
#include <algorithm>
#include <filesystem>

#include "engine/base/json.h"
#include "engine/commands.h"
#include "engine/found_run.h"
#include "engine/store/store.h"
#include "engine/train/checkpoint.h"

namespace lathe {

namespace {

RunSummary summary_of(const FoundRun& found, const std::shared_ptr<Store>& store, const std::string& workspace) {
    const RunRecord& run = found.run.record;
    if (found.stored)
        return run_summary(run, found.run.checkpoints, store->read_curve(run.id, kSparklinePoints), workspace);
    return run_summary(run, found.run.checkpoints, {}, workspace);
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

EventBody run_command(const ListRuns& command, const CommandContext& context) {
    RunsListed listed;
    const std::shared_ptr<Store> store = context.reader();
    if (!store) return listed;
    for (const RunRecord& run : store->list_runs(command.trashed))
        listed.runs.push_back(run_summary(*store, run, context.workspace));
    if (const auto recovery = context.recovery ? context.recovery() : std::nullopt)
        listed.damaged_database = recovery->damaged;
    return listed;
}

EventBody run_command(const ShowRun& command, const CommandContext& context) {
    const std::shared_ptr<Store> store = context.reader();
    const int64_t first = command.from_step > 0 ? command.from_step + 1 : 0;
    const FoundRun found = find_run_record(store, context.workspace, command.run, first);
    const RunRecord& run = found.run.record;
    RunDetail detail{.summary = summary_of(found, store, context.workspace),
                     .config_json = run.config_json,
                     .provenance_json = provenance_json(run.provenance),
                     .error = error_of(run),
                     .metrics = {},
                     .events = {},
                     .samples = {},
                     .from_step = command.from_step};
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
    for (const EventRow& row : store->read_events(run.id, command.after_event))
        detail.events.push_back(
            {.step = row.step, .time_ms = row.time_ms, .kind = row.kind, .text = row.text, .id = row.id});
    for (const SampleRow& row : store->read_samples(run.id, first)) detail.samples.push_back(sample_of(row, run.id));
    return detail;
}

EventBody run_command(const CompareRuns& command, const CommandContext& context) {
    const std::shared_ptr<Store> store = context.reader();
    const FoundRun one = find_run_record(store, context.workspace, command.first);
    const FoundRun other = find_run_record(store, context.workspace, command.second);
    const RunRecord &first = one.run.record, &second = other.run.record;
    RunsCompared compared{.first = summary_of(one, store, context.workspace),
                          .second = summary_of(other, store, context.workspace),
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
