#include "engine/data/example_table.h"

#include <utility>

#include "engine/base/error.h"
#include "engine/data/line_reader.h"

namespace lathe {

namespace {

constexpr const char* kRoles[] = {"user", "assistant"};

[[noreturn]] void refuse(std::string why) {
    fail({.kind = ErrorKind::unsupported,
          .expected = "a system message, then texts of user and assistant by turns",
          .found = std::move(why)});
}

void add_message(ExampleRow& row, const Json& message, bool first) {
    for (const auto& [key, value] : message.items())
        if (key != "role" && key != "content" && !value.is_null()) refuse("a message with \"" + key + "\"");
    const auto content = message.find("content");
    if (content == message.end() || !content->is_string()) refuse("a message whose content is not a text");
    const std::string role = message["role"];
    if (first && role == "system") {
        row.system = *content;
    } else if (role == kRoles[row.turns.size() % 2]) {
        row.turns.push_back(*content);
    } else {
        refuse("a turn of \"" + role + "\" in the place of \"" + kRoles[row.turns.size() % 2] + "\"");
    }
}

ExampleRow row_of(const Example& example) {
    if (!example.tools.is_null() && !example.tools.empty()) refuse("tools");
    ExampleRow row;
    for (const Json& message : example.messages) add_message(row, message, &message == &example.messages.front());
    if (row.turns.empty()) refuse("no question");
    if (row.turns.size() % 2 != 0) row.turns.emplace_back();
    return row;
}

void check_size(size_t rows, size_t bytes, const std::string& file) {
    if (rows > static_cast<size_t>(kMostTableRows))
        fail({.kind = ErrorKind::too_large,
              .file = file,
              .expected = "at most " + std::to_string(kMostTableRows) + " examples in a table"});
    if (bytes > static_cast<size_t>(kMostTableBytes))
        fail({.kind = ErrorKind::too_large,
              .file = file,
              .expected = "at most " + std::to_string(kMostTableBytes) + " bytes in a table",
              .found = std::to_string(bytes)});
}

Json message(const char* role, const std::string& text, size_t row) {
    if (text.find('\0') != std::string::npos || first_invalid_utf8(text) != text.size())
        fail({.kind = ErrorKind::malformed, .key = "row " + std::to_string(row), .expected = "UTF-8 without NUL"});
    return {{"role", role}, {"content", text}};
}

}  // namespace

std::vector<ExampleRow> read_example_table(const DocumentSource& source) {
    std::vector<DataFile> files = list_data_files(source);
    recognise_rows(files, source);
    const DataFile& file = files.front();
    if (files.size() != 1 || !has_examples(file))
        fail({.kind = ErrorKind::unsupported,
              .file = file.path,
              .expected = "a file of conversations or of questions and answers",
              .found = files.size() != 1 ? "a folder" : "texts"});
    check_size(0, static_cast<size_t>(file.size), file.path);
    std::vector<ExampleRow> rows;
    const RecordSource records = open_records(file.path, file.kind);
    for (Record record; records(record);) {
        const auto wrong = error_of([&] {
            if (!record.reason.empty()) fail({.kind = ErrorKind::malformed, .found = record.reason});
            rows.push_back(row_of(conversation_of(lathe::row_of(record, file.path), file.layout)));
        });
        if (wrong)
            fail({.kind = wrong->kind,
                  .file = file.path,
                  .key = "line " + std::to_string(record.line),
                  .expected = wrong->expected,
                  .found = wrong->found});
        check_size(rows.size(), 0, file.path);
    }
    return rows;
}

std::string example_table_jsonl(std::span<const ExampleRow> rows) {
    check_size(rows.size(), 0, "");
    std::string lines;
    size_t number = 0;
    for (const ExampleRow& row : rows) {
        ++number;
        if (row.turns.empty() || row.turns.size() % 2 != 0)
            fail({.kind = ErrorKind::out_of_range,
                  .key = "row " + std::to_string(number),
                  .expected = "questions and answers in pairs",
                  .found = std::to_string(row.turns.size()) + " turns"});
        Json messages = Json::array();
        if (!row.system.empty()) messages.push_back(message("system", row.system, number));
        for (size_t turn = 0; turn < row.turns.size(); ++turn)
            messages.push_back(message(kRoles[turn % 2], row.turns[turn], number));
        lines += dump_json({{"messages", std::move(messages)}}) + "\n";
        check_size(0, lines.size(), "");
    }
    return lines;
}

}  // namespace lathe
