// Which files a source names, in which order, what their rows are, and their hash. See documents.h.
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iterator>
#include <map>
#include <optional>
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

constexpr std::string_view kFormats[] = {"auto",     "txt",      "jsonl",  "text",
                                         "messages", "sharegpt", "alpaca", "prompt_completion"};
constexpr size_t kFirstRows = 20, kMostColumns = 256;

bool ends_with(const std::string& path, std::string_view ending) {
    if (path.size() < ending.size()) return false;
    return std::equal(ending.begin(), ending.end(), path.end() - static_cast<std::ptrdiff_t>(ending.size()),
                      [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b); });
}

struct Ending {
    std::string_view text;
    FileKind kind;
};
constexpr Ending kEndings[] = {{".txt", FileKind::txt},   {".md", FileKind::md},       {".markdown", FileKind::md},
                               {".html", FileKind::html}, {".htm", FileKind::html},    {".docx", FileKind::docx},
                               {".pdf", FileKind::pdf},   {".jsonl", FileKind::jsonl}, {".json", FileKind::json},
                               {".csv", FileKind::csv},   {".tsv", FileKind::tsv}};

std::optional<FileKind> kind_by_name(const std::string& path) {
    for (const Ending& ending : kEndings)
        if (ends_with(path, ending.text)) return ending.kind;
    return std::nullopt;
}

// How a file is read in this format; nothing where auto does not know its name.
std::optional<FileKind> kind_of(const std::string& path, const std::string& format) {
    if (format == "txt") return FileKind::txt;
    if (format == "jsonl") return FileKind::jsonl;
    const std::optional<FileKind> kind = kind_by_name(path);
    return format == "auto" || (kind && has_rows(*kind)) ? kind : FileKind::jsonl;
}

// Whether a folder's file is data of this format.
bool is_wanted(const std::string& path, const std::string& format) {
    const std::optional<FileKind> kind = kind_by_name(path);
    if (!kind) return false;
    if (format == "txt" || format == "jsonl") return ends_with(path, "." + format);
    return format == "auto" ? kind != FileKind::json : has_rows(*kind);
}

std::string wanted_names(const std::string& format) {
    if (format == "txt" || format == "jsonl") return "." + format;
    return format == "auto" ? ".txt, .md, .html, .docx, .pdf, .jsonl, .csv or .tsv" : ".jsonl, .json, .csv or .tsv";
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
    if (found.empty())
        fail(Error{.kind = ErrorKind::empty,
                   .file = folder,
                   .expected = wanted_names(format) + " files (hidden ones and links are passed over)"});
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<Json> first_rows(const DataFile& file) {
    const RecordSource records = open_records(file.path, file.kind);
    std::vector<Json> rows;
    Record record;
    for (size_t read = 0; read < kFirstRows && records(record); ++read) {
        Json row;
        // What is wrong with a row is said where it is read.
        static_cast<void>(error_of([&] { row = row_of(record, file.path); }));
        if (row.is_object()) rows.push_back(std::move(row));
    }
    return rows;
}

// In the order in which they come.
std::vector<std::string> columns_of(const std::vector<Json>& rows) {
    std::vector<std::string> names;
    for (const Json& row : rows)
        for (const auto& [key, value] : row.items())
            if (names.size() < kMostColumns && std::find(names.begin(), names.end(), key) == names.end())
                names.push_back(key);
    return names;
}

}  // namespace

std::vector<DataFile> list_data_files(const DocumentSource& source, const RefusedFile& refused) {
    if (std::find(std::begin(kFormats), std::end(kFormats), source.format) == std::end(kFormats))
        fail(Error{.kind = ErrorKind::out_of_range,
                   .key = "data.format",
                   .expected = "auto, txt, jsonl, text, messages, sharegpt, alpaca or prompt_completion",
                   .found = source.format});
    if (source.files.empty())
        fail(Error{.kind = ErrorKind::empty, .key = "data.files", .expected = "files or folders of text"});
    std::vector<DataFile> files;
    std::map<std::pair<dev_t, ino_t>, bool> seen;  // whether as a validation file
    const auto add = [&](const std::string& path, bool validation) {
        const struct stat status = status_of(path);
        if (!S_ISREG(status.st_mode))
            fail(Error{.kind = ErrorKind::unreadable, .file = path, .expected = "a regular file"});
        const std::optional<FileKind> kind = kind_of(path, source.format);
        if (!kind)
            fail(
                Error{.kind = ErrorKind::unsupported,
                      .file = path,
                      .key = "data.format",
                      .expected =
                          "a name in .txt, .md, .html, .docx, .pdf, .jsonl, .json, .csv or .tsv, or the format named"});
        if (status.st_size == 0) fail(Error{.kind = ErrorKind::empty, .file = path, .found = "0 bytes"});
        const auto [first, fresh] = seen.emplace(std::pair(status.st_dev, status.st_ino), validation);
        if (first->second != validation)
            fail(Error{.kind = ErrorKind::mismatch,
                       .file = path,
                       .key = "data.validation_files",
                       .expected = "files that are not trained on",
                       .found = "one of data.files"});
        if (!fresh) return;
        files.push_back({.path = path,
                         .kind = *kind,
                         .size = status.st_size,
                         .modified_ns = status.st_mtim.tv_sec * 1'000'000'000LL + status.st_mtim.tv_nsec,
                         .validation = validation,
                         .layout = {},
                         .columns = {}});
    };
    // Runs `work`, or tells `refused` why it cannot.
    const auto attempt = [&](const std::string& path, const auto& work) {
        if (!refused) return work();
        if (const std::optional<Error> error = error_of(work)) refused(path, *error);
    };
    const auto add_all = [&](const std::vector<std::string>& paths, bool validation) {
        for (const std::string& path : paths)
            attempt(path, [&] {
                if (!S_ISDIR(status_of(path).st_mode)) return add(path, validation);
                for (const std::string& file : files_below(path, source.format))
                    attempt(file, [&] { add(file, validation); });
            });
    };
    add_all(source.files, false);
    add_all(source.validation_files, true);
    return files;
}

bool has_rows(FileKind kind) {
    return kind >= FileKind::jsonl;
}

void recognise_rows(std::vector<DataFile>& files, const DocumentSource& source) {
    RowColumns wish = source.columns;
    wish.text = source.text_column;
    std::optional<Error> first_wrong;
    for (DataFile& file : files) {
        if (!has_rows(file.kind)) continue;
        const std::optional<Error> wrong = error_of([&] {
            const std::vector<Json> rows = first_rows(file);
            file.columns = columns_of(rows);
            const bool table = file.kind == FileKind::csv || file.kind == FileKind::tsv;
            file.layout = recognise_layout(rows, source.format, wish, file.path, table);
        });
        if (!first_wrong) first_wrong = wrong;
    }
    if (first_wrong) fail(*first_wrong);
}

std::string data_sha256(const std::vector<DataFile>& files, const std::function<bool(int64_t done_bytes)>& progress) {
    std::string lines;
    int64_t done_bytes = 0;
    for (const DataFile& file : files) {
        lines += sha256_of_file(file.path) + " " + std::to_string(file.size) + " " + name_of(file.kind) +
                 (file.validation ? " validation\n" : "\n");
        done_bytes += file.size;
        if (progress && !progress(done_bytes)) fail(Error{.kind = ErrorKind::cancelled, .file = file.path});
    }
    return sha256(lines);
}

}  // namespace lathe
