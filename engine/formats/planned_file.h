// A file of an export before it is written: its name and exact size are known, its bytes come when it is written. Any
// thread, one at a time for a file.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace lathe {

// Told the bytes written so far; false cancels.
using WriteProgress = std::function<bool(int64_t)>;

struct PlannedFile {
    std::string name;
    int64_t bytes = 0;
    // Writes it to `path`, which must not exist, and returns its sha256. Errors: those of OutputFile, cancelled.
    std::function<std::string(const std::string& path, const WriteProgress& progress)> write;
};

PlannedFile text_file(std::string name, std::string text);
// Of FOLDER/name, read when it is written. not_found.
PlannedFile copied_file(const std::string& folder, const std::string& name);

int64_t total_bytes(const std::vector<PlannedFile>& files);
// Into an existing `folder`, in their order; progress counts through all of them. The sha256 of each by its name.
std::map<std::string, std::string> write_files(const std::vector<PlannedFile>& files, const std::string& folder,
                                               const WriteProgress& progress = {});

}  // namespace lathe
