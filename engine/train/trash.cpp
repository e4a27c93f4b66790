#include "engine/train/trash.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/base/posix_file.h"
#include "engine/train/workspace.h"

namespace lathe {

namespace fs = std::filesystem;

namespace {

bool is_there(const std::string& folder) {
    std::error_code ignored;
    return fs::exists(fs::symlink_status(folder, ignored));
}

void rename_folder(const std::string& from, const std::string& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) fail_system(to, errno, Access::write);
    sync_folder(parent_folder(to));
    sync_folder(parent_folder(from));
}

void move_folder(const std::string& from, const std::string& to) {
    if (!is_there(from)) return;
    if (is_there(to))
        fail({.kind = ErrorKind::unwritable, .file = to, .expected = "a new name", .found = "a folder of this name"});
    make_folders(parent_folder(to));
    rename_folder(from, to);
}

}  // namespace

std::string run_folder(const std::string& workspace, const std::string& run, bool trashed) {
    return workspace + (trashed ? "/trash/" : "/runs/") + run;
}

std::vector<std::string> run_folders(const std::string& workspace, bool trashed) {
    std::vector<std::string> folders;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(workspace + (trashed ? "/trash" : "/runs"), ignored))
        if (entry.is_directory(ignored) && !entry.path().filename().string().starts_with('.'))
            folders.push_back(entry.path().string());
    std::sort(folders.begin(), folders.end());
    return folders;
}

void move_run(const std::string& workspace, Store& store, const std::string& run, bool trashed) {
    const auto record = [&](bool in_trash) {
        store.set_trashed(run, in_trash);
        store.flush();
    };
    record(trashed);
    const auto error =
        error_of([&] { move_folder(run_folder(workspace, run, !trashed), run_folder(workspace, run, trashed)); });
    if (!error) return;
    record(!trashed);
    fail(*error);
}

void delete_trashed_run(const std::string& workspace, Store& store, const std::string& run) {
    const std::string folder = run_folder(workspace, run, /*trashed=*/true);
    // Under a name that is swept away after a crash: no half of a run is found again.
    const std::string aside = temporary_name(folder);
    if (is_there(folder)) rename_folder(folder, aside);
    store.delete_run(run);
    store.flush();
    std::error_code ignored;
    fs::remove_all(aside, ignored);
}

void settle_runs(const std::string& workspace, Store& store) {
    for (const bool trashed : {false, true}) {
        for (const std::string& folder : run_folders(workspace, trashed)) {
            const std::string id = fs::path(folder).filename().string();
            if (const auto record = store.find_run(id); record && !is_lost(*record)) {
                // Where both folders are there, each stays.
                if (record->trashed != trashed)
                    static_cast<void>(
                        error_of([&] { move_folder(folder, run_folder(workspace, id, record->trashed)); }));
                continue;
            }
            std::optional<FolderRun> lost;  // one that cannot be read, as of a newer version, holds no other up
            if (error_of([&] { lost = read_run_folder(folder); }) || !lost) continue;
            lost->record.trashed = trashed;
            store.restore_run(lost->record, lost->metrics, lost->checkpoints);
        }
    }
}

}  // namespace lathe
