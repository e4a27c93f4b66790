// A file of conversations as the rows of a table that a user edits, and back. Any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/base/events.h"
#include "engine/data/documents.h"

namespace lathe {

constexpr int64_t kMostTableRows = 100'000, kMostTableBytes = 64LL << 20;

// Every row of the source's one file. A question that is not answered yet has an empty answer behind it. Errors: those
// of list_data_files and recognise_rows; too_large over the limits above; unsupported for a file without conversations;
// with "line N" as key: malformed for a bad row, unsupported for one that a table cannot hold whole (tools, parts of
// content, turns out of order).
std::vector<ExampleRow> read_example_table(const DocumentSource& source);

// A line {"messages": […]} a row. Errors, naming "row N" or the limit: out_of_range where turns are not in pairs,
// malformed for a NUL or what is no UTF-8, too_large.
std::string example_table_jsonl(std::span<const ExampleRow> rows);

}  // namespace lathe
