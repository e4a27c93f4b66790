// Whether a tokenizer is the one that a model's weights were trained with. Any thread.
#pragma once

#include <string>

#include "engine/data/tokenizer.h"

namespace lathe {

// "" where nothing speaks against it; else what does, in English: it has more tokens than the model, or another sha256
// than the one that stood beside these weights when Lathe wrote them (lathe_export.json or manifest.json of `path`).
std::string tokenizer_difference(const std::string& path, const Tokenizer& tokenizer, int64_t vocab_size);

}  // namespace lathe
