#include <algorithm>

#include "engine/base/error.h"
#include "engine/formats/gguf_model.h"
#include "engine/formats/gguf_names.h"

namespace lathe {

GgufWeights::GgufWeights(const std::string& path) : file_(path) {
    const std::string architecture = file_.text("general.architecture").value_or("");
    const int64_t head_rows = architecture == "llama" ? read_gguf_config(file_).model.head_size() : 0;
    for (const GgufTensor& tensor : file_.tensors()) {
        if (tensor.name == "rope_freqs.weight") continue;  // the config has it
        const bool interleaved = has_interleaved_heads(architecture, tensor.name);
        if (interleaved && tensor.shape[0] % head_rows != 0) {
            fail({.kind = ErrorKind::mismatch,
                  .file = path,
                  .key = tensor.name,
                  .expected = "whole heads of " + std::to_string(head_rows) + " rows",
                  .found = std::to_string(tensor.shape[0]) + " rows"});
        }
        const auto [at, is_new] =
            where_.emplace(hf_name(tensor.name), Place{.tensor = &tensor, .head_rows = interleaved ? head_rows : 0});
        if (!is_new) {
            fail({.kind = ErrorKind::mismatch,
                  .file = path,
                  .key = tensor.name,
                  .expected = "each tensor under one name",
                  .found = "it as " + at->second.tensor->name + " too"});
        }
    }
}

const GgufWeights::Place& GgufWeights::find(const std::string& name) const {
    const auto at = where_.find(name);
    if (at == where_.end()) {
        fail({.kind = ErrorKind::missing_key, .file = file_.path(), .key = name, .expected = "a tensor of this name"});
    }
    return at->second;
}

std::vector<int64_t> GgufWeights::shape(const std::string& name) const {
    return find(name).tensor->shape;
}

void GgufWeights::require(const std::string& name, const std::vector<int64_t>& shape) const {
    require_shape(file_.path(), name, shape, find(name).tensor->shape);
}

void GgufWeights::read_part(const std::string& name, int64_t first, int64_t count, float* destination) const {
    const auto& [tensor, head_rows] = find(name);
    if (head_rows == 0) return file_.read_fp32(*tensor, first, count, destination);
    const int64_t columns = tensor->shape.size() > 1 ? tensor->shape[1] : 1;
    while (count > 0) {
        const int64_t row = first / columns, column = first % columns, n = std::min(count, columns - column);
        file_.read_fp32(*tensor, interleaved_row(row, head_rows) * columns + column, n, destination);
        destination += n;
        first += n;
        count -= n;
    }
}

bool GgufWeights::is_rounded() const {
    return std::any_of(file_.tensors().begin(), file_.tensors().end(), [](const GgufTensor& tensor) {
        return tensor.type != GgufType::F32 && tensor.type != GgufType::F16 && tensor.type != GgufType::BF16;
    });
}

std::vector<std::string> GgufWeights::names() const {
    std::vector<std::string> names;
    for (const auto& entry : where_) names.push_back(entry.first);
    return names;
}

}  // namespace lathe
