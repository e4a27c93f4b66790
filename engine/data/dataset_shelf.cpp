#include "engine/data/dataset_shelf.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/data/dataset_version.h"

namespace lathe {

namespace {

namespace fs = std::filesystem;

constexpr const char* kLoose = ".jsonl";

// N of "vN"; 0: it is no version.
int64_t number_of(const std::string& version) {
    const bool digits = version.size() > 1 && version.size() < 12 && version[0] == 'v' && version[1] != '0' &&
                        version.find_first_not_of("0123456789", 1) == std::string::npos;
    return digits ? std::stoll(version.substr(1)) : 0;
}

std::vector<fs::path> entries_of(const std::string& folder) {
    std::vector<fs::path> found;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
        if (!entry->path().filename().string().starts_with(".")) found.push_back(entry->path());
    std::sort(found.begin(), found.end());
    return found;
}

// The newest first.
std::vector<std::string> versions_in(const fs::path& folder) {
    std::vector<std::string> versions;
    for (const fs::path& path : entries_of(folder.string()))
        if (number_of(path.filename().string()) > 0) versions.push_back(path.filename().string());
    std::sort(versions.begin(), versions.end(),
              [](const std::string& a, const std::string& b) { return number_of(a) > number_of(b); });
    return versions;
}

void rename_to(const fs::path& from, const fs::path& to) {
    make_folders(to.parent_path().string());
    if (fs::exists(fs::symlink_status(to)))
        fail({.kind = ErrorKind::unwritable, .file = to.string(), .expected = "a name that is not taken"});
    std::error_code error;
    fs::rename(from, to, error);
    if (error) fail({.kind = ErrorKind::unwritable, .file = to.string(), .found = error.message()});
}

// Where it holds nothing any more.
void remove_empty(const fs::path& folder) {
    ::rmdir(folder.c_str());
}

[[noreturn]] void fail_missing(const fs::path& path) {
    fail({.kind = ErrorKind::not_found, .file = path.string(), .expected = "a data set"});
}

}  // namespace

std::string DatasetShelf::place(bool trashed) const {
    return workspace_ + (trashed ? "/trash/datasets" : "/datasets");
}

std::vector<DatasetEntry> DatasetShelf::list(bool trashed) const {
    std::vector<DatasetEntry> folders, loose;
    for (const fs::path& path : entries_of(place(trashed))) {
        DatasetEntry entry;
        entry.trashed = trashed;
        std::error_code ignored;
        if (fs::is_directory(path, ignored)) {
            entry.name = path.filename().string();
            for (const std::string& version : versions_in(path))
                entry.versions.push_back(read_dataset_version((path / version).string()));
            if (!entry.versions.empty()) folders.push_back(std::move(entry));
        } else if (path.extension() == kLoose) {
            entry.name = path.stem().string();
            entry.file = path.string();
            loose.push_back(std::move(entry));
        }
    }
    folders.insert(folders.end(), loose.begin(), loose.end());
    return folders;
}

std::string DatasetShelf::next_version(const std::string& name) const {
    check_dataset_name(name);
    int64_t last = 0;
    for (const bool trashed : {false, true})
        for (const std::string& version : versions_in(fs::path(place(trashed)) / name))
            last = std::max(last, number_of(version));
    return place(false) + "/" + name + "/v" + std::to_string(last + 1);
}

DatasetEntry DatasetShelf::find(const std::string& name, bool trashed) const {
    for (DatasetEntry& entry : list(trashed))
        if (entry.name == name) return std::move(entry);
    fail_missing(fs::path(place(trashed)) / name);
}

DatasetEntry DatasetShelf::move(const std::string& name, const std::string& version, bool restore) const {
    const fs::path from = place(restore), to = place(!restore);
    if (name.empty() || name.find('/') != std::string::npos || (!version.empty() && number_of(version) == 0))
        fail_missing(from / name / version);
    const fs::path loose = name + kLoose;
    const std::vector<std::string> versions = versions_in(from / name);
    if (versions.empty() && version.empty() && fs::exists(from / loose)) {
        rename_to(from / loose, to / loose);
        return find(name, !restore);
    }
    bool found = false;
    for (const std::string& one : versions) {
        if (!version.empty() && one != version) continue;
        rename_to(from / name / one, to / name / one);
        found = true;
    }
    if (!found) fail_missing(from / name / version);
    remove_empty(from / name);
    return find(name, !restore);
}

// At once under a name that is swept away after a crash: no half of a data set is found again.
void DatasetShelf::empty_trash() const {
    const fs::path trash = place(true);
    sweep_temporaries(trash.parent_path().string());
    if (!fs::exists(fs::symlink_status(trash))) return;
    const std::string aside = temporary_name(trash.string());
    rename_to(trash, aside);
    std::error_code error;
    fs::remove_all(aside, error);
    if (error) fail({.kind = ErrorKind::unwritable, .file = aside, .found = error.message()});
}

}  // namespace lathe
