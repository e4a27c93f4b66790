// The trash of a workspace: the folder of a run in it lies in WORKSPACE/trash/RUN. The record is written first and says
// where a folder belongs; a move that a crash cut off is ended by settle_runs() when the workspace opens or its
// database is recovered. Any thread.
#pragma once

#include <string>
#include <vector>

#include "engine/store/store.h"

namespace lathe {

std::string run_folder(const std::string& workspace, const std::string& run, bool trashed);
// Folders of runs, or of those in the trash, by name: the oldest first.
std::vector<std::string> run_folders(const std::string& workspace, bool trashed);

// Into the trash or out of it; a run without a folder has a row alone. Errors: not_found, unwritable where a folder of
// this name is there already; nothing is changed then.
void move_run(const std::string& workspace, Store& store, const std::string& run, bool trashed);
// A run in the trash, for good.
void delete_trashed_run(const std::string& workspace, Store& store, const std::string& run);
// Brings each folder to where its row says, and a run whose row is lost back into the record from its checkpoints.
void settle_runs(const std::string& workspace, Store& store);

}  // namespace lathe
