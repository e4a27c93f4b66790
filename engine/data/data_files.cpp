// Which files a source names, in which order, and their hash. See documents.h.
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <set>
#include <utility>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/data/documents.h"

namespace lathe {

namespace {

namespace fs = std::filesystem;

struct stat status_of(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
        const int reason = errno;
        fail(Error{.kind = reason == ENOENT ? ErrorKind::not_found : ErrorKind::unreadable,
                   .file = path,
                   .found = std::strerror(reason)});
    }
    return status;
}

bool ends_with(const std::string& path, std::string_view ending) {
    if (path.size() < ending.size()) return false;
    return std::equal(ending.begin(), ending.end(), path.end() - static_cast<std::ptrdiff_t>(ending.size()),
                      [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b); });
}

bool is_wanted(const std::string& path, const std::string& format) {
    return (format != "jsonl" && ends_with(path, ".txt")) || (format != "txt" && ends_with(path, ".jsonl"));
}

std::vector<std::string> files_below(const std::string& folder, const std::string& format) {
    std::vector<std::string> found;
    std::error_code error;
    fs::recursive_directory_iterator entry(folder, error), last;
    while (!error && entry != last) {
        const std::string name = entry->path().filename().string();
        const bool passed_over = name.starts_with(".") || entry->is_symlink(error);
        if (passed_over) {
            entry.disable_recursion_pending();
        } else if (!entry->is_directory(error) && is_wanted(name, format)) {
            found.push_back(entry->path().string());
        }
        entry.increment(error);
    }
    if (error) fail(Error{.kind = ErrorKind::unreadable, .file = folder, .found = error.message()});
    if (found.empty()) {
        const std::string wanted = format == "auto" ? ".txt or .jsonl" : "." + format;
        fail(Error{.kind = ErrorKind::empty,
                   .file = folder,
                   .expected = wanted + " files (hidden ones and links are passed over)"});
    }
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace

std::vector<DataFile> list_data_files(const DocumentSource& source) {
    if (source.format != "auto" && source.format != "txt" && source.format != "jsonl")
        fail(Error{.kind = ErrorKind::out_of_range,
                   .key = "data.format",
                   .expected = "auto, txt or jsonl",
                   .found = source.format});
    if (source.files.empty())
        fail(Error{.kind = ErrorKind::empty, .key = "data.files", .expected = "files or folders of text"});
    std::vector<DataFile> files;
    std::set<std::pair<dev_t, ino_t>> seen;
    const auto add = [&](const std::string& path) {
        const struct stat status = status_of(path);
        if (!S_ISREG(status.st_mode))
            fail(Error{.kind = ErrorKind::unreadable, .file = path, .expected = "a regular file"});
        if (source.format == "auto" && !is_wanted(path, "auto"))
            fail(Error{.kind = ErrorKind::unsupported,
                       .file = path,
                       .key = "data.format",
                       .expected = "a name in .txt or .jsonl, or the format named"});
        if (status.st_size == 0) fail(Error{.kind = ErrorKind::empty, .file = path, .found = "0 bytes"});
        if (!seen.emplace(status.st_dev, status.st_ino).second) return;
        files.push_back({.path = path,
                         .jsonl = source.format == "auto" ? ends_with(path, ".jsonl") : source.format == "jsonl",
                         .size = status.st_size,
                         .modified_ns = status.st_mtim.tv_sec * 1'000'000'000LL + status.st_mtim.tv_nsec});
    };
    for (const std::string& path : source.files) {
        if (S_ISDIR(status_of(path).st_mode)) {
            for (const std::string& file : files_below(path, source.format)) add(file);
        } else {
            add(path);
        }
    }
    return files;
}

std::string data_sha256(const std::vector<DataFile>& files, const std::function<bool(int64_t done_bytes)>& progress) {
    std::string lines;
    int64_t done_bytes = 0;
    for (const DataFile& file : files) {
        lines += sha256_of_file(file.path) + " " + std::to_string(file.size) + (file.jsonl ? " jsonl\n" : " txt\n");
        done_bytes += file.size;
        if (progress && !progress(done_bytes)) fail(Error{.kind = ErrorKind::cancelled, .file = file.path});
    }
    return sha256(lines);
}

}  // namespace lathe
