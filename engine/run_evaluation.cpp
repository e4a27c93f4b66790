#include "engine/run_evaluation.h"

#include "engine/base/error.h"
#include "engine/train/workspace.h"

namespace lathe {

EvaluatedRun find_evaluated_run(const std::string& run, const std::string& checkpoint, const CommandContext& context) {
    const std::string folder =
        find_checkpoint(find_run(context.workspace, run, true), checkpoint.empty() ? "last" : checkpoint);
    RunSnapshot snapshot = read_run_snapshot(folder);
    RunConfig config = parse_run_config(snapshot.config_json, folder + "/lathe/run.json");
    return {.folder = folder, .snapshot = std::move(snapshot), .config = std::move(config)};
}

RunMaterials load_evaluated_run(const EvaluatedRun& run, const CommandContext& context) {
    RunMaterials materials = set_up_run(run.config, context.workspace, run.folder, context.threads,
                                        [&](const Progress& p) { return context.progress(p); });
    if (materials.dataset->validation_rows() == 0)
        fail({.kind = ErrorKind::empty,
              .file = run.folder,
              .key = "data.validation_fraction",
              .expected = "a run with a validation split"});
    return materials;
}

EvalResult evaluate_validation(Model& model, const Dataset& dataset, const CommandContext& context,
                               const std::function<void(double share)>& progress) {
    constexpr int64_t kRows = 16;
    EvalResult sum;
    const int64_t rows = dataset.validation_rows();
    for (int64_t row = 0; row < rows; row += kRows) {
        const EvalResult part =
            evaluate(model, dataset.validation(row, kRows), kDefaultMicroBatchTokens, [&] { context.check(); });
        sum.loss_sum += part.loss_sum;
        sum.targets += part.targets;
        sum.bytes += part.bytes;
        progress(static_cast<double>(std::min(row + kRows, rows)) / static_cast<double>(rows));
    }
    return sum;
}

}  // namespace lathe
