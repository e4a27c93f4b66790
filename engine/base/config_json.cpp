#include <cmath>
#include <filesystem>
#include <string>

#include "engine/base/config.h"
#include "engine/base/config_fields.h"
#include "engine/base/dataset.h"
#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/base/json.h"

namespace lathe {

namespace {

constexpr int64_t kConfigLimit = 16 << 20;
constexpr size_t kShownLength = 60;

struct Place {
    const std::string& file;
    std::string key;
    std::vector<std::string> (*known_keys)();  // of the whole config

    Place inside(std::string_view name) const { return {file, dotted(key, name), known_keys}; }
};

[[noreturn]] void fail_type(const Place& at, const char* expected, const Json& found) {
    std::string text = found.is_object() ? "an object" : found.is_array() ? "a list" : dump_json(found);
    if (text.size() > kShownLength) text = found.is_string() ? "a text" : "a long number";
    fail({.kind = ErrorKind::wrong_type,
          .file = at.file,
          .key = at.key,
          .expected = expected,
          .found = std::move(text)});
}

[[noreturn]] void fail_unknown(const Place& at) {
    fail({.kind = ErrorKind::unknown_key,
          .file = at.file,
          .key = at.key.substr(0, 100),
          .expected = nearest_key(at.key, at.known_keys())});
}

void read(const Json& json, bool& value, const Field&, const Place& at) {
    if (!json.is_boolean()) fail_type(at, "true or false", json);
    value = json.get<bool>();
}

// 1e3 and 3.0 are integers too; beyond 2^63 nothing is.
void read(const Json& json, int64_t& value, const Field& field, const Place& at) {
    if (!json.is_number()) fail_type(at, "an integer", json);
    const double number = json.get<double>();
    if (!(std::abs(number) < 9223372036854775808.0)) {
        fail({.kind = ErrorKind::out_of_range,
              .file = at.file,
              .key = at.key,
              .expected = range_text(field),
              .found = dump_json(json)});
    }
    if (json.is_number_float() && number != std::trunc(number)) fail_type(at, "an integer", json);
    const int64_t integer = json.is_number_float() ? static_cast<int64_t>(number) : json.get<int64_t>();
    check_field(integer, field, at.key, at.file);
    value = integer;
}

void read(const Json& json, double& value, const Field& field, const Place& at) {
    if (!json.is_number()) fail_type(at, "a number", json);
    const double number = json.get<double>();
    check_field(number, field, at.key, at.file);
    value = number;
}

void read(const Json& json, std::string& value, const Field& field, const Place& at) {
    if (!json.is_string()) fail_type(at, "a text", json);
    const auto& text = json.get_ref<const std::string&>();
    check_field(text, field, at.key, at.file);
    value = text;
}

void read(const Json& json, std::vector<std::string>& value, const Field& field, const Place& at) {
    if (!json.is_array()) fail_type(at, "a list of texts", json);
    std::vector<std::string> items;
    for (const Json& item : json) read(item, items.emplace_back(), field, at);
    value = std::move(items);
}

template <ConfigSection Section>
void read(const Json& json, Section& section, const Field&, const Place& at) {
    if (!json.is_object()) fail_type(at, "an object", json);
    size_t known = 0;
    Section::visit(section, [&](const char* name, auto& value, const Field& field) {
        const auto member = json.find(name);
        if (member == json.end()) return;
        ++known;
        using Value = std::remove_cvref_t<decltype(value)>;
        if constexpr (is_optional_section<Value>) {
            if (member->is_null()) {
                value.reset();
            } else {
                read(*member, value.emplace(), field, at.inside(name));
            }
        } else {
            read(*member, value, field, at.inside(name));
        }
    });
    if (known == json.size()) return;
    for (const auto& [name, unused] : json.items()) {
        bool found = false;
        Section::visit(section, [&, key = std::string_view(name)](const char* field_name, auto&, const Field&) {
            found |= key == field_name;
        });
        if (!found) fail_unknown(at.inside(name));
    }
}

template <ConfigSection Section>
Json write(const Section& section) {
    Json json = Json::object();
    Section::visit(section, [&](const char* name, const auto& value, const Field&) {
        using Value = std::remove_cvref_t<decltype(value)>;
        if constexpr (ConfigSection<Value>) {
            json[name] = write(value);
        } else if constexpr (is_optional_section<Value>) {
            if (value) json[name] = write(*value);
        } else {
            json[name] = value;
        }
    });
    return json;
}

// The value of an assignment: JSON, except that a string field also takes its text bare.
template <class Value>
Json assigned(std::string_view text, const Place& at) {
    if constexpr (std::is_same_v<Value, std::string>) {
        if (text.empty() || text.front() != '"') return Json(std::string(text));
    }
    try {
        return parse_json(text, at.file);
    } catch (const Exception&) {
        return Json(std::string(text));  // the wrong type for its field: that error names the key
    }
}

template <ConfigSection Section>
void assign(Section& section, std::string_view path, std::string_view text, const Place& at) {
    const size_t dot = path.find('.');
    const std::string_view first = path.substr(0, dot);
    const Place here = at.inside(first);
    bool found = false;
    Section::visit(section, [&](const char* name, auto& value, const Field& field) {
        if (first != name) return;
        found = true;
        using Value = std::remove_cvref_t<decltype(value)>;
        constexpr bool optional = is_optional_section<Value>;
        if (dot == std::string_view::npos) {
            const Json json = assigned<Value>(text, here);
            if constexpr (optional) {
                if (json.is_null()) {
                    value.reset();
                } else {
                    read(json, value.emplace(), field, here);
                }
            } else {
                read(json, value, field, here);
            }
        } else if constexpr (ConfigSection<Value>) {
            assign(value, path.substr(dot + 1), text, here);
        } else if constexpr (optional) {
            if (!value) {
                fail({.kind = ErrorKind::missing_key,
                      .file = at.file,
                      .key = here.key,
                      .expected = "this section in the config before " + dotted(at.key, path) + " is set"});
            }
            assign(*value, path.substr(dot + 1), text, here);
        } else {
            fail_unknown(at.inside(path));
        }
    });
    if (!found) fail_unknown(at.inside(path));
}

std::vector<std::string> run_keys() {
    return all_keys<RunConfig>();
}
std::vector<std::string> sample_keys() {
    return all_keys<SampleConfig>();
}
std::vector<std::string> recipe_keys() {
    return all_keys<CleanRecipe>();
}

void make_absolute(std::string& path, const std::filesystem::path& folder) {
    if (!path.empty()) path = (folder / path).lexically_normal().string();
}

void add_differences(const Json& a, const Json& b, const std::string& prefix, std::vector<std::string>& keys) {
    for (const auto& [name, value] : a.items()) {
        const auto other = b.find(name);
        if (other == b.end()) {
            keys.push_back(dotted(prefix, name));
        } else if (value.is_object() && other->is_object()) {
            add_differences(value, *other, dotted(prefix, name), keys);
        } else if (value != *other) {
            keys.push_back(dotted(prefix, name));
        }
    }
    for (const auto& [name, value] : b.items()) {
        if (!a.contains(name)) keys.push_back(dotted(prefix, name));
    }
}

}  // namespace

RunConfig parse_run_config(std::string_view json, const std::string& file) {
    RunConfig config;
    read(parse_json(json, file), config, Field{}, Place{file, "", run_keys});
    return config;
}

SampleConfig parse_sample_config(std::string_view json, const std::string& file) {
    SampleConfig config;
    read(parse_json(json, file), config, Field{}, Place{file, "", sample_keys});
    return config;
}

CleanRecipe parse_clean_recipe(std::string_view json, const std::string& file) {
    CleanRecipe recipe;
    read(parse_json(json, file), recipe, Field{}, Place{file, "", recipe_keys});
    return recipe;
}

RunConfig read_run_config(const std::string& file) {
    RunConfig config = parse_run_config(read_file(file, kConfigLimit), file);
    const std::filesystem::path folder = std::filesystem::absolute(file).parent_path();
    for (std::string& path : config.data.files) make_absolute(path, folder);
    for (std::string& path : config.data.validation_files) make_absolute(path, folder);
    make_absolute(config.tokenizer.path, folder);
    if (config.base_model) make_absolute(config.base_model->path, folder);
    return config;
}

std::string to_json(const RunConfig& config) {
    return dump_json(write(config), 2);
}
std::string to_json(const ModelConfig& config) {
    return dump_json(write(config), 2);
}
std::string to_json(const SampleConfig& config) {
    return dump_json(write(config), 2);
}
std::string to_json(const CleanRecipe& recipe) {
    return dump_json(write(recipe), 2);
}

void set_field(RunConfig& config, std::string_view assignment) {
    const size_t equals = assignment.find('=');
    if (equals == std::string_view::npos || equals == 0) {
        fail({.kind = ErrorKind::usage,
              .expected = "KEY=VALUE, as train.seed=1",
              .found = std::string(assignment.substr(0, 100))});
    }
    const std::string no_file;
    RunConfig changed = config;
    assign(changed, assignment.substr(0, equals), assignment.substr(equals + 1), Place{no_file, "", run_keys});
    config = std::move(changed);
}

std::vector<std::string> differing_keys(const RunConfig& a, const RunConfig& b) {
    std::vector<std::string> keys;
    add_differences(write(a), write(b), "", keys);
    return keys;
}

}  // namespace lathe
