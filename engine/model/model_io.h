// Weights between a model and a Hugging Face folder. Any thread, one at a time for a model.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/formats/hf_folder.h"
#include "engine/model/model.h"

namespace lathe {

struct LoadedModel {
    std::unique_ptr<Model> model;
    HfConfig config;
    std::vector<std::string> unused;  // tensors of the folder that the model has no place for
};

// fp32 whatever the file's dtype. A missing tensor or a wrong shape is an Exception naming file and tensor.
// progress(share) is called after each tensor and may throw.
LoadedModel load_model(const std::string& folder, const std::function<void(double share)>& progress = {});
// Tokens that end an answer: of generation_config.json alone.
std::vector<int32_t> end_tokens(const HfConfig& config);
// Every tensor under its file name; they point into the model's memory. The weights must be plain (not frozen).
std::vector<TensorSource> weight_sources(const Model& model, Dtype dtype);
// The same, read from a folder's files piece by piece as they are written, so that no model is loaded; `weights`
// outlives them. Every tensor is checked here: errors as load_model's.
std::vector<TensorSource> weight_sources(const HfWeights& weights, const ModelConfig& config, Dtype dtype);

}  // namespace lathe
