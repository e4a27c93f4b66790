// Strings of a template. A string is a row of code points, each of which carries a mark if it came from the
// conversation; whatever takes strings apart and puts them together (slices, strip, replace, join, tojson, case) moves
// code points, and the mark with them. So the renderer can say of every character whether the template wrote it.
// Comparisons do not see the mark. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "engine/data/jinja_budget.h"

namespace lathe::jinja {

using Text = std::u32string;
using TextView = std::u32string_view;

constexpr char32_t kConversation = 0x8000'0000;  // the mark
inline char32_t code_point(char32_t c) {
    return c & ~kConversation;
}

// Invalid UTF-8 becomes U+FFFD.
Text text_of(std::string_view utf8, bool from_conversation = false);
std::string utf8_of(TextView text);
inline Text text_of_char(char32_t c) {
    return Text(1, c);
}

int compare(TextView a, TextView b);  // by code points: < 0, 0, > 0
inline bool equal(TextView a, TextView b) {
    return a.size() == b.size() && compare(a, b) == 0;
}
bool equal(TextView a, std::string_view ascii);
bool starts_with(TextView text, TextView part);
bool ends_with(TextView text, TextView part);
// Place of the first (last) occurrence at or behind `from`, npos: none. Its time counts.
size_t find(TextView text, TextView part, size_t from, Budget& budget);
size_t rfind(TextView text, TextView part, Budget& budget);

// As Python's str has them.
bool is_space(char32_t c);
bool is_line_break(char32_t c);
bool is_printable(char32_t c);
bool is_letter(char32_t c);
bool is_digit(char32_t c);  // decimal
bool is_lower(char32_t c);
bool is_upper(char32_t c);
Text upper(TextView text);
Text lower(TextView text);
Text capitalize(TextView text);
Text title(TextView text);  // of str, not jinja's filter
Text swapcase(TextView text);

enum class Side { left, right, both };
// Without the characters of `set` at its ends; no set: blanks.
TextView strip(TextView text, std::optional<TextView> set, Side side, Budget& budget);
void for_each_line(TextView text, bool keep_ends, const std::function<void(TextView)>& line);

}  // namespace lathe::jinja
