#include "engine/data/odd_lines.h"

#include <algorithm>

#include "engine/base/error.h"
#include "engine/data/jinja_text.h"
#include "engine/data/line_reader.h"
#include "engine/data/tokenizer.h"

namespace lathe {

namespace {

// Bytes that no text for reading has; tab, line feed and carriage return are fine.
bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F;
    });
}

bool has_replacement(std::string_view text) {
    return text.find("\xEF\xBF\xBD") != std::string_view::npos;
}

}  // namespace

std::string beginning_of(std::string_view text, size_t most) {
    if (text.size() > most) {
        text = text.substr(0, most);
        text = text.substr(0, complete_utf8_prefix(text));
    }
    return jinja::utf8_of(jinja::text_of(std::string(text)));
}

int64_t& OddLines::count_of(const std::string& kind) {
    const auto found = std::find_if(counts_.begin(), counts_.end(), [&](const auto& one) { return one.first == kind; });
    return found != counts_.end() ? found->second : counts_.emplace_back(kind, 0).second;
}

void OddLines::add(const std::string& kind, const std::string& file, int64_t line, std::string_view text) {
    if (++count_of(kind) <= static_cast<int64_t>(kMostOddLines))
        lines_.push_back({kind, file, line, beginning_of(text, kOddTextBytes)});
}

void OddLines::add_rows(const ImportReport& report) {
    int64_t bad = report.bad_rows, empty = report.empty_rows;
    for (const RowNote& note : report.notes) {
        const bool is_bad = note.kind == "bad";
        if (!is_bad && note.kind != "empty" && note.kind != "empty_answer") continue;
        add(is_bad ? "bad" : "empty", note.place.file, note.place.line, note.reason);
        --(is_bad ? bad : empty);
    }
    if (bad > 0) count_of("bad") += bad;  // of which there is no note
    if (empty > 0) count_of("empty") += empty;
}

void OddLines::look_through(const DataFile& file, const std::function<void()>& go_on) {
    OddLines found;
    int64_t told = 0;
    // What is wrong with the whole file is told by who reads its documents.
    const auto wrong = error_of([&] {
        LineReader reader(file.path);
        for (Line line; reader.next(line);) {
            if (reader.position() - told >= 1 << 20) {
                told = reader.position();
                go_on();
            }
            if (line.text.find('\0') != std::string_view::npos) fail({.kind = ErrorKind::malformed, .file = file.path});
            if (line.too_long || line.text.size() > kVeryLongBytes)
                found.add("very_long", file.path, line.number, line.text);
            if (first_invalid_utf8(line.text) < line.text.size())
                found.add("invalid_utf8", file.path, line.number, line.text);
            else if (has_replacement(line.text))
                found.add("replaced", file.path, line.number, line.text);
            if (has_control(line.text)) found.add("control", file.path, line.number, line.text);
        }
    });
    if (wrong && wrong->kind == ErrorKind::cancelled) fail(*wrong);
    if (!wrong) add_all(found);
}

void OddLines::look_at(std::string_view text, const DocumentPlace& place) {
    if (text.size() > kVeryLongBytes) add("very_long", place.file, place.line, text);
    if (has_replacement(text)) add("replaced", place.file, place.line, text);
    if (has_control(text)) add("control", place.file, place.line, text);
}

void OddLines::add_all(const OddLines& others) {
    for (const auto& [kind, count] : others.counts_) {
        const int64_t before = count_of(kind);
        int64_t room = static_cast<int64_t>(kMostOddLines) - before;
        for (const OddLine& line : others.lines_)
            if (line.kind == kind && room-- > 0) lines_.push_back(line);
        count_of(kind) += count;
    }
}

}  // namespace lathe
