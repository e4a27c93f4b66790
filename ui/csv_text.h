// Comma-separated values (RFC 4180): numbers are the shortest that read back as the same, with a point whatever the
// locale; NaN is "nan". Any thread.
#pragma once

#include <charconv>
#include <string>

namespace lathe {

template <class Number>
void add_number(std::string& line, Number number) {
    char text[32];
    line.append(text, std::to_chars(text, text + sizeof text, number).ptr);
}

// In quotes where it needs them.
std::string csv_field(const std::string& text);

}  // namespace lathe
