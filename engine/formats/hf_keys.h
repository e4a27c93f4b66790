// Typed access to the keys of a JSON object from outside: a key of another type, or a number that does not fit, is an
// Exception naming file and key. Null counts as absent, as in transformers. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/base/json.h"

namespace lathe {

class HfKeys {
public:
    // `prefix` stands before the key in errors, as "rope_scaling.". Keeps references: json and file outlive it.
    HfKeys(const Json& json, const std::string& file, std::string prefix = "");

    const std::string& file() const { return file_; }
    bool has(const char* key) const { return find(key) != nullptr; }
    const Json* find(const char* key) const;  // null: absent
    std::optional<int64_t> integer(const char* key) const;
    std::optional<double> number(const char* key) const;  // finite
    std::optional<bool> boolean(const char* key) const;
    std::optional<std::string> text(const char* key) const;
    const Json* object(const char* key) const;
    const Json* array(const char* key) const;

    int64_t needed_integer(const char* key) const;
    double needed_number(const char* key) const;
    [[noreturn]] void unsupported(const char* key, const std::string& expected, const std::string& found) const;
    [[noreturn]] void out_of_range(const char* key, const std::string& expected, const std::string& found) const;

private:
    [[noreturn]] void wrong_type(const char* key, const char* expected, const Json& found) const;
    [[noreturn]] void missing(const char* key) const;

    const Json& json_;
    const std::string& file_;
    std::string prefix_;
};

}  // namespace lathe
