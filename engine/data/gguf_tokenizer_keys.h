// A tokenizer as the metadata of a GGUF: what gguf_tokenizer.h reads, and llama.cpp. Source: llama.cpp
// conversion/base.py (get_vocab_base), gguf-py vocab.py (SpecialVocab). Pure functions, any thread.
#pragma once

#include <string>

#include "engine/formats/gguf_writer.h"
#include "engine/formats/hf_folder.h"

namespace lathe {

// tokenizer.ggml.* and tokenizer.chat_template for the model in `source`. Of a GGUF its own, verbatim. Of a Hugging
// Face folder: tokens in GPT-2's spelling of bytes, up to config.model.vocab_size with unused [PADn]; added tokens are
// control tokens where they are special or look like "<|this|>", else the user's; ids of the config, else of
// tokenizer_config.json; up to three end tokens, as eos, eot and eom; the chat template, if there is one.
// tokenizer.ggml.pre is the one of qwen2, llama-bpe, smollm and gpt-2 whose steps are the tokenizer's; none of them:
// `unsupported`, as are added tokens that take spaces or part of a word with them, and more than one token before or
// after a document. Other errors: those of parse_tokenizer_json and find_chat_template; mismatch (more tokens than
// vocab_size), out_of_range (ids).
GgufKeys gguf_tokenizer_keys(const std::string& source, const HfConfig& config);

}  // namespace lathe
