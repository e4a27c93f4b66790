// Weights between a model and its files: a Hugging Face folder, or a GGUF file to read. Any thread, one at a time for a
// model.
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
    std::vector<TensorDifference>
        differences;         // where the files' tensors are not the model's; in strict mode extra ones
    bool rounded = false;    // a matrix went through fewer than 16 bits: NF4, the blocks of a GGUF
    std::string other_base;  // why the adapter may not be for this base (adapter_base.h); "": it is, or there is none
};

// How matrices are held; vectors are fp32.
struct WeightForm {
    enum class Use { training, inference, under_adapter } use;
    FrozenMatrix::Form blocks = FrozenMatrix::Form::exact;      // under an adapter: the matrices of the blocks,
    FrozenMatrix::Form embeddings = FrozenMatrix::Form::exact;  // the embedding and the head

    static const WeightForm plain;   // fp32, to be trained
    static const WeightForm packed;  // for inference alone
    static const WeightForm frozen;  // under an adapter, exact
    static const WeightForm nf4;
};
inline constexpr WeightForm WeightForm::plain{.use = Use::training};
inline constexpr WeightForm WeightForm::packed{.use = Use::inference};
inline constexpr WeightForm WeightForm::frozen{.use = Use::under_adapter};
inline constexpr WeightForm WeightForm::nf4{.use = Use::under_adapter, .blocks = FrozenMatrix::Form::nf4};

// Bytes of a model's weights in that form; `exact_bytes` is exact_weight_bytes().
int64_t weight_bytes(const ModelConfig& config, const WeightForm& form, int64_t exact_bytes = 4);
// Of an exact weight: 2 where config.json says bfloat16, else 4.
int64_t exact_weight_bytes(const HfConfig& config);

// The numbers of the file, whatever its dtype. A missing tensor or a wrong shape is an Exception naming file and
// tensor, or, unless strict, begins as initialize(0) makes it and is told. `memory` where this machine has less left
// than the weights take. progress(share) is called after each tensor and may throw.
LoadedModel load_model(const ModelFiles& files, const WeightForm& form = WeightForm::plain,
                       const std::function<void(double share)>& progress = {});
// Gives every parameter of a model without values its form. `read` has elements [first, first + count) of a part.
using PartReader =
    std::function<void(const Parameter& parameter, size_t part, int64_t first, int64_t count, float* values)>;
void fill_model(Model& model, const WeightForm& form, const PartReader& read,
                const std::function<void(double share)>& progress = {});
// Tokens that end an answer: of generation_config.json, or a GGUF's metadata, alone.
std::vector<int32_t> end_tokens(const HfConfig& config);
// Every tensor under its file name; they point into the model's memory. The weights must be plain.
std::vector<TensorSource> weight_sources(const Model& model, Dtype dtype);
// The same, read from files piece by piece as they are written, so that no model is loaded; `weights`
// outlives them. Every tensor is checked here: errors as load_model's.
std::vector<TensorSource> weight_sources(const ModelWeights& weights, const ModelConfig& config, Dtype dtype);

}  // namespace lathe
