// Finds added tokens in text: leftmost, then longest, with Hugging Face's rules for single_word, lstrip and rstrip.
// Source: tokenizers/src/tokenizer/added_vocabulary.rs (find_matches). Immutable after construction, any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace lathe {

struct AddedToken {
    int32_t id = 0;
    std::string content;
    bool single_word = false;  // not beside a letter, mark, digit or _
    bool lstrip = false;       // takes the spaces before it
    bool rstrip = false;       // and behind it
    bool normalized = false;   // looked for in the normalized text
    bool special = false;
};

// Stretches of a text in which added tokens may be seen, in order.
struct TrustedText {
    struct Stretch {
        std::string_view text;
        bool special = true;  // also the special ones among them
        const char* end() const { return text.data() + text.size(); }
    };
    std::vector<Stretch> stretches;
    // The stretch that `at` is in; null: it is in none.
    const Stretch* stretch_at(const char* at) const;
    // All of it lies in one stretch, and any token may be seen there.
    bool covers(std::string_view text) const;
};

class AddedTokenMatcher {
public:
    void add(const AddedToken& token, std::string_view content);
    bool empty() const { return tokens_.empty(); }

    struct Piece {
        std::string_view text;
        int32_t id;  // -1: text between tokens
    };
    // Pieces of the text in order; text is valid UTF-8. trusted: tokens are only seen that lie wholly in one of its
    // stretches.
    void find(std::string_view text, std::vector<Piece>& pieces, const TrustedText* trusted = nullptr) const;

private:
    // Index of the longest token that starts at `at`, -1 if none.
    int64_t longest_at(std::string_view text, size_t at, bool special, size_t& length) const;

    std::vector<AddedToken> tokens_;
    std::vector<int32_t> token_at_ = {-1};          // trie node -> token
    std::unordered_map<uint64_t, uint32_t> child_;  // node << 8 | byte -> node
    std::array<bool, 256> starts_{};
};

}  // namespace lathe
