#include "engine/library/model_tensors.h"

#include <type_traits>
#include <utility>

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

// A matrix is one row with its scales and levels, which are stored beside it.
std::vector<TensorRow> rows_of(const Nf4Weights& weights) {
    std::vector<TensorRow> rows;
    for (const std::string& name : weights.names()) {
        const std::vector<std::string> parts = weights.parts(name);
        TensorRow row = row_of(weights.stored().info(name));
        row.shape = weights.shape(name);
        if (parts.size() > 1) row.dtype = "NF4";
        for (size_t i = 1; i < parts.size(); ++i) row.bytes += row_of(weights.stored().info(parts[i])).bytes;
        rows.push_back(std::move(row));
    }
    return rows;
}

template <class File>
const auto& tensor_of(const File& file, const std::string& name) {
    const auto* tensor = file.find(name);
    if (!tensor)
        fail({.kind = ErrorKind::missing_key, .file = file.path(), .key = name, .expected = "a tensor of this name"});
    return *tensor;
}

template <class File>
constexpr bool kIsModel = std::is_base_of_v<ModelWeights, File>;

}  // namespace

ModelTensors::Files ModelTensors::open(const std::string& path) {
    if (is_gguf(path)) return GgufFile(path);
    if (is_adapter(path)) {
        require_inside(path, kAdapterWeights);
        return SafetensorsFile(path + "/" + kAdapterWeights);
    }
    HfWeights weights(path);
    if (Nf4Weights::is_nf4(weights)) return Nf4Weights(std::move(weights));
    return weights;
}

ModelTensors::ModelTensors(const std::string& path)
    : files_(open(path)), rows_(std::visit([](const auto& file) { return rows_of(file); }, files_)) {}

int64_t ModelTensors::elements(const std::string& name) const {
    return std::visit(
        [&]<class File>(const File& file) {
            if constexpr (kIsModel<File>) {
                return file.elements(name);
            } else {
                return tensor_of(file, name).elements();
            }
        },
        files_);
}

void ModelTensors::read_fp32(const std::string& name, int64_t first, int64_t count, float* destination) const {
    std::visit(
        [&]<class File>(const File& file) {
            if constexpr (kIsModel<File>) {
                file.read_part(name, first, count, destination);
            } else {
                file.read_fp32(tensor_of(file, name), first, count, destination);
            }
        },
        files_);
}

}  // namespace lathe
