// The immutable inside of a Tokenizer, and the pool of working memory its threads share.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/tokenizer.h"
#include "engine/data/tokenizer_json.h"

namespace lathe {

struct Tokenizer::Data {
    std::string json, config, special_tokens_map;  // as read, or as written at training
    std::string sha256, folder;
    std::vector<std::string> token_bytes;  // by id
    std::vector<bool> special;             // by id
    std::vector<int32_t> by_bytes;         // ids of tokens that are not added, in the order of their bytes
    std::vector<AddedToken> added_tokens;  // in the order of their text
    BpeModel model;
    Pretokenizer pretokenizer;
    AddedTokenMatcher raw_tokens, normalized_tokens;
    std::vector<int32_t> prefix_ids, suffix_ids;
    bool nfc = false;
    int32_t eos_id = -1;
    std::string no_bytes;

    std::optional<int32_t> id_of(std::string_view content) const;
    BpeModel::ScratchPtr borrow() const;
    void give_back(BpeModel::ScratchPtr scratch) const;

private:
    mutable std::mutex mutex_;
    mutable std::vector<BpeModel::ScratchPtr> pool_;
};

// config may be empty: then one is made that names the generic class.
std::shared_ptr<Tokenizer::Data> make_tokenizer_data(std::string json, std::string config, const std::string& file);

}  // namespace lathe
