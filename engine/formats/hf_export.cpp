#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "engine/base/error.h"
#include "engine/base/json.h"
#include "engine/formats/checked.h"
#include "engine/formats/hf_config_json.h"
#include "engine/formats/hf_folder.h"

namespace lathe {

namespace {

constexpr const char* kTokenizerFiles[] = {
    "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.json",
    "merges.txt",     "chat_template.jinja"};

const std::map<std::string, std::string>& file_metadata() {
    static const std::map<std::string, std::string> kMetadata = {
        {"format", "pt"}};  // older transformers refuse a file without
    return kMetadata;
}

std::vector<TensorSource> stored_as(const HfExport& model) {
    std::vector<TensorSource> tensors = model.weights;
    for (TensorSource& tensor : tensors) {
        if (tensor.from_fp32) tensor.dtype = model.dtype;
    }
    return tensors;
}

std::string shard_name(size_t index, size_t count) {
    char name[64];
    std::snprintf(name, sizeof(name), "model-%05zu-of-%05zu.safetensors", index + 1, count);
    return name;
}

void plan_weights(const HfExport& model, std::vector<PlannedFile>& files) {
    if (model.max_shard_bytes < 1) {
        fail({.kind = ErrorKind::out_of_range,
              .key = "max_shard_bytes",
              .expected = "at least 1",
              .found = std::to_string(model.max_shard_bytes)});
    }
    std::vector<std::vector<TensorSource>> shards(1);
    std::set<std::string> names;
    int64_t total = 0, in_shard = 0;
    for (TensorSource& tensor : stored_as(model)) {
        const auto bytes = checked_bytes(tensor.shape, dtype_bytes(tensor.dtype), INT64_MAX);
        const auto sum = bytes ? checked_sum(total, *bytes, INT64_MAX) : std::nullopt;
        if (!sum || !names.insert(tensor.name).second) {
            fail({.kind = ErrorKind::internal,
                  .key = tensor.name,
                  .expected = "each tensor once and of a possible size"});
        }
        if (!shards.back().empty() && *bytes > model.max_shard_bytes - in_shard) {
            shards.emplace_back();
            in_shard = 0;
        }
        in_shard += std::min(*bytes, model.max_shard_bytes);
        total = *sum;
        shards.back().push_back(std::move(tensor));
    }
    std::map<std::string, std::string> weight_map;
    for (size_t i = 0; i < shards.size(); ++i) {
        const std::string name = shards.size() == 1 ? "model.safetensors" : shard_name(i, shards.size());
        for (const TensorSource& tensor : shards[i]) weight_map.emplace(tensor.name, name);
        files.push_back(safetensors_file(name, std::move(shards[i])));
    }
    if (shards.size() == 1) return;
    Json::object_t entries;
    for (const auto& [name, shard] : weight_map) entries.emplace_back(name, shard);  // operator[] would search linearly
    Json index = Json::object();
    index["metadata"]["total_size"] = total;
    index["weight_map"] = std::move(entries);
    files.push_back(text_file("model.safetensors.index.json", dump_json(index, 2) + "\n"));
}

}  // namespace

void plan_tokenizer_files(const std::string& folder, std::vector<PlannedFile>& files) {
    for (const char* name : kTokenizerFiles) {
        std::error_code ignored;
        if (name == kTokenizerFiles[0] || std::filesystem::exists(folder + "/" + name, ignored))
            files.push_back(copied_file(folder, name));
    }
}

PlannedFile safetensors_file(std::string name, std::vector<TensorSource> tensors) {
    const int64_t bytes = safetensors_bytes(tensors, file_metadata());
    return {.name = std::move(name),
            .bytes = bytes,
            .write = [tensors = std::move(tensors)](const std::string& path, const WriteProgress& progress) {
                return write_safetensors(path, tensors, file_metadata(), progress);
            }};
}

std::vector<PlannedFile> plan_hf_files(const HfExport& model) {
    std::vector<PlannedFile> files = {
        text_file("config.json", make_config_json(model.config, model.dtype, model.quantization_config))};
    if (std::string generation = make_generation_config_json(model.config); !generation.empty())
        files.push_back(text_file("generation_config.json", std::move(generation)));
    if (!model.tokenizer_folder.empty()) plan_tokenizer_files(model.tokenizer_folder, files);
    plan_weights(model, files);
    return files;
}

}  // namespace lathe
