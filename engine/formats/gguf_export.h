// A model written as a GGUF file, with the keys and names of llama.cpp's convert_hf_to_gguf.py and the types of
// llama-quantize, so that llama.cpp and read_gguf_config, GgufWeights read it as the same model. Any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/formats/gguf_mix.h"
#include "engine/formats/gguf_writer.h"
#include "engine/formats/hf_folder.h"

namespace lathe {

struct GgufExport {
    HfConfig config;
    std::vector<TensorSource> weights;  // fp32 under Hugging Face names; a tied lm_head.weight is left out
    GgufFileType type = GgufFileType::F16;
    std::string name;    // general.name
    GgufKeys tokenizer;  // tokenizer.*: gguf_tokenizer_keys() of engine/data makes them
    int threads = 1;     // to quantise on
};

// The file's size, exact. Errors: unsupported, where llama.cpp's model of this architecture computes something else
// (biases of a qwen3, rope_type llama3 of another architecture than llama, an attention_factor of its own, heads of a
// qwen2 that are not hidden_size / num_attention_heads wide) or has no such tensor.
int64_t gguf_bytes(const GgufExport& model);
// Writes it, tensor by tensor, and returns its sha256: the contract of write_gguf_file, with the errors of gguf_bytes.
std::string write_gguf(const std::string& path, const GgufExport& model,
                       const std::function<bool(int64_t)>& progress = {});

}  // namespace lathe
