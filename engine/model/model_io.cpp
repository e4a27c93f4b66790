#include "engine/model/model_io.h"

#include <algorithm>
#include <set>
#include <string>

#include "engine/base/error.h"
#include "engine/formats/gguf.h"

namespace lathe {

namespace {

// The config's word is held to the weights that are there before memory is taken on it.
void check_size(const ModelConfig& config, const ModelWeights& weights, const std::string& path) {
    const int64_t wanted = parameter_count(config);
    int64_t there = 0;
    for (const std::string& name : weights.names()) there += weights.elements(name);
    if (there >= wanted) return;
    fail({.kind = ErrorKind::mismatch,
          .file = path,
          .key = is_gguf(path) ? "" : "config.json",
          .expected = std::to_string(wanted) + " parameters, as it says",
          .found = std::to_string(there) + " in the weights"});
}

}  // namespace

LoadedModel load_model(const ModelFiles& files, const std::function<void(double)>& progress) {
    LoadedModel loaded{.model = nullptr, .config = read_model_config(files.path), .unused = {}};
    const std::unique_ptr<ModelWeights> weights = open_weights(files.path, files.adapter);
    const ModelConfig& config = loaded.config.model;
    check_size(config, *weights, files.path);
    loaded.model = std::make_unique<Model>(config);
    std::set<std::string> wanted;
    double read = 0;
    const auto total = static_cast<double>(loaded.model->parameter_count());
    for (Parameter* parameter : loaded.model->parameters()) {
        auto* destination = parameter->value.data_ptr<float>();
        for (const Parameter::Part& part : parameter->parts) {
            weights->read(part.name, parameter->part_shape(part), destination);
            destination += part.rows * std::max<int64_t>(1, parameter->columns);
            wanted.insert(part.name);
        }
        read += static_cast<double>(parameter->elements());
        if (progress) progress(read / total);
    }
    if (config.tie_word_embeddings) wanted.insert("lm_head.weight");
    for (const std::string& name : weights->names())
        if (!wanted.contains(name)) loaded.unused.push_back(name);
    return loaded;
}

std::vector<int32_t> end_tokens(const HfConfig& config) {
    return {config.eos_token_ids.begin(), config.eos_token_ids.end()};
}

std::vector<TensorSource> weight_sources(const Model& model, Dtype dtype) {
    std::vector<TensorSource> sources;
    for (const Parameter* parameter : model.parameters()) {
        const auto* values = parameter->value.const_data_ptr<float>();
        for (const Parameter::Part& part : parameter->parts) {
            sources.push_back(
                {.name = part.name, .dtype = dtype, .shape = parameter->part_shape(part), .data = values});
            values += part.rows * std::max<int64_t>(1, parameter->columns);
        }
    }
    return sources;
}

std::vector<TensorSource> weight_sources(const ModelWeights& weights, const ModelConfig& config, Dtype dtype) {
    std::vector<TensorSource> sources;
    for (ModelTensor& tensor : Model::tensors(config)) {
        weights.require(tensor.name, tensor.shape);
        sources.push_back({.name = tensor.name,
                           .dtype = dtype,
                           .shape = std::move(tensor.shape),
                           .data = nullptr,
                           .read = [&weights, name = tensor.name](int64_t first, int64_t count, void* destination) {
                               weights.read_part(name, first, count, static_cast<float*>(destination));
                           }});
    }
    return sources;
}

}  // namespace lathe
