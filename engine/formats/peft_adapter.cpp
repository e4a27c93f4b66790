#include "engine/formats/peft_adapter.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "engine/base/error.h"
#include "engine/formats/folder_file.h"
#include "engine/formats/model_weights.h"

namespace lathe {

namespace {

constexpr const char* kWeights = "adapter_model.safetensors";
constexpr const char* kPickle = "adapter_model.bin";
constexpr std::string_view kPrefix = "base_model.model.";
constexpr std::string_view kOfA = ".lora_A.weight", kOfB = ".lora_B.weight";

// `pattern` is the end of the name at a dot, or "^" and the whole of it.
bool fits(const std::string& module, const std::string& pattern) {
    if (pattern[0] == '^') return module == pattern.substr(1);
    return module == pattern || module.ends_with("." + pattern);
}

template <class Number>
Number of_module(const std::vector<std::pair<std::string, Number>>& patterns, const std::string& module,
                 Number otherwise) {
    for (const auto& [pattern, number] : patterns)
        if (fits(module, pattern)) return number;
    return otherwise;
}

std::vector<float> read_matrix(const SafetensorsFile& file, const TensorInfo& tensor) {
    std::vector<float> values(static_cast<size_t>(tensor.elements()));
    file.read_fp32(tensor, 0, tensor.elements(), values.data());
    if (!std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); })) {
        fail({.kind = ErrorKind::out_of_range,
              .file = file.path(),
              .key = tensor.name,
              .expected = "finite numbers",
              .found = "others"});
    }
    return values;
}

LoraPair read_pair(const SafetensorsFile& file, const PeftAdapter& adapter, const std::string& module) {
    const std::string name = std::string(kPrefix) + module;
    const auto find = [&](std::string_view kind) -> const TensorInfo& {
        if (const TensorInfo* tensor = file.find(name + std::string(kind))) return *tensor;
        fail({.kind = ErrorKind::missing_key, .file = file.path(), .key = name + std::string(kind)});
    };
    const TensorInfo &A = find(kOfA), &B = find(kOfB);
    LoraPair pair;
    pair.r = of_module(adapter.rank_pattern, module, adapter.r);
    pair.in = A.shape.empty() ? 0 : A.shape.back();
    pair.out = B.shape.empty() ? 0 : B.shape.front();
    require_shape(file.path(), A.name, {pair.r, pair.in}, A.shape);
    require_shape(file.path(), B.name, {pair.out, pair.r}, B.shape);
    const double alpha = of_module(adapter.alpha_pattern, module, adapter.lora_alpha);
    const auto r = static_cast<double>(pair.r);
    pair.scale = static_cast<float>(alpha / (adapter.use_rslora ? std::sqrt(r) : r));
    pair.A = read_matrix(file, A);
    pair.B = read_matrix(file, B);
    return pair;
}

// The module of a lora_A or lora_B; whatever else is there would change the model too.
std::string module_of(const SafetensorsFile& file, const std::string& name) {
    const bool is_pair = name.ends_with(kOfA) || name.ends_with(kOfB);
    if (name.starts_with(kPrefix) && is_pair && name.size() > kPrefix.size() + kOfA.size())
        return name.substr(kPrefix.size(), name.size() - kPrefix.size() - kOfA.size());
    fail({.kind = ErrorKind::unsupported,
          .file = file.path(),
          .key = name.substr(0, 160),
          .expected = "base_model.model.MODULE.lora_A.weight and lora_B.weight alone",
          .found = name.find("lora_embedding_") != std::string::npos  ? "LoRA of an embedding"
                   : name.find("lora_magnitude") != std::string::npos ? "DoRA"
                   : name.ends_with(".bias")                          ? "a bias"
                                                                      : "another tensor"});
}

template <class Number>
void require_use(const PeftAdapter& adapter, const std::vector<std::pair<std::string, Number>>& patterns,
                 const char* key) {
    for (const auto& entry : patterns) {
        const auto& modules = adapter.modules;
        if (std::any_of(modules.begin(), modules.end(), [&](const auto& m) { return fits(m.first, entry.first); }))
            continue;
        fail({.kind = ErrorKind::mismatch,
              .file = adapter.file,
              .key = key,
              .expected = "modules of the adapter",
              .found = entry.first.substr(0, 80)});
    }
}

void require_targets(const PeftAdapter& adapter) {
    const auto& targets = adapter.target_modules;
    std::vector<std::string> others;
    for (const auto& [module, pair] : adapter.modules) {
        const auto is_one = [&, &name = module](const std::string& target) { return fits(name, target); };
        if (!targets.empty() && std::none_of(targets.begin(), targets.end(), is_one)) others.push_back(module);
    }
    if (others.empty()) return;
    fail({.kind = ErrorKind::mismatch,
          .file = adapter.file,
          .key = "target_modules",
          .expected = "all modules that have tensors",
          .found = "others: " + first_names(others)});
}

}  // namespace

std::string first_names(const std::vector<std::string>& names) {
    std::string text;
    for (size_t i = 0; i < std::min<size_t>(names.size(), 5); ++i) text += (i ? ", " : "") + names[i].substr(0, 48);
    return text + (names.size() > 5 ? " and " + std::to_string(names.size() - 5) + " more" : "");
}

PeftAdapter read_peft_adapter(const std::string& folder) {
    PeftAdapter adapter = read_peft_config(folder);
    std::error_code ignored;
    const auto is_there = [&](const char* name) { return std::filesystem::exists(folder + "/" + name, ignored); };
    if (!is_there(kWeights) && is_there(kPickle)) fail_pickle(folder, kPickle, kWeights);
    require_inside(folder, kWeights);
    const SafetensorsFile file(folder + "/" + kWeights);
    for (const TensorInfo& tensor : file.tensors()) {
        const std::string module = module_of(file, tensor.name);
        if (!adapter.modules.contains(module)) adapter.modules.emplace(module, read_pair(file, adapter, module));
    }
    if (adapter.modules.empty()) fail({.kind = ErrorKind::empty, .file = file.path(), .expected = "lora_A and lora_B"});
    require_targets(adapter);
    require_use(adapter, adapter.rank_pattern, "rank_pattern");
    require_use(adapter, adapter.alpha_pattern, "alpha_pattern");
    return adapter;
}

}  // namespace lathe
