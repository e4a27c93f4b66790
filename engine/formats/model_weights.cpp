#include "engine/formats/model_weights.h"

#include <algorithm>
#include <utility>

#include "engine/base/error.h"
#include "engine/formats/adapted_weights.h"
#include "engine/formats/adapter_base.h"
#include "engine/formats/gguf_model.h"
#include "engine/formats/hf_folder.h"
#include "engine/formats/nf4_weights.h"
#include "engine/formats/peft_adapter.h"

namespace lathe {

std::unique_ptr<ModelWeights> open_weights(const std::string& path, const std::string& adapter) {
    if (!adapter.empty()) return std::make_unique<AdaptedWeights>(open_weights(path), read_peft_adapter(adapter));
    if (is_adapter(path)) return open_weights(base_of_adapter(path), path);
    if (is_gguf(path)) return std::make_unique<GgufWeights>(path);
    HfWeights weights(path);
    if (Nf4Weights::is_nf4(weights)) return std::make_unique<Nf4Weights>(std::move(weights));
    return std::make_unique<HfWeights>(std::move(weights));
}

HfConfig read_model_config(const std::string& path) {
    if (is_gguf(path)) return read_gguf_config(GgufFile(path));
    return read_hf_config(is_adapter(path) ? base_of_adapter(path) : path);
}

int64_t ModelWeights::elements(const std::string& name) const {
    int64_t product = 1;
    for (const int64_t size : shape(name)) product *= size;
    return product;
}

std::string differences_text(const std::vector<TensorDifference>& differences, size_t most) {
    std::string text;
    for (size_t i = 0; i < std::min(most, differences.size()); ++i) {
        const auto& [name, wanted, found] = differences[i];
        text += (i ? "; " : "") + name;
        if (differences[i].is_extra())
            text += ": not used, " + shape_text(found);
        else if (found.empty())
            text += ": not there, " + shape_text(wanted) + " wanted";
        else
            text += ": " + shape_text(found) + " in place of " + shape_text(wanted);
    }
    if (differences.size() > most) text += "; and " + std::to_string(differences.size() - most) + " more";
    return text;
}

std::string shape_text(const std::vector<int64_t>& shape) {
    std::string text = "(";
    for (size_t i = 0; i < shape.size(); ++i) text += (i ? ", " : "") + std::to_string(shape[i]);
    return text + ")";
}

void require_shape(const std::string& file, const std::string& tensor, const std::vector<int64_t>& wanted,
                   const std::vector<int64_t>& found) {
    if (found == wanted) return;
    fail({.kind = ErrorKind::mismatch,
          .file = file,
          .key = tensor,
          .expected = shape_text(wanted),
          .found = shape_text(found)});
}

}  // namespace lathe
