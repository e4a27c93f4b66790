#include "engine/data/documents.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>

#include "engine/base/error.h"
#include "engine/data/line_reader.h"

namespace lathe {

namespace {

constexpr std::string_view kSeparator = "<|endoftext|>";
constexpr size_t kPieceBytes = 4 << 10;      // a blank line past this ends a piece
constexpr size_t kUnbrokenBytes = 64 << 10;  // a line's end past this does too
constexpr size_t kDocumentBytes = kMaxLineBytes;
constexpr size_t kMaxDepth = 64;
constexpr size_t kLargeRow = 1 << 20;

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos;
}

std::string_view without_cr(const Line& line) {
    return line.ended && line.text.ends_with('\r') ? line.text.substr(0, line.text.size() - 1) : line.text;
}

// One file's documents into a report; `proceed` turns false where the callback has had enough.
struct FileReading {
    const DataFile& file;
    const std::string& text_column;
    const DocumentCallback& callback;
    ImportReport& report;
    int64_t bytes_before = 0;  // of the files before this one
    bool proceed = true;

    void hand_over(std::string_view text, const DocumentPlace& place) {
        ++report.documents;
        report.bytes += static_cast<int64_t>(text.size());
        proceed = callback(text, place);
    }
};

bool has_separator(const std::string& path) {
    LineReader reader(path);
    for (Line line; reader.next(line);)
        if (without_cr(line) == kSeparator) return true;
    return false;
}

void check_text_line(const Line& line, const std::string& file) {
    if (line.too_long)
        fail(Error{.kind = ErrorKind::too_large,
                   .file = file,
                   .key = "line " + std::to_string(line.number),
                   .expected = "at most 16 MiB a line"});
    if (const void* nul = line.text.empty() ? nullptr : std::memchr(line.text.data(), 0, line.text.size())) {
        const int64_t byte = line.byte + (static_cast<const char*>(nul) - line.text.data());
        fail(Error{.kind = ErrorKind::malformed,
                   .file = file,
                   .key = "byte " + std::to_string(byte),
                   .expected = "UTF-8 text",
                   .found = "a NUL byte, as in UTF-16 or a binary file"});
    }
    if (!simdjson::validate_utf8(line.text.data(), line.text.size())) {
        const int64_t byte = line.byte + static_cast<int64_t>(first_invalid_utf8(line.text));
        fail(Error{.kind = ErrorKind::malformed,
                   .file = file,
                   .key = "byte " + std::to_string(byte),
                   .expected = "UTF-8",
                   .found = "another encoding"});
    }
}

void read_text(FileReading& reading) {
    const bool separated = has_separator(reading.file.path);
    LineReader reader(reading.file.path);
    std::string document;
    DocumentPlace place{.file = reading.file.path};
    const auto flush = [&] {
        std::string_view text = document;
        while (text.ends_with('\n')) text.remove_suffix(1);
        if (!text.empty()) reading.hand_over(text, place);
        document.clear();
    };
    for (Line line; reading.proceed && reader.next(line);) {
        check_text_line(line, reading.file.path);
        const std::string_view text = without_cr(line);
        place.bytes_read = reading.bytes_before + reader.position();
        if (separated && text == kSeparator) {
            flush();
            continue;
        }
        const bool blank = is_blank(text);
        if (separated && document.size() + text.size() + 1 > kDocumentBytes) flush();
        if (!reading.proceed) break;
        if (document.empty()) {
            if (blank) continue;
            place.line = line.number;
            place.byte = line.byte;
        }
        document.append(text);
        if (line.ended) document += '\n';
        if (!separated && ((blank && document.size() >= kPieceBytes) || document.size() >= kUnbrokenBytes)) flush();
    }
    if (reading.proceed) flush();
}

// The text of a row, or the reason why it has none. Everything in the row is checked, not the text column alone.
struct Row {
    std::string_view text;
    std::string reason;
};

Row parse_row(simdjson::dom::parser& parser, const Line& line, const std::string& text_column) {
    if (line.too_long) return {{}, "line over 16 MiB"};
    simdjson::dom::element root;
    // The reader keeps simdjson's padding readable behind each line.
    if (const auto error = parser.parse(line.text.data(), line.text.size(), false).get(root))
        return {{}, simdjson::error_message(error)};
    simdjson::dom::object object;
    if (root.get_object().get(object)) return {{}, "not an object"};
    std::vector<std::string_view> keys;
    for (const auto field : object) keys.push_back(field.key);
    std::sort(keys.begin(), keys.end());
    const auto doubled = std::adjacent_find(keys.begin(), keys.end());
    if (doubled != keys.end()) return {{}, "key \"" + std::string(doubled->substr(0, 64)) + "\" twice"};
    simdjson::dom::element value;
    if (object.at_key(text_column).get(value)) return {{}, "no key \"" + text_column + "\""};
    std::string_view text;
    if (value.get_string().get(text)) return {{}, "\"" + text_column + "\" is not a string"};
    if (text.find('\0') != std::string_view::npos) return {{}, "a NUL character in the text"};
    return {text, {}};
}

void read_json_lines(FileReading& reading) {
    LineReader reader(reading.file.path);
    simdjson::dom::parser parser;
    const auto prepare = [&] {
        if (parser.allocate(kLargeRow, kMaxDepth)) fail(Error{.kind = ErrorKind::memory, .file = reading.file.path});
    };
    prepare();
    int64_t rows = 0, bad_rows = 0;
    std::optional<BadRow> first_bad;
    for (Line line; reading.proceed && reader.next(line);) {
        if (!line.too_long && is_blank(line.text)) continue;
        ++rows;
        const Row row = parse_row(parser, line, reading.text_column);
        const DocumentPlace place{reading.file.path, line.number, line.byte, reading.bytes_before + reader.position()};
        if (!row.reason.empty()) {
            ++bad_rows;
            if (!first_bad) first_bad = BadRow{place, row.reason};
        } else if (is_blank(row.text)) {
            ++reading.report.empty_rows;
        } else {
            reading.hand_over(row.text, place);
        }
        if (line.text.size() > kLargeRow) {
            parser = simdjson::dom::parser();
            prepare();
        }
    }
    reading.report.rows += rows;
    reading.report.bad_rows += bad_rows;
    if (first_bad && !reading.report.first_bad) reading.report.first_bad = first_bad;
    if (reading.proceed && bad_rows * 20 > rows)
        fail(Error{
            .kind = ErrorKind::malformed,
            .file = reading.file.path,
            .key = "line " + std::to_string(first_bad->place.line) + ", byte " + std::to_string(first_bad->place.byte),
            .expected = "at most 5 % bad rows",
            .found = std::to_string(bad_rows) + " of " + std::to_string(rows) + ", the first: " + first_bad->reason});
}

}  // namespace

ImportReport for_each_document(const std::vector<DataFile>& files, const std::string& text_column,
                               const DocumentCallback& document) {
    ImportReport report;
    int64_t bytes_before = 0;
    for (const DataFile& file : files) {
        const int64_t documents_before = report.documents;
        FileReading reading{file, text_column, document, report, bytes_before};
        if (file.jsonl)
            read_json_lines(reading);
        else
            read_text(reading);
        if (!reading.proceed) break;
        if (report.documents == documents_before)
            fail(Error{.kind = ErrorKind::empty,
                       .file = file.path,
                       .expected = file.jsonl ? "rows with text" : "text",
                       .found = "none"});
        bytes_before += file.size;
    }
    return report;
}

ImportReport for_each_document(const DocumentSource& source, const DocumentCallback& document) {
    return for_each_document(list_data_files(source), source.text_column, document);
}

}  // namespace lathe
