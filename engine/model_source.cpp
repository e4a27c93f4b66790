#include "engine/model_source.h"

#include <filesystem>

#include "engine/base/error.h"
#include "engine/formats/adapter_base.h"
#include "engine/formats/gguf.h"
#include "engine/formats/peft_adapter.h"
#include "engine/library/scan.h"
#include "engine/train/checkpoint.h"
#include "engine/train/workspace.h"

namespace lathe {

FoundWeights find_weights(const ModelSource& source, const std::string& workspace) {
    if (source.folder.empty() == source.run.empty())
        fail({.kind = ErrorKind::usage, .key = "model", .expected = "a folder or a run"});
    if (source.run.empty()) {
        std::error_code ignored;
        if (!std::filesystem::is_directory(source.folder, ignored) && !is_gguf(source.folder))
            fail({.kind = ErrorKind::not_found, .file = source.folder, .key = "model"});
        return {.files = with_base(source.folder, workspace)};
    }
    const std::string run = find_run(workspace, source.run, /*with_checkpoint=*/true);
    for (const CheckpointPlace& place : list_checkpoints(run))
        if (source.checkpoint == "last" || source.checkpoint == std::to_string(place.step))
            return {.files = with_base(place.path, workspace), .step = place.step};
    if (const auto best = source.checkpoint == "best" ? best_checkpoint(run) : std::nullopt)
        return {.files = with_base(best->path, workspace), .step = best->step};
    fail({.kind = ErrorKind::not_found, .file = run, .key = "checkpoint " + source.checkpoint});
}

ModelFiles with_base(const ModelFiles& files, const std::string& workspace) {
    if (!files.adapter.empty() || !is_adapter(files.path)) return files;
    std::string base;
    const auto not_beside = error_of([&] { base = base_of_adapter(files.path); });
    if (not_beside) {
        const ScanPlaces all = known_places(workspace), places{.workspace = workspace, .huggingface = all.huggingface};
        base =
            find_base(scan_models(places, {}, ScanDepth::names), read_peft_config(files.path).base_model_name_or_path);
    }
    if (base.empty()) fail(*not_beside);
    return {base, files.path, files.strict};
}

}  // namespace lathe
