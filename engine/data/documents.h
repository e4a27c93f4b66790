// Streams the documents of data files one at a time: memory is bounded by a row or line (16 MiB), never by a file (but
// by one of HTML, 16 MiB), and by a hash of each example, which finds duplicates.
// .txt: UTF-8 without NUL; BOM dropped, CRLF becomes LF. If a line "<|endoftext|>" stands in the file, documents lie
// between such lines; else a piece ends at the first blank line past 4 KiB, or at a line's end past 64 KiB. A document
// over 16 MiB is cut at a line's end. Line ends around a document are dropped, blank documents skipped.
// .md, .html: plain text cut at its headings, see marked_text.h. .docx, .pdf: likewise, see docx_text.h, pdf_text.h.
// .jsonl, .json, .csv, .tsv: rows, see record_reader.h. A row of plain text is a document as written; any other is an
// example: a conversation, see row_layout.h and example.h.
// A folder gives the files of its format, recursively, by path bytes; hidden names and links in it are passed over, and
// under auto also .json, which is more often settings than data. Any thread; no shared state.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/example.h"
#include "engine/data/record_reader.h"
#include "engine/data/row_layout.h"

namespace lathe {

struct DocumentSource {
    std::vector<std::string> files;  // files and folders
    std::string format = "auto";     // auto (by name and first rows), txt, jsonl (text), or a RowFormat's name
    std::string text_column = "text";
    RowColumns columns = {};                         // of conversations, "": recognised; its text is text_column
    std::string system_prompt = {};                  // of conversations that have none
    std::vector<std::string> validation_files = {};  // read behind `files`; their documents are held back
};

struct DocumentPlace {
    std::string file;
    int64_t line = 0;        // where it begins, from 1
    int64_t byte = 0;        // of that line, from 0
    int64_t bytes_read = 0;  // of all files so far, for progress
    // What a callback is given beside a document of rows, until it returns.
    std::string_view row = {};    // of JSON, as written
    const Json* table = nullptr;  // of a table: an object of texts
};

// What is worth a look in a row that is well formed, or why it is not. Of each kind the first few are kept.
struct RowNote {
    std::string kind;  // bad, empty, empty_answer, duplicate
    DocumentPlace place;
    std::string reason;
};

// Bad rows (malformed, doubled key, a column that is not there or no text, an unknown role, no assistant turn, NUL,
// over 16 MiB, an example that the template refuses) are counted and passed over.
struct ImportReport {
    int64_t documents = 0;
    int64_t bytes = 0;  // of the documents' UTF-8
    int64_t rows = 0;   // of rows, blank ones not counted
    int64_t bad_rows = 0;
    int64_t empty_rows = 0;  // text of nothing but white space, or an answer that says nothing: skipped
    std::optional<RowNote> first_bad;
    std::string sha256;                         // data_sha256() of the files
    std::optional<int64_t> training_documents;  // those before the first of a validation file, where there are such

    int64_t examples = 0;        // documents that are conversations
    int64_t duplicate_rows = 0;  // examples that are equal to an earlier one; they count
    std::vector<RowNote> notes;  // a token cache without examples keeps first_bad alone
    struct FileRows {
        std::string file;
        int64_t rows = 0, bad_rows = 0;
        std::optional<RowNote> first_bad;
    };
    std::vector<FileRows> files;  // those of rows
};
constexpr int64_t kMostNotes = 50;  // of a kind
// Counts a bad row of that file.
void add_bad_row(ImportReport& report, ImportReport::FileRows& file, const RowNote& bad);
// malformed, naming the first bad row, where more than 5 % of a file's rows are bad (under 20 rows: any).
void check_bad_rows(const ImportReport::FileRows& file);

struct DataFile {
    std::string path;
    FileKind kind = FileKind::txt;
    int64_t size = 0;
    int64_t modified_ns = 0;
    bool validation = false;          // of DocumentSource::validation_files
    std::optional<bool> separated{};  // of .txt: documents lie between separator lines; by look_for_separator()
    // Of a file of rows, by recognise_rows():
    RowLayout layout = {};
    std::vector<std::string> columns = {};  // of its first rows
};
bool has_rows(FileKind kind);
inline bool has_examples(const DataFile& file) {
    return has_rows(file.kind) && file.layout.format != RowFormat::text;
}

// The files of a source in reading order, each once. Errors: not_found, unreadable (FIFO, device, no permission),
// unsupported (another ending under auto), empty (no files, a folder without data, a file of 0 bytes); each names the
// file or folder. mismatch for a validation file that is also trained on. With `refused`, what is wrong with one file
// or folder is told there, and the others are listed.
using RefusedFile = std::function<void(const std::string& path, const Error& error)>;
std::vector<DataFile> list_data_files(const DocumentSource& source, const RefusedFile& refused = {});
// Once, where a file is read more than once; `within` its first bytes.
void look_for_separator(DataFile& file, int64_t within = std::numeric_limits<int64_t>::max());
// Reads the first rows of each file of rows and sets its columns and layout. Errors: those of recognise_layout and
// open_records; of the first file that has one, and the columns of the others are set.
void recognise_rows(std::vector<DataFile>& files, const DocumentSource& source);

// Hash of contents, sizes and formats in order, not of names: sha256 of the lines "SHA256 SIZE FORMAT\n", with "
// validation" behind the format of a validation file. `progress` is called with the bytes hashed after each file; false
// cancels (Exception cancelled).
std::string data_sha256(const std::vector<DataFile>& files,
                        const std::function<bool(int64_t done_bytes)>& progress = {});

// Calls `document` or `example` for each in order until one returns false (then the report ends there). report.sha256
// is left empty. Errors: malformed with key "byte N" (encoding, NUL, UTF-16, gzip), too_large with key "line N", empty
// (a file without a document), unreadable, those of open_records and check_bad_rows.
using DocumentCallback = std::function<bool(std::string_view text, const DocumentPlace& place)>;
using ExampleCallback = std::function<bool(Example example, const DocumentPlace& place)>;
// The report is filled as far as the reading comes, also where it throws. `start`: of a document of the first file, a
// .txt or one of rows; then nothing is said of what that file has too little of.
void read_documents(const std::vector<DataFile>& files, const std::string& system_prompt,
                    const DocumentCallback& document, const ExampleCallback& example, ImportReport& report,
                    FilePlace start = {});
// The same of a source, where an example is its plain_text().
ImportReport for_each_document(const DocumentSource& source, const DocumentCallback& document);

}  // namespace lathe
