#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/formats/checked.h"
#include "engine/formats/hf_config_json.h"
#include "engine/formats/hf_folder.h"

namespace lathe {

namespace {

constexpr const char* kTokenizerFiles[] = {
    "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.json",
    "merges.txt",     "chat_template.jinja"};
constexpr int64_t kTokenizerLimit = 256LL << 20;

const std::map<std::string, std::string>& file_metadata() {
    static const std::map<std::string, std::string> kMetadata = {
        {"format", "pt"}};  // older transformers refuse a file without
    return kMetadata;
}

// One file to write: tensors, a text, or a copy.
struct PlannedFile {
    std::string name;
    int64_t bytes = 0;
    std::vector<TensorSource> tensors;
    std::string text;
    std::string copied_from;
};

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
        PlannedFile file;
        file.name = shards.size() == 1 ? "model.safetensors" : shard_name(i, shards.size());
        file.bytes = safetensors_bytes(shards[i], file_metadata());
        for (const TensorSource& tensor : shards[i]) weight_map.emplace(tensor.name, file.name);
        file.tensors = std::move(shards[i]);
        files.push_back(std::move(file));
    }
    if (shards.size() == 1) return;
    Json::object_t entries;
    for (const auto& [name, shard] : weight_map) entries.emplace_back(name, shard);  // operator[] would search linearly
    Json index = Json::object();
    index["metadata"]["total_size"] = total;
    index["weight_map"] = std::move(entries);
    PlannedFile file;
    file.name = "model.safetensors.index.json";
    file.text = dump_json(index, 2) + "\n";
    files.push_back(std::move(file));
}

void plan_tokenizer(const std::string& folder, std::vector<PlannedFile>& files) {
    for (const char* name : kTokenizerFiles) {
        PlannedFile file;
        file.name = name;
        file.copied_from = folder + "/" + name;
        std::error_code error;
        file.bytes = static_cast<int64_t>(std::filesystem::file_size(file.copied_from, error));
        if (!error) {
            files.push_back(std::move(file));
        } else if (file.name == kTokenizerFiles[0]) {
            fail({.kind = ErrorKind::not_found, .file = file.copied_from});
        }
    }
}

std::vector<PlannedFile> plan(const HfExport& model) {
    std::vector<PlannedFile> files(2);
    files[0].name = "config.json";
    files[0].text = make_config_json(model.config, model.dtype, model.quantization_config);
    files[1].name = "generation_config.json";
    files[1].text = make_generation_config_json(model.config);
    if (files[1].text.empty()) files.pop_back();
    if (!model.tokenizer_folder.empty()) plan_tokenizer(model.tokenizer_folder, files);
    for (const auto& [name, content] : model.texts) {
        files.emplace_back().name = name;
        files.back().text = content;
    }
    plan_weights(model, files);
    for (PlannedFile& file : files) {
        if (!file.text.empty()) file.bytes = static_cast<int64_t>(file.text.size());
    }
    return files;
}

}  // namespace

std::vector<std::pair<std::string, int64_t>> plan_hf_export(const HfExport& model) {
    std::vector<std::pair<std::string, int64_t>> sizes;
    for (const PlannedFile& file : plan(model)) sizes.emplace_back(file.name, file.bytes);
    return sizes;
}

std::map<std::string, std::string> write_hf_files(const HfExport& model, const std::string& folder,
                                                  const std::function<bool(int64_t)>& progress) {
    std::map<std::string, std::string> hashes;
    int64_t done = 0;
    for (const PlannedFile& file : plan(model)) {
        const std::string path = folder + "/" + file.name;
        const auto report = [&](int64_t in_file) { return !progress || progress(done + in_file); };
        if (!file.tensors.empty() || file.name.ends_with(".safetensors")) {
            hashes[file.name] = write_safetensors(path, file.tensors, file_metadata(), report);
        } else {
            const std::string bytes =
                file.copied_from.empty() ? file.text : read_file(file.copied_from, kTokenizerLimit);
            OutputFile output(path);
            output.write(bytes.data(), static_cast<int64_t>(bytes.size()));
            hashes[file.name] = output.finish();
            if (!report(output.size())) fail({.kind = ErrorKind::cancelled, .file = path});
        }
        done += file.bytes;
    }
    return hashes;
}

}  // namespace lathe
