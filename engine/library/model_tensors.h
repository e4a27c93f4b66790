// The tensors of any model on disk under the names that its files give them: a GGUF file, a Hugging Face folder, in NF4
// or not, or the folder of an adapter (adapter_model.safetensors). Of the files' headers alone until something is read.
// Any thread; one object belongs to one thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/model_entry.h"
#include "engine/formats/gguf.h"
#include "engine/formats/hf_folder.h"
#include "engine/formats/nf4_weights.h"

namespace lathe {

class ModelTensors {
public:
    // Errors: those of GgufFile, HfWeights, Nf4Weights, SafetensorsFile.
    explicit ModelTensors(const std::string& path);
    const std::vector<TensorRow>& rows() const { return rows_; }
    int64_t elements(const std::string& name) const;                         // missing_key
    const GgufFile* gguf() const { return std::get_if<GgufFile>(&files_); }  // null: a folder
    // Elements [first, first+count) as fp32. missing_key; unsupported for whole numbers.
    void read_fp32(const std::string& name, int64_t first, int64_t count, float* destination) const;

private:
    using Files = std::variant<GgufFile, HfWeights, Nf4Weights, SafetensorsFile>;
    static Files open(const std::string& path);

    Files files_;
    std::vector<TensorRow> rows_;
};

}  // namespace lathe
