// Reads keys of a simdjson element with errors that name file and key ("model.vocab"). Include from .cpp files only:
// simdjson.h is large.
#pragma once

#include <simdjson.h>

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.h"

namespace lathe {

class JsonReader {
public:
    using Element = simdjson::dom::element;
    JsonReader(Element element, std::string file, std::string key)
        : element_(element), file_(std::move(file)), key_(std::move(key)) {}

    const std::string& key() const { return key_; }
    const std::string& file() const { return file_; }
    bool is_null() const { return element_.is_null(); }
    // Absent and null are the same.
    bool has(std::string_view name) const {
        Element found;
        return element_.is_object() && element_.at_key(name).get(found) == simdjson::SUCCESS && !found.is_null();
    }
    JsonReader at(std::string_view name) const {
        Element found;
        object();
        if (element_.at_key(name).get(found) != simdjson::SUCCESS) {
            fail({.kind = ErrorKind::missing_key, .file = file_, .key = path(name)});
        }
        return {found, file_, path(name)};
    }
    bool flag(std::string_view name, bool otherwise) const {
        if (!has(name)) return otherwise;
        bool value = false;
        const JsonReader child = at(name);
        if (child.element_.get(value) != simdjson::SUCCESS) child.wrong_type("true or false");
        return value;
    }
    std::string_view text() const {
        std::string_view value;
        if (element_.get(value) != simdjson::SUCCESS) wrong_type("a string");
        return value;
    }
    std::string type() const { return std::string(at("type").text()); }
    int64_t integer() const {
        int64_t value = 0;
        if (element_.get(value) != simdjson::SUCCESS) wrong_type("an integer");
        return value;
    }
    // Keys in order; a key that stands twice is malformed. For small objects.
    simdjson::dom::object object() const {
        simdjson::dom::object value;
        if (element_.get(value) != simdjson::SUCCESS) wrong_type("an object");
        return value;
    }
    simdjson::dom::array array() const {
        simdjson::dom::array value;
        if (element_.get(value) != simdjson::SUCCESS) wrong_type("an array");
        return value;
    }
    std::vector<JsonReader> items() const {
        std::vector<JsonReader> all;
        for (const Element item : array()) all.push_back({item, file_, key_ + "[" + std::to_string(all.size()) + "]"});
        return all;
    }
    // Every key must be one of these, once.
    void allow_only(const std::vector<std::string_view>& names) const {
        std::vector<std::string_view> seen;
        for (const auto field : object()) {
            if (std::find(seen.begin(), seen.end(), field.key) != seen.end()) {
                fail({.kind = ErrorKind::malformed,
                      .file = file_,
                      .key = path(field.key),
                      .expected = "one such key",
                      .found = "two"});
            }
            if (std::find(names.begin(), names.end(), field.key) == names.end()) {
                fail({.kind = ErrorKind::unsupported, .file = file_, .key = path(field.key)});
            }
            seen.push_back(field.key);
        }
    }
    [[noreturn]] void unsupported(const std::string& found, const std::string& expected) const {
        fail({.kind = ErrorKind::unsupported, .file = file_, .key = key_, .expected = expected, .found = found});
    }
    [[noreturn]] void wrong_type(const std::string& expected) const {
        fail({.kind = ErrorKind::wrong_type, .file = file_, .key = key_, .expected = expected});
    }
    std::string path(std::string_view name) const {
        return key_.empty() ? std::string(name) : key_ + "." + std::string(name);
    }

private:
    Element element_;
    std::string file_, key_;
};

}  // namespace lathe
