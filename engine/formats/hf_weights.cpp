#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "engine/base/error.h"
#include "engine/base/json.h"
#include "engine/formats/folder_file.h"
#include "engine/formats/hf_folder.h"
#include "engine/formats/hf_keys.h"

namespace lathe {

namespace {

namespace fs = std::filesystem;

constexpr const char* kSingle = "model.safetensors";
constexpr const char* kIndex = "model.safetensors.index.json";
constexpr int64_t kIndexLimit = 32 << 20;
constexpr size_t kShardLimit = 512;  // each holds a descriptor

bool is_there(const std::string& path) {
    std::error_code ignored;
    return fs::symlink_status(path, ignored).type() != fs::file_type::not_found;
}

bool ends_with_any(const std::string& name, std::initializer_list<const char*> endings) {
    return std::any_of(endings.begin(), endings.end(), [&](const char* ending) { return name.ends_with(ending); });
}

void check_shard_name(const std::string& shard, const std::string& index, const std::string& tensor) {
    const bool is_component = !shard.empty() && shard.size() <= 255 && shard != "." && shard != ".." &&
                              shard.find_first_of(std::string_view("/\\\0", 3)) == std::string::npos;
    if (!is_component || !shard.ends_with(".safetensors")) {
        fail({.kind = ErrorKind::malformed,
              .file = index,
              .key = tensor,
              .expected = "the name of a .safetensors file in the same folder",
              .found = "\"" + shard.substr(0, 80) + "\""});
    }
}

[[noreturn]] void fail_without_weights(const std::string& folder) {
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        const std::string name = at->path().filename().string();
        if (ends_with_any(name, {".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt"}))
            fail_pickle(folder, name, kSingle);
    }
    fail({.kind = ErrorKind::not_found, .file = folder + "/" + kSingle});
}

}  // namespace

HfWeights::HfWeights(const std::string& folder) : folder_(folder) {
    const std::string index = folder + "/" + kIndex;
    std::map<std::string, std::string> map;  // tensor → shard
    std::set<std::string> shards;
    if (is_there(folder + "/" + kSingle)) {
        shards.insert(kSingle);
    } else if (is_there(index)) {
        const Json json = read_json(index, kIndexLimit);
        const Json* entries = HfKeys(json, index).object("weight_map");
        if (!entries) fail({.kind = ErrorKind::missing_key, .file = index, .key = "weight_map"});
        for (const auto& [tensor, shard] : entries->items()) {
            if (!shard.is_string()) {
                fail({.kind = ErrorKind::wrong_type,
                      .file = index,
                      .key = tensor,
                      .expected = "a file name",
                      .found = shard.type_name()});
            }
            const auto name = shard.get<std::string>();
            check_shard_name(name, index, tensor);
            shards.insert(name);
            map.emplace(tensor, name);
            if (shards.size() > kShardLimit) {
                fail({.kind = ErrorKind::too_large,
                      .file = index,
                      .expected = "at most " + std::to_string(kShardLimit) + " shards",
                      .found = "more"});
            }
        }
        if (shards.empty()) fail({.kind = ErrorKind::empty, .file = index, .key = "weight_map"});
    } else {
        fail_without_weights(folder);
    }
    for (const std::string& shard : shards) {
        require_inside(folder, shard);
        files_.emplace_back(folder + "/" + shard);
        const std::vector<TensorInfo>& tensors = files_.back().tensors();
        for (size_t i = 0; i < tensors.size(); ++i) {
            const auto [at, is_new] = where_.emplace(tensors[i].name, std::pair(files_.size() - 1, i));
            if (!is_new) {
                fail({.kind = ErrorKind::mismatch,
                      .file = files_.back().path(),
                      .key = tensors[i].name,
                      .expected = "each tensor in one shard",
                      .found = "it in " + files_[at->second.first].path() + " too"});
            }
        }
    }
    for (const auto& [tensor, shard] : map) {
        const auto at = where_.find(tensor);
        if (at == where_.end() || files_[at->second.first].path() != folder + "/" + shard) {
            fail({.kind = ErrorKind::missing_key,
                  .file = folder + "/" + shard,
                  .key = tensor,
                  .expected = std::string("the tensor that ") + kIndex + " names"});
        }
    }
}

const std::pair<size_t, size_t>& HfWeights::find(const std::string& name) const {
    const auto at = where_.find(name);
    if (at == where_.end()) {
        fail({.kind = ErrorKind::missing_key,
              .file = files_.size() == 1 ? files_[0].path() : folder_ + "/" + kIndex,
              .key = name,
              .expected = "a tensor of this name"});
    }
    return at->second;
}

bool HfWeights::has(const std::string& name) const {
    return where_.count(name) != 0;
}

const TensorInfo& HfWeights::info(const std::string& name) const {
    const auto [file, tensor] = find(name);
    return files_[file].tensors()[tensor];
}

const std::string& HfWeights::path_of(const std::string& name) const {
    return files_[find(name).first].path();
}

void HfWeights::read_raw(const std::string& name, int64_t first, int64_t count, void* destination) const {
    const auto [file, tensor] = find(name);
    files_[file].read_raw(files_[file].tensors()[tensor], first, count, destination);
}

std::vector<int64_t> HfWeights::shape(const std::string& name) const {
    return info(name).shape;
}

void HfWeights::require(const std::string& name, const std::vector<int64_t>& shape) const {
    const auto [file, index] = find(name);
    const TensorInfo& tensor = files_[file].tensors()[index];
    require_shape(files_[file].path(), name, shape, tensor.shape);
    files_[file].read_fp32(tensor, 0, 0, nullptr);
}

void HfWeights::read_part(const std::string& name, int64_t first, int64_t count, float* destination) const {
    const auto [file, index] = find(name);
    files_[file].read_fp32(files_[file].tensors()[index], first, count, destination);
}

std::vector<std::string> HfWeights::names() const {
    std::vector<std::string> names;
    for (const auto& entry : where_) names.push_back(entry.first);
    return names;
}

}  // namespace lathe
