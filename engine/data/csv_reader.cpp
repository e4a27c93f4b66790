#include "engine/data/csv_reader.h"

#include <algorithm>

#include "engine/base/error.h"
#include "engine/data/line_reader.h"

namespace lathe {

namespace {

constexpr size_t kMostColumns = 1024;

std::string trimmed(const std::string& text) {
    const size_t first = text.find_first_not_of(" \t");
    return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Spreadsheets write the encoding of their country; a guess would be learnt.
void check_utf8(const std::string& text, const std::string& path, int64_t line) {
    const size_t bad = std::min(first_invalid_utf8(text), text.find('\0'));
    if (bad >= text.size()) return;
    fail({.kind = ErrorKind::malformed,
          .file = path,
          .key = "line " + std::to_string(line),
          .expected = "UTF-8",
          .found = text[bad] == '\0' ? "a NUL byte, as in UTF-16 or a binary file" : "another encoding"});
}

}  // namespace

char separator_of(std::string_view header) {
    constexpr std::string_view kMarks = ",;\t";
    int64_t counts[kMarks.size()] = {};
    bool quoted = false;
    for (const char c : header) {
        if (c == '"') quoted = !quoted;
        const size_t mark = kMarks.find(c);
        if (!quoted && mark != std::string_view::npos) ++counts[mark];
    }
    return kMarks[static_cast<size_t>(std::max_element(counts, counts + kMarks.size()) - counts)];
}

CsvReader::CsvReader(const std::string& path, char separator) : bytes_(path), separator_(separator) {
    if (separator_ == '\0') {
        LineReader lines(path);
        Line first;
        while (lines.next(first) && first.text.find_first_not_of(" \r") == std::string_view::npos) continue;
        separator_ = separator_of(first.text);
    }
    read_header();
}

void CsvReader::read_header() {
    const auto refuse = [&](const std::string& expected, const std::string& found) {
        fail({.kind = ErrorKind::malformed,
              .file = bytes_.path(),
              .key = "line 1",
              .expected = expected,
              .found = found});
    };
    while (bytes_.peek() == '\r' || bytes_.peek() == '\n') bytes_.take();
    const Fields header = read_fields();
    if (!header.reason.empty() || header.too_long) refuse("the names of the columns", header.reason);
    for (const std::string& name : header.values) {
        check_utf8(name, bytes_.path(), 1);
        columns_.push_back(trimmed(name));
        const bool twice = std::count(columns_.begin(), columns_.end(), columns_.back()) > 1;
        if (twice && !columns_.back().empty()) refuse("each column once", "\"" + columns_.back().substr(0, 64) + "\"");
    }
    if (std::all_of(columns_.begin(), columns_.end(), [](const std::string& name) { return name.empty(); }))
        refuse("the names of the columns", "none");
}

bool CsvReader::at_line_end() {
    if (bytes_.peek() == '\r')
        bytes_.take();  // alone it ends a line too, as old spreadsheets write it
    else if (bytes_.peek() != '\n')
        return false;
    if (bytes_.peek() == '\n') bytes_.take();
    return true;
}

void CsvReader::keep(Fields& fields, int byte) {
    fields.too_long = fields.too_long || ++record_bytes_ > kMaxLineBytes;
    if (!fields.too_long) fields.values.back() += static_cast<char>(byte);
}

// Behind the opening quote, up to what follows the closing one.
void CsvReader::read_quoted(Fields& fields) {
    const int64_t line = bytes_.line();
    for (;;) {
        const int byte = bytes_.take();
        if (byte == ByteReader::kEnd)  // the rest of the file is in this field: nothing of it can be told apart
            fail({.kind = ErrorKind::malformed,
                  .file = bytes_.path(),
                  .key = "line " + std::to_string(line),
                  .expected = "a closing quote",
                  .found = "none up to the end of the file"});
        if (byte == '"' && bytes_.peek() != '"') return;
        if (byte == '"') bytes_.take();
        keep(fields, byte);
    }
}

CsvReader::Fields CsvReader::read_fields() {
    Fields fields;
    record_bytes_ = 0;
    fields.values.emplace_back();
    bool fresh = true, closed = false;  // at a field's start; behind its closing quote
    for (;;) {
        const int byte = bytes_.peek();
        if (byte == ByteReader::kEnd || byte == '\r' || byte == '\n') {
            at_line_end();
            return fields;
        }
        bytes_.take();
        if (byte == separator_ && fields.values.size() == kMostColumns) {
            fields.reason = "over " + std::to_string(kMostColumns) + " fields";
        } else if (byte == separator_) {
            fields.values.emplace_back();
            fresh = true;
            closed = false;
        } else if (byte == '"' && fresh) {
            read_quoted(fields);
            fresh = false;
            closed = true;
        } else {
            if (closed && fields.reason.empty() && byte != ' ') fields.reason = "text behind a closing quote";
            keep(fields, byte);
            fresh = false;
        }
    }
}

bool CsvReader::next(Record& record) {
    for (;;) {
        while (at_line_end()) continue;
        if (bytes_.peek() == ByteReader::kEnd) return false;
        record = {.json = {}, .table = {}, .reason = {}, .line = bytes_.line(), .byte = bytes_.position()};
        Fields fields = read_fields();
        record.position = bytes_.position();
        if (fields.values.size() == 1 && trimmed(fields.values[0]).empty()) continue;
        record.reason = fields.too_long ? "row over 16 MiB" : fields.reason;
        if (record.reason.empty() && fields.values.size() != columns_.size())
            record.reason = std::to_string(fields.values.size()) + " fields, where the header has " +
                            std::to_string(columns_.size());
        if (!record.reason.empty()) return true;
        Json row = Json::object();
        for (size_t i = 0; i < columns_.size(); ++i) {
            check_utf8(fields.values[i], bytes_.path(), record.line);
            if (!columns_[i].empty()) row[columns_[i]] = std::move(fields.values[i]);
        }
        record.table = std::move(row);
        return true;
    }
}

}  // namespace lathe
