// The proof of an export: it computes, so it is the engine thread's, between two steps of a run in training.
#include "engine/base/error.h"
#include "engine/base/export_text.h"
#include "engine/base/files.h"
#include "engine/commands.h"
#include "engine/infer/export_proof.h"

namespace lathe {

namespace {

constexpr int64_t kLongestText = 16 << 20;

}  // namespace

EventBody run_command(const ProveExport& command, const CommandContext& context) {
    ProofDone done{command.report};
    ExportReport& report = done.report;
    const bool adapter = report.format == "adapter";
    const ModelFiles reference(report.reference, report.reference_adapter);
    const ModelFiles exported =
        adapter ? ModelFiles(report.reference, report.folder) : ModelFiles(exported_model(report));
    const auto error = error_of([&] {
        report.proof = prove_export(
            reference, exported, command.text.empty() ? kProofText : read_file(command.text, kLongestText),
            [&](double share) { context.progress({.what = "prove", .unit = "share", .done = share, .total = 1}); });
    });
    if (error && error->kind == ErrorKind::cancelled) fail(*error);
    if (error) report.not_proven = error->sentence();
    write_file_durably(report.folder + "/" + kExportReportFile, export_report_json(report));
    return done;
}

}  // namespace lathe
