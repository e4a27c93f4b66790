#include "engine/library/model_tensors.h"

#include "engine/base/error.h"
#include "engine/formats/folder_file.h"
#include "engine/formats/peft_adapter.h"

namespace lathe {

namespace {

constexpr const char* kAdapterWeights = "adapter_model.safetensors";

TensorRow row_of(const TensorInfo& tensor) {
    return {tensor.name, tensor.shape, dtype_name(tensor.dtype), tensor.end - tensor.begin};
}

TensorRow row_of(const GgufTensor& tensor) {
    return {tensor.name, tensor.shape, gguf_type_name(static_cast<uint32_t>(tensor.type)), tensor.end - tensor.begin};
}

// Of a file that lists its tensors.
template <class File>
std::vector<TensorRow> rows_of(const File& file) {
    std::vector<TensorRow> rows;
    for (const auto& tensor : file.tensors()) rows.push_back(row_of(tensor));
    return rows;
}

std::vector<TensorRow> rows_of(const HfWeights& weights) {
    std::vector<TensorRow> rows;
    for (const std::string& name : weights.names()) rows.push_back(row_of(weights.info(name)));
    return rows;
}

template <class File>
const auto& tensor_of(const File& file, const std::string& name) {
    const auto* tensor = file.find(name);
    if (!tensor)
        fail({.kind = ErrorKind::missing_key, .file = file.path(), .key = name, .expected = "a tensor of this name"});
    return *tensor;
}

int64_t elements_of(const HfWeights& weights, const std::string& name) {
    return weights.elements(name);
}

template <class File>
int64_t elements_of(const File& file, const std::string& name) {
    return tensor_of(file, name).elements();
}

void read_of(const HfWeights& weights, const std::string& name, int64_t first, int64_t count, float* destination) {
    weights.read_part(name, first, count, destination);
}

template <class File>
void read_of(const File& file, const std::string& name, int64_t first, int64_t count, float* destination) {
    file.read_fp32(tensor_of(file, name), first, count, destination);
}

}  // namespace

ModelTensors::Files ModelTensors::open(const std::string& path) {
    if (is_gguf(path)) return GgufFile(path);
    if (!is_adapter(path)) return HfWeights(path);
    require_inside(path, kAdapterWeights);
    return SafetensorsFile(path + "/" + kAdapterWeights);
}

ModelTensors::ModelTensors(const std::string& path)
    : files_(open(path)), rows_(std::visit([](const auto& file) { return rows_of(file); }, files_)) {}

int64_t ModelTensors::elements(const std::string& name) const {
    return std::visit([&](const auto& file) { return elements_of(file, name); }, files_);
}

void ModelTensors::read_fp32(const std::string& name, int64_t first, int64_t count, float* destination) const {
    std::visit([&](const auto& file) { read_of(file, name, first, count, destination); }, files_);
}

}  // namespace lathe
