// printf into a string. Any thread.
#pragma once

#include <algorithm>
#include <cstdio>
#include <string>

namespace lathe {

template <class... Values>
std::string format_text(const char* format, Values... values) {
    const int length = std::snprintf(nullptr, 0, format, values...);
    std::string result(static_cast<size_t>(std::max(0, length)), ' ');
    std::snprintf(result.data(), result.size() + 1, format, values...);
    return result;
}

}  // namespace lathe
