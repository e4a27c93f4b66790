// Export, and what it would write. Tensors go from file to file: no model is loaded, so a run may train meanwhile.
#include <filesystem>

#include "engine/base/error.h"
#include "engine/base/export_text.h"
#include "engine/base/files.h"
#include "engine/commands.h"
#include "engine/export_files.h"
#include "engine/model_source.h"
#include "engine/train/workspace.h"

namespace lathe {

namespace {

namespace fs = std::filesystem;

bool in_use(const std::string& folder) {
    std::error_code ignored;
    return fs::exists(folder, ignored) && !(fs::is_directory(folder, ignored) && fs::is_empty(folder, ignored));
}

ModelFiles source_of(const ExportModel& command, const CommandContext& context, bool hashes) {
    if (command.run.empty()) return with_base({command.model, command.adapter}, context.workspace);
    const std::string checkpoint =
        find_checkpoint(find_run(context.workspace, command.run, true), command.checkpoint, hashes);
    return with_base({checkpoint, command.adapter}, context.workspace);
}

}  // namespace

EventBody run_command(const PlanExport& command, const CommandContext& context) {
    const ExportModel& what = command.what;
    const ExportFiles plan(what, source_of(what, context, /*hashes=*/false), context.threads, {});
    ExportPlanned planned{.folder = what.out,
                          .files = {},
                          .free_bytes = free_bytes(existing_folder(what.out.empty() ? context.workspace : what.out)),
                          .folder_in_use = in_use(what.out),
                          .warnings = plan.warnings()};
    for (const PlannedFile& file : plan.files()) planned.files.emplace_back(file.name, file.bytes);
    return planned;
}

EventBody run_command(const ExportModel& command, const CommandContext& context) {
    if (command.out.empty() || in_use(command.out))
        fail({.kind = ErrorKind::usage, .file = command.out, .key = "--out", .expected = "a new or empty folder"});
    const ExportFiles plan(command, source_of(command, context, /*hashes=*/true), context.threads,
                           [&] { context.check(); });
    const int64_t total = total_bytes(plan.files());
    const std::string parent = fs::absolute(command.out).parent_path().string();
    make_folders(parent);
    require_free_bytes(parent, total);
    DurableFolder folder(command.out, /*replace=*/true);
    const auto hashes = write_files(plan.files(), folder.path(), [&](int64_t written) {
        return context.progress({.what = "write",
                                 .unit = "bytes",
                                 .done = static_cast<double>(written),
                                 .total = static_cast<double>(total)});
    });
    ExportDone done{plan.report(hashes)};
    write_file_durably(folder.path() + "/" + kExportReportFile, export_report_json(done.report));
    folder.commit(/*write_manifest=*/false);
    return done;
}

}  // namespace lathe
