#include "engine/library/inspect.h"

#include <filesystem>

#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/data/chat_template.h"
#include "engine/data/tokenizer_json.h"
#include "engine/formats/folder_file.h"
#include "engine/library/describe.h"

namespace lathe {

namespace {

using Type = GgufValue::Type;

constexpr int kIndent = 2;

Json value_json(const GgufFile& file, const std::string& key, const GgufValue& value) {
    switch (value.type) {
        case Type::String:
            return *file.text(key);
        case Type::Bool:
            return *file.boolean(key);
        case Type::F32:
        case Type::F64:
            return *file.number(key);
        case Type::Array:
            return "a list of " + std::to_string(value.count);
        default:
            return *file.integer(key);
    }
}

std::string keys_json(const GgufFile& file) {
    Json json = Json::object();
    for (const auto& entry : file.values()) {
        const std::string& key = entry.first;
        if (key == "tokenizer.chat_template") continue;
        if (const auto problem = error_of([&] { json[key] = value_json(file, key, entry.second); }))
            json[key] = problem->sentence();
    }
    return dump_json(json, kIndent);
}

std::string read_config(const std::string& folder, const char* name) {
    require_inside(folder, name);
    return read_file(folder + "/" + name, kConfigFileLimit);
}

std::string read_template(const std::string& folder) {
    for (const char* name : {"chat_template.jinja", "tokenizer_config.json"}) {
        std::error_code ignored;
        if (std::filesystem::exists(folder + "/" + name, ignored)) require_inside(folder, name);
    }
    return find_chat_template(folder, optional_file(folder, "tokenizer_config.json")).source;
}

}  // namespace

ModelDetail inspect_model(const std::string& path) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) fail({.kind = ErrorKind::not_found, .file = path});
    std::optional<ModelTensors> tensors;
    ModelDetail detail{.entry = describe_model(path, &tensors)};
    if (tensors) detail.tensors = tensors->rows();
    const auto attempt = [&](const auto& work) {
        const auto problem = error_of(work);
        if (!detail.entry.problem) detail.entry.problem = problem;
    };
    if (const GgufFile* file = tensors ? tensors->gguf() : nullptr)
        attempt([&] {
            detail.config = keys_json(*file);
            detail.chat_template = file->text("tokenizer.chat_template").value_or("");
        });
    if (detail.entry.kind == "gguf") return detail;
    const bool is_for_base = detail.entry.kind == "adapter";
    attempt([&] { detail.config = read_config(path, is_for_base ? "adapter_config.json" : "config.json"); });
    attempt([&] { detail.chat_template = read_template(path); });
    return detail;
}

}  // namespace lathe
