// Streams the documents of text files, JSON lines and folders of them, one at a time: memory is bounded by a line (16
// MiB), never by a file. .txt: UTF-8 without NUL; BOM dropped, CRLF becomes LF. If a line "<|endoftext|>" stands in the
// file, documents lie between such lines; else a piece ends at the first blank line past 4 KiB, or at a line's end past
// 64 KiB. A document over 16 MiB is cut at a line's end. Line ends around a document are dropped, blank documents
// skipped. .jsonl: one object a line, the document is its text column, as written. A folder gives its .txt and .jsonl
// files (those of `format`), recursively, by path bytes; hidden names and links in it are passed over. Any thread; no
// shared state.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lathe {

struct DocumentSource {
    std::vector<std::string> files;  // files and folders
    std::string format = "auto";     // auto (by .txt, .jsonl), txt, jsonl
    std::string text_column = "text";
};

struct DocumentPlace {
    std::string file;
    int64_t line = 0;        // where it begins, from 1
    int64_t byte = 0;        // of that line, from 0
    int64_t bytes_read = 0;  // of all files so far, for progress
};

struct BadRow {
    DocumentPlace place;
    std::string reason;
};

// Bad rows (malformed, doubled key, no text column, not a string, NUL, over 16 MiB) are counted and passed over.
struct ImportReport {
    int64_t documents = 0;
    int64_t bytes = 0;  // of the documents' UTF-8
    int64_t rows = 0;   // of JSON lines, blank ones not counted
    int64_t bad_rows = 0;
    int64_t empty_rows = 0;  // text of nothing but white space, skipped
    std::optional<BadRow> first_bad;
    std::string sha256;  // data_sha256() of the files
};

struct DataFile {
    std::string path;
    bool jsonl = false;
    int64_t size = 0;
    int64_t modified_ns = 0;
};

// The files of a source in reading order, each once. Errors: not_found, unreadable (FIFO, device, no permission),
// unsupported (another ending under auto), empty (no files, a folder without text, a file of 0 bytes); each names the
// file or folder.
std::vector<DataFile> list_data_files(const DocumentSource& source);

// Hash of contents, sizes and formats in order, not of names: sha256 of the lines "SHA256 SIZE FORMAT\n".
// `progress` is called with the bytes hashed after each file; false cancels (Exception cancelled).
std::string data_sha256(const std::vector<DataFile>& files,
                        const std::function<bool(int64_t done_bytes)>& progress = {});

// Calls `document` for each document in order until it returns false (then the report ends there). report.sha256 is
// left empty. Errors: malformed with key "byte N" (encoding, NUL, UTF-16, gzip), too_large with key "line N", empty (a
// file without a document), unreadable, and malformed naming the first bad line where more than 5 % of a file's rows
// are bad (under 20 rows: any).
using DocumentCallback = std::function<bool(std::string_view text, const DocumentPlace& place)>;
ImportReport for_each_document(const DocumentSource& source, const DocumentCallback& document);
ImportReport for_each_document(const std::vector<DataFile>& files, const std::string& text_column,
                               const DocumentCallback& document);

}  // namespace lathe
