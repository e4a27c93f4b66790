#include "engine/data/record_reader.h"

#include <memory>
#include <utility>

#include "engine/base/error.h"
#include "engine/data/byte_reader.h"
#include "engine/data/csv_reader.h"
#include "engine/data/line_reader.h"

namespace lathe {

namespace {

bool is_json_blank(int byte) {
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

RecordSource json_lines(const std::string& path, FilePlace start) {
    return [reader = std::make_shared<LineReader>(path, start)](Record& record) {
        for (Line line; reader->next(line);) {
            if (!line.too_long && is_blank(line.text)) continue;
            record = {.json = line.text,
                      .table = {},
                      .reason = line.too_long ? "line over 16 MiB" : "",
                      .line = line.number,
                      .byte = line.byte,
                      .position = reader->position()};
            return true;
        }
        return false;
    };
}

// The elements of a top-level array as they are written: what is in them is checked by who parses them.
class JsonArrayReader {
public:
    explicit JsonArrayReader(const std::string& path) : bytes_(path) {
        skip_blanks();
        is_lines_ = bytes_.peek() == '{';
        if (is_lines_) return;
        if (bytes_.take() != '[') refuse("an array of rows, or a row a line");
        skip_blanks();
        ended_ = bytes_.peek() == ']';
    }
    void go_to(FilePlace place) { bytes_.go_to(place); }
    bool is_lines() const { return is_lines_; }

    bool next(Record& record) {
        if (ended_) return check_end();
        record = {.json = {}, .table = {}, .reason = {}, .line = bytes_.line(), .byte = bytes_.position()};
        text_.clear();
        too_long_ = false;
        read_element();
        ended_ = bytes_.take() == ']';
        skip_blanks();
        const size_t size = text_.find_last_not_of(" \t\r\n") + 1;
        if (size == 0 && !too_long_) refuse("a row");
        text_.resize(size + static_cast<size_t>(kLinePadding));
        record.json = std::string_view(text_).substr(0, size);
        if (too_long_) record.reason = "row over 16 MiB";
        record.position = bytes_.position();
        return true;
    }

private:
    [[noreturn]] void refuse(const std::string& expected) {
        fail({.kind = ErrorKind::malformed,
              .file = bytes_.path(),
              .key = "line " + std::to_string(bytes_.line()),
              .expected = expected,
              .found = bytes_.peek() == ByteReader::kEnd ? "the end of the file" : "something else"});
    }

    void skip_blanks() {
        while (is_json_blank(bytes_.peek())) bytes_.take();
    }

    // Up to the comma or bracket behind it, which stays.
    void read_element() {
        int64_t depth = 0;
        bool in_text = false;
        for (;;) {
            const int byte = bytes_.peek();
            if (byte == ByteReader::kEnd) refuse("an array that ends");
            if (!in_text && depth == 0 && (byte == ',' || byte == ']')) return;
            keep(bytes_.take());
            if (in_text) {
                if (byte == '\\') keep(bytes_.take());
                in_text = byte != '"';
            } else {
                in_text = byte == '"';
                depth += byte == '{' || byte == '[';
                depth -= byte == '}' || byte == ']';
                if (depth < 0) refuse("brackets in pairs");
            }
        }
    }

    void keep(int byte) {
        if (byte == ByteReader::kEnd) refuse("an array that ends");
        too_long_ = too_long_ || text_.size() >= static_cast<size_t>(kMaxLineBytes);
        if (too_long_)
            text_.clear();
        else
            text_ += static_cast<char>(byte);
    }

    bool check_end() {
        if (bytes_.peek() == ']') bytes_.take();
        skip_blanks();
        if (bytes_.peek() != ByteReader::kEnd) refuse("nothing behind the array");
        return false;
    }

    ByteReader bytes_;
    std::string text_;
    bool is_lines_ = false, ended_ = false, too_long_ = false;
};

}  // namespace

const char* name_of(FileKind kind) {
    static constexpr const char* kNames[] = {"txt", "md", "html", "docx", "pdf", "jsonl", "json", "csv", "tsv"};
    return kNames[static_cast<size_t>(kind)];
}

RecordSource open_records(const std::string& path, FileKind kind, FilePlace start) {
    const auto rows_of = [start](auto reader) -> RecordSource {
        if (start.byte > 0) reader->go_to(start);
        return [reader](Record& record) { return reader->next(record); };
    };
    if (kind == FileKind::csv || kind == FileKind::tsv)
        return rows_of(std::make_shared<CsvReader>(path, kind == FileKind::tsv ? '\t' : '\0'));
    if (kind == FileKind::json) {
        auto reader = std::make_shared<JsonArrayReader>(path);
        if (!reader->is_lines()) return rows_of(std::move(reader));
    }
    return json_lines(path, start);
}

Json row_of(Record& record, const std::string& file) {
    return record.table ? std::move(*record.table) : parse_json(record.json, file);
}

}  // namespace lathe
