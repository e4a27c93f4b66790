#include "engine/library/describe.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "engine/formats/adapter_base.h"
#include "engine/formats/folder_file.h"
#include "engine/formats/gguf_model.h"
#include "engine/formats/hf_keys.h"
#include "engine/formats/peft_adapter.h"
#include "engine/library/licence.h"

namespace lathe {

namespace {

namespace fs = std::filesystem;

constexpr size_t kShown = 80;
constexpr size_t kMostModules = 64;

// Size and time of the file, or of the folder's weights and its newest file.
void read_status(const std::string& path, ModelEntry& entry) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return;
    const int64_t changed_ms = status.st_mtim.tv_sec * int64_t{1000} + status.st_mtim.tv_nsec / 1'000'000;
    entry.updated_at_ms = std::max(entry.updated_at_ms, changed_ms);
    if (S_ISREG(status.st_mode)) entry.bytes += status.st_size;
}

void read_folder_status(const std::string& folder, ModelEntry& entry) {
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        const std::string name = at->path().filename().string();
        if (name.ends_with(".safetensors") && is_inside(folder, name)) read_status(at->path().string(), entry);
    }
}

void add_tensors(const ModelTensors& tensors, ModelEntry& entry) {
    std::map<std::string, int64_t> bytes;
    for (const TensorRow& row : tensors.rows()) {
        bytes[row.dtype] += row.bytes;
        entry.parameters += tensors.elements(row.name);
    }
    for (const auto& of_dtype : bytes) entry.dtypes.push_back(of_dtype.first);
    std::stable_sort(entry.dtypes.begin(), entry.dtypes.end(),
                     [&](const std::string& a, const std::string& b) { return bytes[a] > bytes[b]; });
}

void describe_adapter(const std::string& folder, ModelEntry& entry) {
    require_inside(folder, "adapter_config.json");
    entry.base_is_there = !error_of([&] { base_of_adapter(folder); });
    PeftAdapter adapter = read_peft_config(folder);
    entry.base = std::move(adapter.base_model_name_or_path);
    entry.rank = adapter.r;
    entry.target_modules = std::move(adapter.target_modules);
    entry.target_modules.resize(std::min(entry.target_modules.size(), kMostModules));
}

void describe_folder(const std::string& folder, ModelEntry& entry) {
    require_inside(folder, "config.json");
    const std::string file = folder + "/config.json";
    const Json json = read_json(file, kConfigFileLimit);
    const HfKeys keys(json, file);
    entry.model_type = keys.text("model_type").value_or("").substr(0, kShown);
    if (const Json* list = keys.find("architectures");
        entry.model_type.empty() && list && list->is_array() && !list->empty() && list->front().is_string())
        entry.model_type = list->front().get<std::string>().substr(0, kShown);
    entry.shape = read_hf_config(folder).model;
}

void describe_gguf(const GgufFile& file, ModelEntry& entry) {
    entry.model_type = file.text("general.architecture").value_or("").substr(0, kShown);
    entry.licence = first_line(file.text("general.license").value_or(""));
    entry.shape = read_gguf_config(file).model;
}

void name_nearest(Error& problem, const std::string& architecture) {
    if (problem.key != "model_type" && problem.key != "architectures" && problem.key != "general.architecture") return;
    if (problem.kind != ErrorKind::unsupported) return;
    const auto is_a = [&](const char* word) { return architecture.starts_with(word); };
    const char* nearest = is_a("qwen3") || is_a("Qwen3") ? "qwen3" : is_a("qwen") || is_a("Qwen") ? "qwen2" : "llama";
    problem.expected += std::string("; nearest is ") + nearest;
}

}  // namespace

ModelEntry describe_model(const std::string& path, std::optional<ModelTensors>* tensors) {
    ModelEntry entry{.path = path, .name = fs::path(path).filename().string(), .kind = "hf", .source = "folder"};
    if (is_gguf(path)) {
        entry.kind = "gguf";
        read_status(path, entry);
    } else if (is_adapter(path)) {
        entry.kind = "adapter";
        entry.problem = error_of([&] { describe_adapter(path, entry); });
    } else {
        if (is_inside(path + "/lathe", "run.json")) entry.kind = "checkpoint";
        entry.problem = error_of([&] { describe_folder(path, entry); });
    }
    if (entry.kind != "gguf") {
        read_folder_status(path, entry);
        entry.licence = licence_of_folder(path);
    }
    const auto problem = error_of([&] {
        std::optional<ModelTensors> own;
        const ModelTensors& found = (tensors ? *tensors : own).emplace(path);
        add_tensors(found, entry);
        if (const GgufFile* file = found.gguf()) describe_gguf(*file, entry);
    });
    if (!entry.problem) entry.problem = problem;
    if (entry.problem) name_nearest(*entry.problem, entry.model_type);
    return entry;
}

}  // namespace lathe
