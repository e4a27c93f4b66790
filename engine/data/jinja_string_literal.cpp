#include "engine/data/jinja_string_literal.h"

#include <string_view>

#include "engine/data/jinja_lexer.h"

namespace lathe::jinja {

namespace {

int hex_value(char32_t c) {
    if (c >= '0' && c <= '9') return static_cast<int>(c - '0');
    const char32_t letter = c | 0x20;
    return letter >= 'a' && letter <= 'f' ? static_cast<int>(letter - 'a') + 10 : -1;
}

}  // namespace

Text unescaped(TextView literal, int line) {
    constexpr std::string_view kNames = "abfnrtv\\'\"";
    constexpr std::string_view kMeanings = "\a\b\f\n\r\t\v\\'\"";
    Text text;
    for (size_t i = 0; i < literal.size(); ++i) {
        if (literal[i] != '\\') {
            text += literal[i];
            continue;
        }
        const char32_t kind = literal[++i];  // the lexer saw that there is one
        if (kind == '\n') continue;
        const size_t known = kind < 128 ? kNames.find(static_cast<char>(kind)) : std::string_view::npos;
        if (known != std::string_view::npos) {
            text += static_cast<char32_t>(kMeanings[known]);
            continue;
        }
        char32_t point = 0;
        if (kind >= '0' && kind <= '7') {
            size_t digits = 0;
            for (;
                 digits < 3 && i + digits < literal.size() && literal[i + digits] >= '0' && literal[i + digits] <= '7';
                 ++digits)
                point = point * 8 + (literal[i + digits] - '0');
            i += digits - 1;
            text += point;
            continue;
        }
        const size_t length = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
        if (kind == 'N') fail_syntax(line, "\\N in a string: Lathe knows no character names");
        if (length == 0) {
            text += U'\\';
            text += kind;
            continue;
        }
        for (size_t digit = 1; digit <= length; ++digit) {
            const int value = i + digit < literal.size() ? hex_value(literal[i + digit]) : -1;
            if (value < 0 || point > 0x10FFFF) fail_syntax(line, "a broken escape in a string");
            point = point * 16 + static_cast<char32_t>(value);
        }
        if (point > 0x10FFFF) fail_syntax(line, "a broken escape in a string");
        text += point;
        i += length;
    }
    return text;
}

}  // namespace lathe::jinja
