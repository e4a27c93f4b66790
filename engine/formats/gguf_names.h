// Where a GGUF keeps what a Hugging Face model has: the names of the tensors, in one table for both directions, and the
// order of the rows of a llama's q and k. llama.cpp rotates neighbours there: of a head's rows, the first half stands
// in the even rows and the second in the odd ones. Source: llama.cpp gguf-py tensor_mapping.py, LlamaModel.permute.
// Pure functions, any thread.
#pragma once

#include <cstdint>
#include <string>

namespace lathe {

// "blk.3.attn_q.bias" is "model.layers.3.self_attn.q_proj.bias". A name that is not in the table stays as it is.
std::string hf_name(const std::string& gguf_name);
std::string gguf_name(const std::string& hf_name);

// q and k of the architecture "llama", by their GGUF names.
bool has_interleaved_heads(const std::string& architecture, const std::string& gguf_name);
// Where row `row` of a Hugging Face tensor with interleaved heads stands in the file.
int64_t interleaved_row(int64_t row, int64_t head_rows);

}  // namespace lathe
