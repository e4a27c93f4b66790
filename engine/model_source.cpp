#include "engine/model_source.h"

#include <filesystem>

#include "engine/base/error.h"
#include "engine/formats/gguf.h"
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
        return {.folder = source.folder};
    }
    const std::string run = find_run(workspace, source.run, /*with_checkpoint=*/true);
    for (const CheckpointPlace& place : list_checkpoints(run))
        if (source.checkpoint == "last" || source.checkpoint == std::to_string(place.step))
            return {.folder = place.path, .step = place.step};
    if (const auto best = source.checkpoint == "best" ? best_checkpoint(run) : std::nullopt)
        return {.folder = best->path, .step = best->step};
    fail({.kind = ErrorKind::not_found, .file = run, .key = "checkpoint " + source.checkpoint});
}

}  // namespace lathe
