// The tokenizer in a GGUF's metadata, written as the tokenizer.json and tokenizer_config.json that it came of.
// tokenizer.ggml.pre decides how text is cut: qwen2 (NFC, Qwen's pattern), llama-bpe (Llama 3's pattern; a word that is
// a token is not merged), smollm (single digits, GPT-2's pattern), gpt-2; others are `unsupported` by name. Source:
// llama.cpp src/llama-vocab.cpp, convert_hf_to_gguf.py. Pure functions, any thread.
#pragma once

#include <string>

#include "engine/formats/gguf.h"

namespace lathe {

struct GgufTokenizer {
    std::string tokenizer_json, tokenizer_config_json;
    std::string chat_template;  // Jinja; "" if there is none. In tokenizer_config_json too
};

// Byte-level BPE alone (tokenizer.ggml.model "gpt2"). Control tokens are special, those of the user are added tokens
// that are not, unused ones are left out. Bytes of a token that are not UTF-8 stay what they are. Errors: missing_key,
// wrong_type, mismatch (lists of different lengths), out_of_range (ids, token types), unsupported.
GgufTokenizer read_gguf_tokenizer(const GgufFile& file);

}  // namespace lathe
