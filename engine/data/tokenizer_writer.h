// tokenizer.json and tokenizer_config.json of a tokenizer we trained, as Hugging Face tokenizers and transformers'
// AutoTokenizer read them. With Qwen2's pattern the config names Qwen2Tokenizer, which rebuilds exactly this pipeline
// from vocabulary and merges. Pure functions.
#pragma once

#include <string>
#include <vector>

#include "engine/data/bpe_trainer.h"

namespace lathe {

struct TrainedBpe {
    std::vector<std::string> spellings;               // by id, special tokens first
    std::vector<std::pair<int32_t, int32_t>> merges;  // ids
    size_t special_tokens = 0;
    BpePattern pattern = BpePattern::qwen2;
};

std::string tokenizer_json_of(const TrainedBpe& bpe);
std::string tokenizer_config_json_of(const TrainedBpe& bpe);

}  // namespace lathe
