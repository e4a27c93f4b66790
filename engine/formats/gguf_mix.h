// The kinds of GGUF files that Lathe writes, and the type that each tensor has in them: what llama-quantize chooses
// where it has no importance matrix. Source: llama.cpp src/llama-quant.cpp. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/config.h"
#include "engine/formats/gguf_blocks.h"

namespace lathe {

// The numbers of general.file_type (llama_ftype).
enum class GgufFileType : uint32_t { F32 = 0, F16 = 1, Q4_0 = 2, Q8_0 = 7, Q4_K_M = 15, BF16 = 32 };

// Of "f32", "f16", "bf16", "q8_0", "q4_0" or "q4_k_m"; else out_of_range of the key gguf_type, naming these.
GgufFileType parse_gguf_file_type(const std::string& name);

// `name` is the GGUF's, `shape` outermost first. Norms and biases stay F32. Where rows are no multiple of the type's
// block: Q5_0, Q5_1 or Q8_0 for Q4_K, Q5_K or Q6_K, and at last F16.
GgufType gguf_tensor_type(GgufFileType file_type, const std::string& name, const std::vector<int64_t>& shape,
                          const ModelConfig& model);

}  // namespace lathe
