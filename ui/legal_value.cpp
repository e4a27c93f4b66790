#include "ui/legal_value.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <vector>

#include "engine/base/config_fields.h"

namespace lathe {

namespace {

constexpr int64_t kNear = 128;  // whole numbers that are tried to both sides

struct Numeric {
    bool is_number = false, is_whole = false;
    double now = 0, usual = 0;
};

Numeric numeric_field(const RunConfig& config, const std::string& key) {
    Numeric numeric;
    for_each_leaf(config, [&](const std::string& name, const auto& value, const Field&) {
        using Value = std::remove_cvref_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, int64_t> || std::is_same_v<Value, double>) {
            if (name == key) numeric = {true, std::is_same_v<Value, int64_t>, static_cast<double>(value), 0};
        }
    });
    RunConfig usual;
    usual.model.emplace();
    for_each_leaf(usual, [&](const std::string& name, const auto& value, const Field&) {
        if constexpr (std::is_arithmetic_v<std::remove_cvref_t<decltype(value)>>)
            if (name == key) numeric.usual = static_cast<double>(value);
    });
    return numeric;
}

// Those that stand in a text: "8 to 65536".
std::vector<double> numbers_in(const std::string& text) {
    std::vector<double> numbers;
    for (size_t at = 0; at < text.size();) {
        double number = 0;
        const bool begins = std::isdigit(static_cast<unsigned char>(text[at])) != 0 &&
                            (at == 0 || std::isalnum(static_cast<unsigned char>(text[at - 1])) == 0);
        const auto [end, fault] = std::from_chars(text.data() + at, text.data() + text.size(), number);
        if (begins && fault == std::errc()) {
            numbers.push_back(number);
            at = static_cast<size_t>(end - text.data());
        } else {
            ++at;
        }
    }
    return numbers;
}

std::string json_of(double value, bool whole) {
    char text[32];
    const auto end = whole ? std::to_chars(text, text + sizeof text, std::llround(value))
                           : std::to_chars(text, text + sizeof text, value);
    return {text, end.ptr};
}

// strict: nothing else may be wrong with the config either.
bool is_legal(RunConfig config, const std::string& key, const std::string& value, bool strict) {
    try {
        set_field(config, key + "=" + value);
        validate(config, "");
        return true;
    } catch (const Exception& exception) {
        return !strict && exception.error().key != key;
    }
}

}  // namespace

std::optional<std::string> legal_value(const RunConfig& config, const Error& error, const std::string& found) {
    const Numeric field = numeric_field(config, error.key);
    if (!field.is_number) return std::nullopt;
    double wanted = field.now;
    std::from_chars(found.data(), found.data() + found.size(), wanted);
    if (error.kind == ErrorKind::wrong_type) {  // 1.5 steps, or words
        const std::string rounded = json_of(field.is_whole ? std::round(wanted) : field.now, field.is_whole);
        return is_legal(config, error.key, rounded, false) ? rounded : json_of(field.now, field.is_whole);
    }
    std::vector<double> candidates = numbers_in(error.expected);
    if (field.is_whole)
        for (int64_t by = 1; by <= kNear; ++by)
            for (const int64_t sign : {-1, 1}) candidates.push_back(wanted + static_cast<double>(sign * by));
    candidates.push_back(field.now);
    candidates.push_back(field.usual);
    std::stable_sort(candidates.begin(), candidates.end(),
                     [wanted](double a, double b) { return std::abs(a - wanted) < std::abs(b - wanted); });
    for (const bool strict : {true, false})
        for (const double candidate : candidates)
            if (const std::string json = json_of(candidate, field.is_whole);
                json != found && is_legal(config, error.key, json, strict))
                return json;
    return std::nullopt;
}

}  // namespace lathe
