// Strict JSON: duplicate keys, nesting over 64, comments, NaN literals and invalid UTF-8 are Exceptions (malformed,
// naming file and byte). nlohmann's SAX parser underneath; its own exceptions never leave. Any thread.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "engine/base/error.h"

namespace lathe {

using Json = nlohmann::ordered_json;

Json parse_json(std::string_view text, const std::string& file);
// Reads at most max_bytes; larger is too_large.
Json read_json(const std::string& path, int64_t max_bytes = 256LL << 20);
// Compact or indented; doubles in shortest round-trip form; invalid UTF-8 in strings is replaced.
std::string dump_json(const Json& json, int indent = -1);
// An error as the record keeps it. Text that is none (of an older record) comes back as `internal` with the text as
// found.
std::string error_json(const Error& error);
Error error_of_json(const std::string& text);

}  // namespace lathe
