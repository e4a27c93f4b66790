#include "engine/formats/hf_keys.h"

#include <cmath>
#include <utility>

#include "engine/base/error.h"

namespace lathe {

HfKeys::HfKeys(const Json& json, const std::string& file, std::string prefix)
    : json_(json), file_(file), prefix_(std::move(prefix)) {
    if (!json.is_object())
        fail({.kind = ErrorKind::wrong_type,
              .file = file,
              .key = prefix_,
              .expected = "an object",
              .found = json.type_name()});
}

const Json* HfKeys::find(const char* key) const {
    const auto at = json_.find(key);
    return at == json_.end() || at->is_null() ? nullptr : &*at;
}

std::optional<int64_t> HfKeys::integer(const char* key) const {
    const Json* value = find(key);
    if (!value) return std::nullopt;
    if (!value->is_number_integer()) wrong_type(key, "a whole number", *value);
    if (value->is_number_unsigned() && value->get<uint64_t>() > static_cast<uint64_t>(INT64_MAX)) {
        out_of_range(key, "a number below 2^63", dump_json(*value));
    }
    return value->get<int64_t>();
}

std::optional<double> HfKeys::number(const char* key) const {
    const Json* value = find(key);
    if (!value) return std::nullopt;
    if (!value->is_number()) wrong_type(key, "a number", *value);
    const auto number = value->get<double>();
    if (!std::isfinite(number)) out_of_range(key, "a finite number", dump_json(*value));
    return number;
}

std::optional<bool> HfKeys::boolean(const char* key) const {
    const Json* value = find(key);
    if (!value) return std::nullopt;
    if (!value->is_boolean()) wrong_type(key, "true or false", *value);
    return value->get<bool>();
}

std::optional<std::string> HfKeys::text(const char* key) const {
    const Json* value = find(key);
    if (!value) return std::nullopt;
    if (!value->is_string()) wrong_type(key, "a text", *value);
    return value->get<std::string>();
}

const Json* HfKeys::object(const char* key) const {
    const Json* value = find(key);
    if (value && !value->is_object()) wrong_type(key, "an object", *value);
    return value;
}

const Json* HfKeys::array(const char* key) const {
    const Json* value = find(key);
    if (value && !value->is_array()) wrong_type(key, "a list", *value);
    return value;
}

int64_t HfKeys::needed_integer(const char* key) const {
    const std::optional<int64_t> value = integer(key);
    if (!value) missing(key);
    return *value;
}

double HfKeys::needed_number(const char* key) const {
    const std::optional<double> value = number(key);
    if (!value) missing(key);
    return *value;
}

void HfKeys::unsupported(const char* key, const std::string& expected, const std::string& found) const {
    fail({.kind = ErrorKind::unsupported, .file = file_, .key = prefix_ + key, .expected = expected, .found = found});
}

void HfKeys::out_of_range(const char* key, const std::string& expected, const std::string& found) const {
    fail({.kind = ErrorKind::out_of_range, .file = file_, .key = prefix_ + key, .expected = expected, .found = found});
}

void HfKeys::wrong_type(const char* key, const char* expected, const Json& found) const {
    fail({.kind = ErrorKind::wrong_type,
          .file = file_,
          .key = prefix_ + key,
          .expected = expected,
          .found = found.type_name()});
}

void HfKeys::missing(const char* key) const {
    fail({.kind = ErrorKind::missing_key, .file = file_, .key = prefix_ + key});
}

}  // namespace lathe
