// Normalizer, pre-tokenizer, post-processor and decoder of a tokenizer.json. Pure functions.
#pragma once

#include <vector>

#include "engine/data/json_reader.h"
#include "engine/data/tokenizer_json.h"

namespace lathe {

bool reads_nfc(const JsonReader& root);
std::vector<SplitStep> read_split_steps(const JsonReader& root);
// Fills prefix_ids and suffix_ids.
void read_template(const JsonReader& root, TokenizerSpec& spec);
void check_decoder(const JsonReader& root);

}  // namespace lathe
