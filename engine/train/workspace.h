// A workspace: FOLDER/{lathe.db, runs/, trash/, datasets/, tokenizers/, models/}, held by one Lathe at a time. Opening
// it sweeps what crashed writers left, marks runs that died as interrupted, and rebuilds runs that the database has
// lost from their checkpoints; a damaged database is recovered first, then or in use. One thread at a time; the store
// is of any thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/files.h"
#include "engine/store/recover.h"
#include "engine/store/store.h"

namespace lathe {

class Workspace {
public:
    // Errors: unwritable, locked (by another Lathe), those of Store.
    explicit Workspace(const std::string& folder);
    const std::string& folder() const { return folder_; }
    Store& store() { return *store_; }
    // Where the database was damaged, before or since it was opened: what was made of it.
    std::optional<Recovery> recovery() const;

private:
    std::string folder_;
    WorkspaceLock lock_;
    std::optional<Recovery> recovery_;
    std::shared_ptr<void> settling_;  // where the store recovers, and be it at its end
    std::unique_ptr<Store> store_;
};

// A run as its newest checkpoint tells it, for where the database does not.
struct FolderRun {
    RunRecord record;  // interrupted
    std::vector<MetricRow> metrics;
    std::vector<CheckpointRow> checkpoints;
};
// Nothing where no checkpoint of this run verifies.
std::optional<FolderRun> read_run_folder(const std::string& run_folder);

// RUN folder of an id or "latest" (the newest run that has a checkpoint if with_checkpoint). usage for a bad id,
// not_found naming the folder.
std::string find_run(const std::string& workspace, const std::string& run, bool with_checkpoint);
// Checkpoint folder of a run: "last", "best" or a step. not_found naming run and checkpoint. Without `hashes` sizes
// alone are verified, in no time.
std::string find_checkpoint(const std::string& run_folder, const std::string& which, bool hashes = true);

}  // namespace lathe
