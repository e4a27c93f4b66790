// The rows of a file, whatever holds them: JSON lines, a JSON array, or a table of comma or tab separated values (RFC
// 4180: quoted fields, which may hold line ends and doubled quotes; the first row names the columns). Memory is bounded
// by a row (16 MiB). One thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/json.h"
#include "engine/data/line_reader.h"

namespace lathe {

enum class FileKind { txt, md, html, docx, pdf, jsonl, json, csv, tsv };
const char* name_of(FileKind kind);

struct Record {
    std::string_view json;  // of JSON: the row as written, kLinePadding readable bytes behind it; until the next one
    std::optional<Json> table;  // of a table: an object of texts
    std::string reason;         // why it is no row, "" where it is one
    int64_t line = 0;           // where it begins, from 1
    int64_t byte = 0;           // of that line, or of the row in a JSON array
    int64_t position = 0;       // bytes of the file behind it
};

// Fills the next row; false at the end. Errors: those of LineReader; malformed with "line N" as key for a JSON array
// that is cut short or no array, a table without a header or that is no UTF-8 text, a column named twice or a quote
// that is not closed.
using RecordSource = std::function<bool(Record& record)>;
// `start`: where a row begins that the reading is to begin with; at byte 0 the first one.
// A .json file that begins with an object is read as JSON lines.
RecordSource open_records(const std::string& path, FileKind kind, FilePlace start = {});
// The row as JSON; takes a table's. Errors: those of parse_json.
Json row_of(Record& record, const std::string& file);

// Of a table's header: the mark that stands in it most often outside quotes, of comma, semicolon and tab.
char separator_of(std::string_view header);

}  // namespace lathe
