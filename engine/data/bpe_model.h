// The merges of byte-level BPE: a word's bytes become tokens, then the adjacent pair of lowest rank (leftmost first) is
// joined until none is left. A hash of pairs; short words by scanning, long ones by positions queued per rank, O(n log
// n), no recursion. Words are cached. Source: tokenizers/src/models/bpe/word.rs (merge_all). Immutable; each thread
// brings its own Scratch.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace lathe {

struct Merge {
    int32_t left, right, result;
};

class BpeModel {
public:
    struct Scratch;
    struct ScratchDeleter {
        void operator()(Scratch* scratch) const;
    };
    using ScratchPtr = std::unique_ptr<Scratch, ScratchDeleter>;

    BpeModel() = default;
    // byte_ids: -1 where the vocabulary lacks the byte, which is then left out, as Hugging Face does.
    // The rank of a merge is its place; of equal pairs the last counts. whole_words: words that need no merges
    // (ignore_merges).
    BpeModel(const std::array<int32_t, 256>& byte_ids, const std::vector<Merge>& merges,
             std::unordered_map<std::string, int32_t> whole_words);

    ScratchPtr make_scratch() const;
    void encode_word(std::string_view word, std::vector<int32_t>& ids, Scratch& scratch) const;
    int32_t byte_id(unsigned char byte) const { return byte_ids_[byte]; }

private:
    struct Slot {
        uint64_t pair = ~uint64_t{0};
        uint32_t rank = 0;
        int32_t result = -1;
    };
    const Slot* find(int32_t left, int32_t right) const;
    void merge_word(std::string_view word, std::vector<int32_t>& ids, Scratch& scratch) const;
    void merge_short(std::vector<int32_t>& ids, size_t from) const;
    void merge_long(std::vector<int32_t>& ids, size_t from, Scratch& scratch) const;

    std::array<int32_t, 256> byte_ids_{};
    std::vector<Slot> slots_;
    int shift_ = 63;
    size_t merge_count_ = 0;
    std::unordered_map<std::string, int32_t> whole_words_;
};

}  // namespace lathe
