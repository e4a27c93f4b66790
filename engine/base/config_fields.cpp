#include "engine/base/config_fields.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

#include "engine/base/error.h"

namespace lathe {

namespace {

constexpr size_t kShownLength = 60;
constexpr size_t kComparedLength = 64;

std::string number_text(double value) {
    char text[32];
    return std::string(text, std::to_chars(text, text + sizeof text, value).ptr);
}

std::string shown(const std::string& text) {
    if (text.size() <= kShownLength) return "\"" + text + "\"";
    size_t end = kShownLength;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return "\"" + text.substr(0, end) + "...\"";
}

size_t edit_distance(std::string_view a, std::string_view b) {
    a = a.substr(0, kComparedLength);
    b = b.substr(0, kComparedLength);
    std::vector<size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), size_t{0});
    for (size_t i = 0; i < a.size(); ++i) {
        size_t diagonal = row[0]++;
        for (size_t j = 0; j < b.size(); ++j) {
            const size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
        }
    }
    return row.back();
}

std::string_view last_part(std::string_view key) {
    const size_t dot = key.rfind('.');
    return dot == std::string_view::npos ? key : key.substr(dot + 1);
}

[[noreturn]] void fail_range(const std::string& file, const std::string& key, std::string expected, std::string found) {
    fail({.kind = ErrorKind::out_of_range,
          .file = file,
          .key = key,
          .expected = std::move(expected),
          .found = std::move(found)});
}

}  // namespace

std::string range_text(const Field& field) {
    const bool below = std::isfinite(field.min);
    const bool above = std::isfinite(field.max);
    if (below && above && field.min == field.max) return number_text(field.min);
    if (below && above) return number_text(field.min) + " to " + number_text(field.max);
    if (below) return "at least " + number_text(field.min);
    return above ? "at most " + number_text(field.max) : "";
}

std::string nearest_key(const std::string& key, const std::vector<std::string>& known) {
    std::string nearest;
    size_t best = std::string::npos;
    for (const std::string& candidate : known) {
        const size_t distance =
            std::min(2 * edit_distance(key, candidate), 2 * edit_distance(last_part(key), last_part(candidate)) + 1);
        if (distance < best) {
            best = distance;
            nearest = candidate;
        }
    }
    return nearest;
}

void check_field(bool, const Field&, const std::string&, const std::string&) {}

void check_field(int64_t value, const Field& field, const std::string& key, const std::string& file) {
    const double number = static_cast<double>(value);
    if (number < field.min || number > field.max) fail_range(file, key, range_text(field), std::to_string(value));
}

void check_field(double value, const Field& field, const std::string& key, const std::string& file) {
    // Written so that a NaN fails.
    if (!(value >= field.min && value <= field.max && std::isfinite(value))) {
        const std::string range = range_text(field);
        fail_range(file, key, range.empty() ? "a finite number" : range, number_text(value));
    }
}

void check_field(const std::string& value, const Field& field, const std::string& key, const std::string& file) {
    if (value.find('\0') != std::string::npos) fail_range(file, key, "text without NUL", "a NUL");
    if (field.choices.empty()) return;
    if (std::find(field.choices.begin(), field.choices.end(), value) != field.choices.end()) return;
    std::string choices;
    for (const std::string& choice : field.choices) choices += (choices.empty() ? "" : ", ") + choice;
    fail_range(file, key, "one of " + choices, shown(value));
}

void check_field(const std::vector<std::string>& value, const Field& field, const std::string& key,
                 const std::string& file) {
    for (const std::string& item : value) check_field(item, field, key, file);
}

}  // namespace lathe
