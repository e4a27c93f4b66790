#include "engine/formats/gguf_mix.h"

#include <cstdlib>
#include <utility>

#include "engine/base/error.h"

namespace lathe {

namespace {

constexpr std::pair<const char*, GgufFileType> kNames[] = {
    {"f32", GgufFileType::F32},   {"f16", GgufFileType::F16},   {"bf16", GgufFileType::BF16},
    {"q8_0", GgufFileType::Q8_0}, {"q4_0", GgufFileType::Q4_0}, {"q4_k_m", GgufFileType::Q4_K_M},
};

// use_more_bits: the first and last eighth of the blocks, and every third between.
bool has_more_bits(int64_t block, int64_t blocks) {
    return block < blocks / 8 || block >= 7 * blocks / 8 || (block - blocks / 8) % 3 == 2;
}

// Models of 70B share a v among eight heads: it is small, and worth more bits.
bool shares_v_widely(const ModelConfig& model) {
    return model.num_hidden_layers == 80 &&
           (model.model_type == "qwen2" ||
            (model.model_type == "llama" && model.num_attention_heads != model.num_key_value_heads));
}

GgufType of_q4_k_m(const std::string& name, const ModelConfig& model) {
    const bool is_v = name.ends_with(".attn_v.weight");
    if (!is_v && !name.ends_with(".ffn_down.weight")) return GgufType::Q4_K;
    const int64_t block = std::atoll(name.c_str() + 4);  // "blk.N."
    if (has_more_bits(block, model.num_hidden_layers)) return GgufType::Q6_K;
    return is_v && shares_v_widely(model) ? GgufType::Q5_K : GgufType::Q4_K;
}

bool divides(GgufType type, int64_t columns) {
    return columns % find_gguf_block(static_cast<uint32_t>(type))->weights == 0;
}

GgufType fitting(GgufType type, int64_t columns) {
    if (divides(type, columns)) return type;
    const GgufType smaller = type == GgufType::Q4_K   ? GgufType::Q5_0
                             : type == GgufType::Q5_K ? GgufType::Q5_1
                             : type == GgufType::Q6_K ? GgufType::Q8_0
                                                      : type;
    return divides(smaller, columns) ? smaller : GgufType::F16;
}

}  // namespace

GgufFileType parse_gguf_file_type(const std::string& name) {
    for (const auto& [known, type] : kNames)
        if (name == known) return type;
    fail({.kind = ErrorKind::out_of_range,
          .key = "gguf_type",
          .expected = "f32, f16, bf16, q8_0, q4_0 or q4_k_m",
          .found = name});
}

GgufType gguf_tensor_type(GgufFileType file_type, const std::string& name, const std::vector<int64_t>& shape,
                          const ModelConfig& model) {
    if (shape.size() < 2) return GgufType::F32;
    const bool is_output = name == "output.weight" || (model.tie_word_embeddings && name == "token_embd.weight");
    switch (file_type) {
        case GgufFileType::F32:
            return GgufType::F32;
        case GgufFileType::F16:
            return GgufType::F16;
        case GgufFileType::BF16:
            return GgufType::BF16;
        case GgufFileType::Q8_0:
            return fitting(GgufType::Q8_0, shape.back());
        case GgufFileType::Q4_0:
            return fitting(is_output ? GgufType::Q6_K : GgufType::Q4_0, shape.back());
        case GgufFileType::Q4_K_M:
            return fitting(is_output ? GgufType::Q6_K : of_q4_k_m(name, model), shape.back());
    }
    return GgufType::F32;
}

}  // namespace lathe
