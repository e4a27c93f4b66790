#include "engine/train/workspace.h"

#include <charconv>
#include <filesystem>
#include <optional>

#include "engine/base/error.h"
#include "engine/train/checkpoint.h"
#include "engine/train/run_recorder.h"
#include "engine/train/training_run.h"
#include "engine/train/trash.h"

namespace lathe {

namespace {

const std::string& made(const std::string& folder) {
    make_folders(folder + "/runs");
    return folder;
}

// Where the database is damaged, a new one of what can be read of it.
std::unique_ptr<Store> open_store(const std::string& database, std::optional<Recovery>& recovery) {
    try {
        return std::make_unique<Store>(database, Store::Mode::read_write);
    } catch (const Exception& exception) {
        if (exception.error().kind != ErrorKind::malformed) throw;
        recovery = recover_database(database);
    }
    return std::make_unique<Store>(database, Store::Mode::read_write);
}

}  // namespace

std::optional<FolderRun> read_run_folder(const std::string& run_folder) {
    const std::string id = std::filesystem::path(run_folder).filename().string();
    const auto newest = newest_checkpoint(run_folder);
    if (!newest) return std::nullopt;
    const RunSnapshot last = read_run_snapshot(newest->path);
    if (last.run != id) return std::nullopt;
    FolderRun run{.record = {.id = id,
                             .name = last.name,
                             .state = RunState::interrupted,
                             .created_at_ms = last.created_at_ms,
                             .config_json = last.config_json,
                             .provenance = last.provenance,
                             .error = {},
                             .max_steps = last.max_steps},
                  .metrics = metric_rows(read_history(newest->path)),
                  .checkpoints = {}};
    const auto best = best_checkpoint(run_folder);
    for (const CheckpointPlace& place : list_checkpoints(run_folder)) {
        const auto snapshot = find_run_snapshot(place.path);
        if (!snapshot) continue;
        run.checkpoints.push_back({.step = place.step,
                                   .path = place.path,
                                   .eval_loss = snapshot->eval_loss,
                                   .best = best && best->step == place.step,
                                   .bytes = folder_bytes(place.path)});
    }
    for (const MetricRow& row : run.metrics) {
        run.record.steps = row.step;
        run.record.loss = row.loss;
        if (row.eval_loss) run.record.eval_loss = row.eval_loss;
    }
    return run;
}

Workspace::Workspace(const std::string& folder)
    : folder_(made(folder)), lock_(folder), store_(open_store(folder + "/lathe.db", recovery_)) {
    for (const char* part : {"", "/runs", "/trash", "/tokenizers", "/datasets"}) sweep_temporaries(folder + part);
    for (const bool trashed : {false, true})
        for (const std::string& run : run_folders(folder, trashed)) sweep_temporaries(run);
    settling_ = store_->when_recovered([workspace = folder_, store = store_.get()] { settle_runs(workspace, *store); });
    store_->mark_interrupted();
    const auto error = error_of([this] { settle_runs(folder_, *store_); });
    if (error && !store_->is_damaged()) fail(*error);
    store_->flush();
}

std::optional<Recovery> Workspace::recovery() const {
    const std::optional<Recovery> since = store_->recovery();
    return since ? since : recovery_;
}

std::string find_run(const std::string& workspace, const std::string& run, bool with_checkpoint) {
    if (run != "latest") {
        check_run_id(run);
        const std::string folder = workspace + "/runs/" + run;
        std::error_code ignored;
        if (!std::filesystem::is_directory(folder, ignored))
            fail({.kind = ErrorKind::not_found, .file = workspace, .key = "run " + run});
        return folder;
    }
    // Ids begin with their time, so the last by name is the newest.
    const std::vector<std::string> folders = run_folders(workspace, /*trashed=*/false);
    for (auto folder = folders.rbegin(); folder != folders.rend(); ++folder)
        if (!with_checkpoint || !list_checkpoints(*folder).empty()) return *folder;
    fail({.kind = ErrorKind::not_found,
          .file = workspace,
          .key = "run latest",
          .expected = with_checkpoint ? "a run with a checkpoint" : "a run"});
}

std::string find_checkpoint(const std::string& run_folder, const std::string& which, bool hashes) {
    std::optional<CheckpointPlace> found;
    if (which == "last") {
        found = newest_checkpoint(run_folder, hashes);
    } else if (which == "best") {
        found = best_checkpoint(run_folder);
    } else {
        int64_t step = -1;
        const auto [end, error] = std::from_chars(which.data(), which.data() + which.size(), step);
        if (error != std::errc() || end != which.data() + which.size())
            fail({.kind = ErrorKind::usage, .key = "--checkpoint", .expected = "last, best or a step", .found = which});
        for (const CheckpointPlace& place : list_checkpoints(run_folder))
            if (place.step == step) found = place;
        if (found && !verify_folder(found->path, hashes))
            fail({.kind = ErrorKind::malformed, .file = found->path, .expected = "files as its manifest says"});
    }
    if (!found) fail({.kind = ErrorKind::not_found, .file = run_folder, .key = "checkpoint " + which});
    return found->path;
}

}  // namespace lathe
