#include "engine/base/train_controls.h"

#include "engine/base/config_fields.h"

namespace lathe {

namespace {

template <class T>
const T* value_of(const T& value) {
    return &value;
}
template <class T>
const T* value_of(const std::optional<T>& value) {
    return value ? &*value : nullptr;
}

void take(const Json& json, double& value, const std::string& file, const std::string& key) {
    if (!json.is_number()) fail({.kind = ErrorKind::wrong_type, .file = file, .key = key, .expected = "a number"});
    value = json.get<double>();
}
void take(const Json& json, int64_t& value, const std::string& file, const std::string& key) {
    if (!json.is_number_integer())
        fail({.kind = ErrorKind::wrong_type, .file = file, .key = key, .expected = "an integer"});
    value = json.get<int64_t>();
}
template <class T>
void take(const Json& json, std::optional<T>& value, const std::string& file, const std::string& key) {
    if (json.is_null()) return;
    take(json, value.emplace(), file, key);
}

}  // namespace

void check_controls(const TrainControls& controls, const std::string& file) {
    visit_controls(controls, [&](const char* name, const auto& value, const Field& field) {
        if (const auto* given = value_of(value)) check_field(*given, field, name, file);
    });
}

Json controls_json(const TrainControls& controls) {
    Json json = Json::object();
    visit_controls(controls, [&](const char* name, const auto& value, const Field&) {
        const auto* given = value_of(value);
        json[name] = given != nullptr ? Json(*given) : Json(nullptr);
    });
    return json;
}

TrainControls read_controls(const Json& json, const std::string& file) {
    if (!json.is_object())
        fail({.kind = ErrorKind::wrong_type, .file = file, .key = "controls", .expected = "an object"});
    TrainControls controls;
    visit_controls(controls, [&](const char* name, auto& value, const Field&) {
        if (json.contains(name)) take(json[name], value, file, name);
    });
    check_controls(controls, file);
    return controls;
}

std::vector<std::string> control_changes(const TrainControls& before, const TrainControls& after) {
    const Json old = controls_json(before), now = controls_json(after);
    std::vector<std::string> changes;
    for (const auto& [name, value] : now.items())
        if (value != old[name]) changes.push_back(name + " " + (value.is_null() ? "none" : dump_json(value)));
    return changes;
}

}  // namespace lathe
