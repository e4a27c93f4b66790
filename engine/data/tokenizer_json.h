// What a tokenizer.json says, read strictly and in linear time (simdjson): all ids, merges and steps are checked, what
// Lathe cannot follow exactly is refused. Source: tokenizers/src/models/bpe/serialization.rs and the serde types of its
// normalizers, pre_tokenizers, processors. Pure functions, any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/data/added_tokens.h"
#include "engine/data/bpe_model.h"
#include "engine/data/pretokenizer.h"

namespace lathe {

struct TokenizerSpec {
    std::vector<std::string> token_bytes;  // by id; an added token's are its text
    std::vector<bool> is_token;            // by id
    std::array<int32_t, 256> byte_ids{};   // -1: not in the vocabulary
    std::vector<Merge> merges;             // by rank
    bool ignore_merges = false;
    bool nfc = false;
    std::vector<SplitStep> steps;
    std::vector<AddedToken> added_tokens;
    std::vector<int32_t> prefix_ids, suffix_ids;  // of TemplateProcessing
};

constexpr int64_t kTokenizerJsonLimit = 256LL << 20;

// FOLDER/name, a settings file of a tokenizer; "" where there is none. Errors: those of read_file.
std::string optional_file(const std::string& folder, const char* name);
// file stands in the errors.
TokenizerSpec parse_tokenizer_json(const std::string& json, const std::string& file);

}  // namespace lathe
