#include "engine/formats/adapter_base.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <optional>
#include <system_error>
#include <vector>

#include "engine/base/error.h"
#include "engine/base/json.h"
#include "engine/formats/gguf.h"
#include "engine/formats/hf_keys.h"
#include "engine/formats/peft_adapter.h"

namespace lathe {

namespace {

namespace fs = std::filesystem;

constexpr int64_t kConfigLimit = 16 << 20;
constexpr size_t kShown = 80;

std::string plain(const std::string& name_or_path) {
    std::string plain;
    for (const char c : model_name(name_or_path))
        if (const auto byte = static_cast<unsigned char>(c); std::isalnum(byte) != 0 || byte >= 128)
            plain += static_cast<char>(std::tolower(byte));
    return plain;
}

// Where `base` is a plain path to a model's folder or a GGUF file.
std::optional<std::string> named_folder(const std::string& adapter, const std::string& base) {
    const fs::path named(base);
    if (base.empty() || base.find('\0') != std::string::npos ||
        std::find(named.begin(), named.end(), "..") != named.end())
        return std::nullopt;
    std::string path = ((fs::absolute(adapter) / "").parent_path().parent_path() / named).string();
    std::error_code ignored;
    return fs::exists(path + "/config.json", ignored) || is_gguf(path) ? std::optional(std::move(path)) : std::nullopt;
}

// What the model's own files call it; "" where they do not, or cannot be read.
std::string told_name(const std::string& model) {
    std::string name;
    static_cast<void>(error_of([&] {
        if (is_gguf(model)) {
            name = GgufFile(model).text("general.name").value_or("");
        } else {
            const Json json = read_json(model + "/config.json", kConfigLimit);
            name = HfKeys(json, model).text("_name_or_path").value_or("");
        }
    }));
    return name;
}

}  // namespace

std::string model_name(const std::string& name_or_path) {
    fs::path path = fs::path(name_or_path).lexically_normal();
    if (!path.has_filename()) path = path.parent_path();
    const std::string repository = path.parent_path().parent_path().filename().string();
    if (path.parent_path().filename() != "snapshots" || !repository.starts_with("models--"))
        return path.filename().string();
    return repository.substr(repository.rfind("--") + 2);
}

bool same_model_name(const std::string& a, const std::string& b) {
    return !plain(a).empty() && plain(a) == plain(b);
}

std::string base_of_adapter(const std::string& folder) {
    const PeftAdapter adapter = read_peft_config(folder);
    const std::string& base = adapter.base_model_name_or_path;
    if (auto path = named_folder(folder, base)) return *path;
    fail({.kind = ErrorKind::not_found,
          .file = adapter.file,
          .key = "base_model_name_or_path",
          .expected = "the base model beside it, or by this name in the library; or --model BASE --adapter FOLDER",
          .found = "\"" + base.substr(0, kShown) + "\""});
}

std::string base_difference(const std::string& base, const std::string& adapter) {
    const std::string wanted = read_peft_config(adapter).base_model_name_or_path;
    const std::optional<std::string> folder = named_folder(adapter, wanted);
    std::error_code ignored;
    if (plain(wanted).empty() || (folder && fs::equivalent(*folder, base, ignored))) return "";
    const std::string called = model_name(fs::absolute(base).string());
    // A GGUF's name goes on with how many bits it has.
    const bool goes_on = is_gguf(base);
    for (const std::string& name : {called, told_name(base)})
        if (same_model_name(name, wanted) || (goes_on && plain(name).starts_with(plain(wanted)))) return "";
    return "it is for " + wanted.substr(0, kShown) + ", the base is " + called;
}

}  // namespace lathe
