// A model on disk as a source of tensors under Hugging Face names, be it a folder (hf_folder.h) or a GGUF file
// (gguf_model.h). Any thread; one object belongs to one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/formats/safetensors.h"

namespace lathe {

struct HfConfig;  // hf_folder.h

class ModelWeights {
public:
    virtual ~ModelWeights() = default;
    virtual bool has(const std::string& name) const = 0;
    // `missing_key` if there is none.
    virtual std::vector<int64_t> shape(const std::string& name) const = 0;
    // That read() could read it: `missing_key`; `mismatch` naming file, tensor, expected and found; `unsupported`.
    virtual void require(const std::string& name, const std::vector<int64_t>& shape) const = 0;
    // Elements [first, first+count) as fp32.
    virtual void read_part(const std::string& name, int64_t first, int64_t count, float* destination) const = 0;
    // All of them in alphabetical order, so that the caller can report missing and unknown ones.
    virtual std::vector<std::string> names() const = 0;
    // The tensors that hold `name` in NF4 with double quantisation, as they are stored (nf4_weights.h); none if it is
    // held otherwise. They read from this object.
    virtual std::vector<TensorSource> stored_nf4(const std::string& /*name*/) const { return {}; }
    // Whether any matrix went through fewer than 16 bits: NF4, the blocks of a GGUF.
    virtual bool is_rounded() const { return false; }
    int64_t elements(const std::string& name) const;
    // The whole tensor as fp32. Errors: require()'s.
    void read(const std::string& name, const std::vector<int64_t>& shape, float* destination) const {
        require(name, shape);
        read_part(name, 0, elements(name), destination);
    }
};

// A model on disk: a Hugging Face folder, a GGUF file, or a PEFT adapter's folder, whose base is the one that it names.
struct ModelFiles {
    ModelFiles(std::string model, std::string lora = "", bool all = true)  // NOLINT: a path is the usual case
        : path(std::move(model)), adapter(std::move(lora)), strict(all) {}
    std::string path;
    std::string adapter;  // PEFT adapter's folder to lay over it; "" for none
    bool strict;          // every tensor must be there in its shape; else those that are not stay as the model begins
};

// Of a Hugging Face folder, quantised to NF4 or not, a GGUF file, or an adapter's folder, which names its base.
// `adapter`: a folder of a LoRA adapter, whose product is added to the weights as they are read. Errors: those of
// HfWeights, Nf4Weights and read_hf_config, GgufWeights and read_gguf_config, read_peft_adapter and AdaptedWeights.
std::unique_ptr<ModelWeights> open_weights(const std::string& path, const std::string& adapter = "");
HfConfig read_model_config(const std::string& path);

// A tensor of a model, and how a file's differs from it.
struct TensorDifference {
    std::string name;
    std::vector<int64_t> wanted, found;  // empty: the model has none of this name; it is not there
    bool is_extra() const { return wanted.empty(); }
};
// "NAME: not there, (3, 4) wanted; NAME: (3) in place of (4); NAME: not used, (5); and 7 more"
std::string differences_text(const std::vector<TensorDifference>& differences, size_t most = 5);
constexpr size_t kNamedTensors = 100;  // in a record

std::string shape_text(const std::vector<int64_t>& shape);  // "(128, 32)"
// `mismatch` naming file and tensor unless the shapes are equal.
void require_shape(const std::string& file, const std::string& tensor, const std::vector<int64_t>& wanted,
                   const std::vector<int64_t>& found);

}  // namespace lathe
