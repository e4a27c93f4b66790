// Vocabulary, merges and added tokens of a tokenizer.json. Pure functions.
#pragma once

#include "engine/data/json_reader.h"
#include "engine/data/tokenizer_json.h"

namespace lathe {

// Fills token_bytes, is_token, byte_ids, merges, ignore_merges and added_tokens.
void read_vocabulary(const JsonReader& root, TokenizerSpec& spec);

}  // namespace lathe
