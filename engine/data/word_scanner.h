// Hand-written matchers of the well-known pre-tokenizer patterns; all are linear in the text, where a regular
// expression would look ahead and back.
//   gpt2    's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
//   qwen2   (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}|
//   ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+ llama3  the same with \p{N}{1,3}; two_digits with \p{N}{1,2}
// Source: tokenizers' byte_level.rs, the tokenizer.json of Qwen2 and Llama 3. Pure functions.
#pragma once

#include <optional>
#include <string_view>

#include "engine/data/unicode_classes.h"

namespace lathe {

enum class WordPattern { gpt2, qwen2, two_digits, llama3 };

std::string_view pattern_text(WordPattern pattern);
// Where a regular expression of a tokenizer.json is one of these.
std::optional<WordPattern> known_pattern(std::string_view regex);

// End of the word that starts at p < end; the text is valid UTF-8.
const char* word_end(WordPattern pattern, const char* p, const char* end, const UnicodeClasses& classes);

}  // namespace lathe
