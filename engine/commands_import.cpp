// Runs from elsewhere, and curves to elsewhere.
#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/commands.h"
#include "engine/formats/event_file.h"
#include "engine/found_run.h"
#include "engine/train/run_import.h"

namespace lathe {

namespace {

ScalarEvent event_of(const MetricRow& row, double began_s) {
    ScalarEvent event{.wall_time_s = began_s + row.elapsed_s,
                      .step = row.step,
                      .values = {{"loss/train", row.loss},
                                 {"learning_rate", row.learning_rate},
                                 {"grad_norm", row.grad_norm},
                                 {"tokens_per_s", row.tokens_per_s}}};
    if (row.eval_loss) event.values.emplace_back("loss/validation", *row.eval_loss);
    for (const auto& [kind, bytes] : row.bytes) event.values.emplace_back("memory/" + kind, static_cast<double>(bytes));
    return event;
}

}  // namespace

EventBody run_command(const ImportRuns& command, const CommandContext& context) {
    const std::shared_ptr<Store> store = context.store(Store::Mode::read_write);
    return import_runs(command.folder, context.workspace, *store,
                       [&](const Progress& progress) { return context.progress(progress); });
}

EventBody run_command(const WriteTensorBoard& command, const CommandContext& context) {
    if (command.out.empty()) fail({.kind = ErrorKind::usage, .key = "out", .expected = "a new folder"});
    const FoundRun found = find_run_record(context.reader(), context.workspace, command.run);
    const RunRecord& run = found.run.record;
    const double began_s = static_cast<double>(run.created_at_ms) / 1000;
    DurableFolder folder(command.out);
    EventFile file(folder.path() + "/" + event_file_name(run.created_at_ms / 1000, run.id), began_s);
    for (const MetricRow& row : found.run.metrics) {
        context.check();
        file.add(event_of(row, began_s));
    }
    file.finish();
    folder.commit(/*write_manifest=*/false);
    return FileWritten{.path = command.out};
}

}  // namespace lathe
