#include "engine/data/documents.h"

#include <simdjson.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "engine/base/error.h"
#include "engine/data/file_reading.h"

namespace lathe {

namespace {

constexpr size_t kMaxDepth = 64;
constexpr size_t kLargeRow = 1 << 20;

// The text of a row, or the reason why it has none. Everything in the row is checked, not the text column alone.
struct Row {
    std::string_view text;
    std::string reason;
};

Row parse_row(simdjson::dom::parser& parser, std::string_view json, const std::string& text_column) {
    simdjson::dom::element root;
    // The reader keeps simdjson's padding readable behind each row.
    if (const auto error = parser.parse(json.data(), json.size(), false).get(root))
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

struct FirstSeen {
    const std::string* file;
    int64_t line;
};

// The documents of a file of rows.
class RowReading {
public:
    RowReading(FileReading& reading, const std::string& system_prompt, const ExampleCallback& callback,
               std::unordered_map<size_t, FirstSeen>& seen)
        : reading_(reading), system_prompt_(system_prompt), callback_(callback), seen_(seen) {
        prepare();
    }

    void read() {
        ImportReport::FileRows& rows = reading_.report.files.emplace_back();
        rows.file = reading_.file.path;
        const bool examples = has_examples(reading_.file);
        const RecordSource records = open_records(reading_.file.path, reading_.file.kind, reading_.start);
        for (Record record; reading_.proceed && records(record);) {
            ++rows.rows;
            ++reading_.report.rows;
            const DocumentPlace place{reading_.file.path, record.line, record.byte,
                                      reading_.bytes_before + record.position};
            const std::string reason = !record.reason.empty() ? record.reason
                                       : examples             ? take_example(record, place)
                                                              : take_text(record, place);
            if (reason.empty()) continue;
            add_bad_row(reading_.report, rows, {"bad", place, reason});
        }
        if (reading_.proceed && reading_.start.byte == 0) check_bad_rows(rows);
    }

private:
    void prepare() {
        parser_ = simdjson::dom::parser();
        if (parser_.allocate(kLargeRow, kMaxDepth)) fail(Error{.kind = ErrorKind::memory, .file = reading_.file.path});
    }

    // Both hand the row over, or say why it is bad.
    std::string take_text(const Record& record, const DocumentPlace& place) {
        const std::string& column = reading_.file.layout.columns.text;
        Row row;
        if (!record.table)
            row = parse_row(parser_, record.json, column);
        else if (const auto found = record.table->find(column); found != record.table->end())
            row.text = found->get_ref<const std::string&>();
        else
            row.reason = "no column \"" + column + "\"";
        if (!row.reason.empty()) return row.reason;
        if (is_blank(row.text)) {
            if (++reading_.report.empty_rows <= kMostNotes) reading_.report.notes.push_back({"empty", place, ""});
        } else {
            DocumentPlace whole = place;
            whole.row = record.json;
            whole.table = record.table ? &*record.table : nullptr;
            reading_.hand_over(row.text, whole);
        }
        if (record.json.size() > kLargeRow) prepare();
        return "";
    }

    std::string take_example(Record& record, const DocumentPlace& place) {
        ImportReport& report = reading_.report;
        Example example;
        Json row;
        const auto bad = error_of([&] {
            row = row_of(record, place.file);
            example = example_of(row, reading_.file.layout, system_prompt_);
        });
        if (bad && bad->exit_status() == 3) fail(*bad);  // not the row's fault
        if (bad && bad->kind == ErrorKind::empty) {
            if (++report.empty_rows <= kMostNotes) report.notes.push_back({"empty_answer", place, bad->found});
            return "";
        }
        if (bad) return bad->found.empty() ? bad->expected : bad->found;
        look_for_duplicate(example, place);
        ++report.documents;
        ++report.examples;
        report.bytes += static_cast<int64_t>(plain_text(example).size());
        DocumentPlace whole = place;
        whole.row = record.json;
        whole.table = record.table ? &row : nullptr;
        reading_.proceed = callback_(std::move(example), whole);
        return "";
    }

    void look_for_duplicate(const Example& example, const DocumentPlace& place) {
        const size_t hash = std::hash<std::string>()(dump_json(example.messages) + dump_json(example.tools));
        const auto [first, fresh] = seen_.emplace(hash, FirstSeen{&reading_.file.path, place.line});
        if (fresh || ++reading_.report.duplicate_rows > kMostNotes) return;
        const auto [file, line] = first->second;
        reading_.report.notes.push_back(
            {"duplicate", place, "as line " + std::to_string(line) + (*file == place.file ? "" : " of " + *file)});
    }

    FileReading& reading_;
    const std::string& system_prompt_;
    const ExampleCallback& callback_;
    std::unordered_map<size_t, FirstSeen>& seen_;
    simdjson::dom::parser parser_;
};

}  // namespace

void add_bad_row(ImportReport& report, ImportReport::FileRows& file, const RowNote& bad) {
    ++file.bad_rows;
    if (!report.first_bad) report.first_bad = bad;
    if (!file.first_bad) file.first_bad = bad;
    if (++report.bad_rows <= kMostNotes) report.notes.push_back(bad);
}

void check_bad_rows(const ImportReport::FileRows& file) {
    if (file.bad_rows * 20 <= file.rows) return;
    const DocumentPlace& place = file.first_bad->place;
    fail(Error{.kind = ErrorKind::malformed,
               .file = file.file,
               .key = "line " + std::to_string(place.line) + ", byte " + std::to_string(place.byte),
               .expected = "at most 5 % bad rows",
               .found = std::to_string(file.bad_rows) + " of " + std::to_string(file.rows) +
                        ", the first: " + file.first_bad->reason});
}

void read_documents(const std::vector<DataFile>& files, const std::string& system_prompt,
                    const DocumentCallback& document, const ExampleCallback& example, ImportReport& report,
                    FilePlace start) {
    std::unordered_map<size_t, FirstSeen> seen;
    int64_t bytes_before = 0;
    for (const DataFile& file : files) {
        const int64_t documents_before = report.documents;
        FileReading reading{file, document, report, bytes_before, &file == &files.front() ? start : FilePlace()};
        switch (file.kind) {
            case FileKind::txt:
                read_plain_text(reading);
                break;
            case FileKind::md:
                read_markdown(reading);
                break;
            case FileKind::html:
                read_html(reading);
                break;
            case FileKind::docx:
                read_docx(reading);
                break;
            case FileKind::pdf:
                read_pdf(reading);
                break;
            default:
                RowReading(reading, system_prompt, example, seen).read();
        }
        if (!reading.proceed) break;
        if (report.documents == documents_before && reading.start.byte == 0)
            fail(Error{.kind = ErrorKind::empty,
                       .file = file.path,
                       .expected = !has_rows(file.kind) ? "text"
                                   : has_examples(file) ? "rows with an answer"
                                                        : "rows with text",
                       .found = "none"});
        bytes_before += file.size;
    }
}

ImportReport for_each_document(const DocumentSource& source, const DocumentCallback& document) {
    std::vector<DataFile> files = list_data_files(source);
    recognise_rows(files, source);
    ImportReport report;
    read_documents(
        files, source.system_prompt, document,
        [&](const Example& example, const DocumentPlace& place) { return document(plain_text(example), place); },
        report);
    return report;
}

}  // namespace lathe
