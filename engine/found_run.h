// A run as the record has it, or its folder where the record does not know it. Any thread.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/base/events.h"
#include "engine/store/store.h"
#include "engine/train/workspace.h"

namespace lathe {

struct FoundRun {
    FolderRun run;
    bool stored = false;
};

// run: id or "latest"; metrics from that step on. A null store has no runs. Errors: usage for a bad id, not_found.
FoundRun find_run_record(const std::shared_ptr<Store>& store, const std::string& workspace, const std::string& run,
                         int64_t from_step = 0);

// With its thinned curve, and the checkpoints that are on disk: a row that has lost its folder is passed over, a folder
// that has no row is measured.
RunSummary run_summary(const RunRecord& run, const std::vector<CheckpointRow>& checkpoints, std::vector<double> curve,
                       const std::string& workspace);
RunSummary run_summary(Store& store, const RunRecord& run, const std::string& workspace);
std::optional<Error> error_of(const RunRecord& run);

}  // namespace lathe
