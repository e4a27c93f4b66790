// A model in a GGUF file, of architecture qwen2, qwen3 or llama, as a Hugging Face folder would hold it: its settings,
// and its tensors under Hugging Face names (blk.N.attn_q.weight is model.layers.N.self_attn.q_proj.weight). llama.cpp
// stores q and k of a llama with the two halves of each head interleaved; read here they have their places again. What
// changes the maths and is not ours is `unsupported` by key. Source: llama.cpp convert_hf_to_gguf.py, gguf-py
// tensor_mapping.py. Any thread; one object belongs to one thread at a time.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/formats/gguf.h"
#include "engine/formats/hf_folder.h"
#include "engine/formats/model_weights.h"

namespace lathe {

// config_json and generation_config_json are ""; end tokens are tokenizer.ggml.eos_token_id, eot_token_id and
// eom_token_id. Rows of token_embd.weight are the vocabulary. Errors: missing_key, wrong_type, out_of_range, mismatch,
// unsupported. Sizes are checked for range alone.
HfConfig read_gguf_config(const GgufFile& file);

// rope_parameters of the keys under `architecture`.rope, and of rope_freqs.weight, which stands for rope_type llama3:
// it has what each frequency is divided by. Of it original_max_position_embeddings, low_freq_factor and
// high_freq_factor are found again (Llama 3's own, else `unsupported`).
RopeParameters read_gguf_rope(const GgufFile& file, const std::string& architecture, int64_t head_size);
// rope_freqs.weight of rope_type llama3, (head_size / 2): what each frequency is divided by.
std::vector<float> llama3_divisors(const RopeParameters& rope, int64_t head_size);

class GgufWeights : public ModelWeights {
public:
    explicit GgufWeights(const std::string& path);
    bool has(const std::string& name) const override { return where_.contains(name); }
    std::vector<int64_t> shape(const std::string& name) const override;
    void require(const std::string& name, const std::vector<int64_t>& shape) const override;
    void read_part(const std::string& name, int64_t first, int64_t count, float* destination) const override;
    std::vector<std::string> names() const override;
    bool is_rounded() const override;

private:
    struct Place {
        const GgufTensor* tensor;
        int64_t head_rows;  // rows of a head whose halves are interleaved; 0: none are
    };
    const Place& find(const std::string& name) const;

    GgufFile file_;
    std::map<std::string, Place> where_;
};

}  // namespace lathe
