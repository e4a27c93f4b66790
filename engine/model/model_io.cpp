#include "engine/model/model_io.h"

#include <algorithm>
#include <set>

namespace lathe {

LoadedModel load_model(const std::string& folder) {
    LoadedModel loaded{.model = nullptr, .config = read_hf_config(folder), .unused = {}};
    const HfWeights weights(folder);
    ModelConfig config = loaded.config.model;
    loaded.model = std::make_unique<Model>(config);
    std::set<std::string> wanted;
    for (Parameter* parameter : loaded.model->parameters()) {
        auto* destination = parameter->value.data_ptr<float>();
        for (const Parameter::Part& part : parameter->parts) {
            weights.read(part.name, parameter->part_shape(part), destination);
            destination += part.rows * std::max<int64_t>(1, parameter->columns);
            wanted.insert(part.name);
        }
    }
    if (config.tie_word_embeddings) wanted.insert("lm_head.weight");
    for (const std::string& name : weights.names())
        if (!wanted.contains(name)) loaded.unused.push_back(name);
    return loaded;
}

std::vector<TensorSource> weight_sources(const Model& model, Dtype dtype) {
    std::vector<TensorSource> sources;
    for (const Parameter* parameter : model.parameters()) {
        const auto* values = parameter->value.const_data_ptr<float>();
        for (const Parameter::Part& part : parameter->parts) {
            sources.push_back({.name = part.name, .dtype = dtype, .shape = parameter->part_shape(part), .data = values});
            values += part.rows * std::max<int64_t>(1, parameter->columns);
        }
    }
    return sources;
}

}  // namespace lathe
