// "%s" % values and "{}".format(values), their plain forms; and numbers read from text.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "engine/data/jinja_callable.h"

namespace lathe::jinja {

namespace {

constexpr int64_t kMaxWidth = 1000;

struct Specification {
    bool left = false, zeros = false, plus = false, blank = false;
    int64_t width = 0, precision = -1;
    char kind = 's';
};

std::string ascii_of(TextView text) {
    std::string ascii;
    for (const char32_t c : text) ascii += code_point(c) < 128 ? static_cast<char>(code_point(c)) : '?';
    return ascii;
}

std::string number_text(const Value& value, const Specification& spec) {
    if (value.is_undefined()) fail_undefined(value);
    if (!value.is_number())
        fail_type(std::string("%") + spec.kind + " format: a number is required, not " + value.type_name());
    std::string text;
    const bool whole = spec.kind == 'd' || spec.kind == 'i' || spec.kind == 'u';
    if (whole) {
        if (!(std::abs(value.real()) < 9.2e18)) fail_type("%d of a number that is too large");
        text = std::to_string(value.integer() ? *value.integer() : static_cast<int64_t>(value.real()));
    } else {
        char digits[512];
        const char form[] = {'%', '.', '*', spec.kind, '\0'};
        const auto precision = static_cast<int>(spec.precision < 0 ? 6 : std::min<int64_t>(spec.precision, 100));
        std::snprintf(digits, sizeof digits, form, precision, value.real());
        text = digits;
    }
    if (text[0] != '-' && (spec.plus || spec.blank)) text.insert(0, spec.plus ? "+" : " ");
    if (spec.zeros && !spec.left && static_cast<int64_t>(text.size()) < spec.width)
        text.insert(text[0] == '-' || text[0] == '+' || text[0] == ' ' ? 1 : 0,
                    static_cast<size_t>(spec.width) - text.size(), '0');
    return text;
}

void append_formatted(TextBuilder& out, Budget& budget, const Value& value, const Specification& spec) {
    Text text;
    switch (spec.kind) {
        case 's':
            text = *str_of(budget, value).string();
            break;
        case 'r': {
            TextBuilder repr(budget);
            append_repr(repr, budget, value);
            text = repr.text();
            break;
        }
        case 'd':
        case 'i':
        case 'u':
        case 'f':
        case 'F':
        case 'e':
        case 'E':
        case 'g':
        case 'G':
            text = text_of(number_text(value, spec));
            break;
        default:
            fail_type(std::string("the format character '") + spec.kind + "': Lathe does not know it");
    }
    if ((spec.kind == 's' || spec.kind == 'r') && spec.precision >= 0)
        text = text.substr(0, static_cast<size_t>(spec.precision));
    const auto length = static_cast<int64_t>(text.size());
    const Text fill(static_cast<size_t>(std::max<int64_t>(spec.width - length, 0)), U' ');
    if (!spec.left) out.append(fill);
    out.append(text);
    if (spec.left) out.append(fill);
}

int64_t take_number(TextView& format) {
    int64_t number = 0;
    for (; !format.empty() && code_point(format[0]) >= '0' && code_point(format[0]) <= '9'; format.remove_prefix(1)) {
        number = number * 10 + (code_point(format[0]) - '0');
        if (number > kMaxWidth) fail_type("a format that is wider than " + std::to_string(kMaxWidth));
    }
    return number;
}

// Behind the %; leaves what follows.
Specification take_specification(TextView& format) {
    Specification spec;
    const auto next = [&] { return format.empty() ? char32_t{0} : code_point(format[0]); };
    for (; next() != 0; format.remove_prefix(1)) {
        if (next() == '-')
            spec.left = true;
        else if (next() == '0')
            spec.zeros = true;
        else if (next() == '+')
            spec.plus = true;
        else if (next() == ' ')
            spec.blank = true;
        else
            break;
    }
    spec.width = take_number(format);
    if (next() == '.') {
        format.remove_prefix(1);
        spec.precision = take_number(format);
    }
    if (format.empty()) fail_type("incomplete format");
    spec.kind = next() < 128 ? static_cast<char>(next()) : '?';
    format.remove_prefix(1);
    return spec;
}

}  // namespace

Value percent_format(Budget& budget, TextView format, const Value& values) {
    const bool is_tuple = values.is(SequenceKind::tuple);
    const size_t count = is_tuple ? values.sequence()->items.size() : 1;
    size_t used = 0;
    bool by_name = false;
    TextBuilder out(budget);
    while (!format.empty()) {
        const auto percent =
            std::find_if(format.begin(), format.end(), [](char32_t c) { return code_point(c) == '%'; });
        out.append(format.substr(0, static_cast<size_t>(percent - format.begin())));
        format.remove_prefix(static_cast<size_t>(percent - format.begin()));
        if (format.empty()) break;
        format.remove_prefix(1);
        std::optional<Value> named;
        if (!format.empty() && code_point(format[0]) == '(') {
            const size_t end = find(format, U")", 0, budget);
            if (end == TextView::npos || values.dict() == nullptr) fail_type("format requires a mapping");
            const Value* found = lookup(budget, *values.dict(), string_value(budget, Text(format.substr(1, end - 1))));
            if (found == nullptr) fail_type("a name in the format that the mapping does not have");
            named = *found;
            by_name = true;
            format.remove_prefix(end + 1);
        }
        const Specification spec = take_specification(format);
        if (spec.kind == '%') {
            out.append("%");
            continue;
        }
        if (!named && used >= count) fail_type("not enough arguments for format string");
        if (!named) named = is_tuple ? values.sequence()->items[used] : values;
        ++used;
        append_formatted(out, budget, *named, spec);
    }
    if (!by_name && used < count && (is_tuple || values.dict() == nullptr) && !values.is(SequenceKind::list))
        fail_type("not all arguments converted during string formatting");
    return out.finish();
}

Value brace_format(Budget& budget, TextView format, Arguments& arguments) {
    TextBuilder out(budget);
    size_t next = 0;
    for (size_t at = 0; at < format.size(); ++at) {
        const char32_t c = code_point(format[at]);
        const bool doubled = at + 1 < format.size() && code_point(format[at + 1]) == c;
        if ((c == '{' || c == '}') && doubled) {
            out.append(format[at++]);
            continue;
        }
        if (c == '}') fail_type("Single '}' encountered in format string");
        if (c != '{') {
            out.append(format[at]);
            continue;
        }
        const size_t end = find(format, U"}", at, budget);
        if (end == TextView::npos) fail_type("expected '}' before end of string");
        const std::string field = ascii_of(format.substr(at + 1, end - at - 1));
        if (field.find_first_of(".[!:{") != std::string::npos)
            fail_type("format() with more than a place or a name in braces: Lathe does not know it");
        at = end;
        const auto index = field.empty() ? std::optional<int64_t>(next++) : parse_integer(text_of(field), 10);
        const Value* value = nullptr;
        if (index && *index >= 0 && static_cast<size_t>(*index) < arguments.positional.size())
            value = &arguments.positional[static_cast<size_t>(*index)];
        if (!index)
            for (const auto& [name, given] : arguments.named)
                if (name == field) value = &given;
        if (value == nullptr) fail_type("format() has no value for {" + field + "}");
        append_str(out, budget, *value);
    }
    return out.finish();
}

std::optional<int64_t> parse_integer(TextView text, int64_t base) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    if (text.size() > 70 || base < 2 || base > 36) return std::nullopt;
    std::string digits;
    const std::string all = ascii_of(text);
    size_t at = !all.empty() && (all[0] == '-' || all[0] == '+') ? 1 : 0;
    if (all[0] == '-') digits = "-";
    if (at + 1 < all.size() && all[at] == '0') {
        const char letter = static_cast<char>(all[at + 1] | 0x20);
        if ((letter == 'x' && base == 16) || (letter == 'o' && base == 8) || (letter == 'b' && base == 2)) at += 2;
    }
    for (const size_t first = at; at < all.size(); ++at) {
        if (all[at] == '_' && at > first && all[at - 1] != '_' && at + 1 < all.size()) continue;
        digits += all[at];
    }
    int64_t number = 0;
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), number, static_cast<int>(base));
    if (result.ec != std::errc() || result.ptr != digits.data() + digits.size()) return std::nullopt;
    return number;
}

std::optional<double> parse_real(TextView text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    if (text.size() > 400) return std::nullopt;
    std::string digits = ascii_of(text);
    if (!digits.empty() && digits[0] == '+') digits.erase(0, 1);
    for (char& c : digits)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    double number = 0;
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (result.ptr != digits.data() + digits.size() || result.ec == std::errc::invalid_argument) return std::nullopt;
    return number;
}

}  // namespace lathe::jinja
