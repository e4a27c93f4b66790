// Runs of another workspace, or one run's folder, copied into a workspace: every checkpoint is held against its
// manifest while it is copied, and one that differs is left out. Metrics, events and samples come from the other's
// lathe.db, opened for reading, or from the newest checkpoint where there is none. A run keeps its id unless a run of
// this workspace has it. Each run is there whole or not at all. Any thread.
#pragma once

#include <functional>
#include <string>

#include "engine/base/events.h"
#include "engine/store/store.h"

namespace lathe {

// progress: false cancels (Exception `cancelled`); runs that were copied before stay. Errors: not_found where there is
// no run, usage for the workspace itself, disk_full, unwritable. What is wrong with one run is in RunsImported.
RunsImported import_runs(const std::string& from, const std::string& workspace, Store& store,
                         const std::function<bool(const Progress&)>& progress);

}  // namespace lathe
