#include "engine/formats/model_weights.h"

#include "engine/base/error.h"
#include "engine/formats/gguf_model.h"
#include "engine/formats/hf_folder.h"

namespace lathe {

std::unique_ptr<ModelWeights> open_weights(const std::string& path, const std::string& adapter) {
    if (!adapter.empty()) fail({.kind = ErrorKind::unsupported, .key = "--adapter"});
    if (is_gguf(path)) return std::make_unique<GgufWeights>(path);
    return std::make_unique<HfWeights>(path);
}

HfConfig read_model_config(const std::string& path) {
    return is_gguf(path) ? read_gguf_config(GgufFile(path)) : read_hf_config(path);
}

std::string shape_text(const std::vector<int64_t>& shape) {
    std::string text = "(";
    for (size_t i = 0; i < shape.size(); ++i) text += (i ? ", " : "") + std::to_string(shape[i]);
    return text + ")";
}

}  // namespace lathe
