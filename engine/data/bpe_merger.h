// The merge loop of BPE training over counted words. A pair's count is kept current by deltas; the heap holds counts
// that may be stale and are refreshed when popped; every entry carries the words that may hold its pair. Follows
// tokenizers/src/models/bpe/trainer.rs (do_train) and word.rs (merge) also where two pairs spell the same token. One
// thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/data/word_counter.h"

namespace lathe {

class BpeMerger {
public:
    // spellings: the tokens there are; byte_ids: which of them the bytes are.
    BpeMerger(const WordCounts& counts, const std::vector<int32_t>& byte_ids, std::vector<std::string> spellings);
    struct Merge {
        int64_t tokens;  // that there are now
        int32_t left, right;
        int64_t count;  // of the pair
    };
    // Merges until there are vocab_size tokens or no pair occurs min_frequency times.
    void run(int64_t vocab_size, int64_t min_frequency, const std::function<void(const Merge&)>& merged);

    const std::vector<std::string>& spellings() const { return spellings_; }
    std::vector<std::pair<int32_t, int32_t>> merges()
        const;  // of a pair merged twice only the last, as Hugging Face keeps it

private:
    struct Word {
        size_t first;
        uint32_t length;
        int64_t count;
    };
    struct Pair {
        uint64_t key;
        int64_t count = 0;
        uint32_t list = kNone;  // of the words that gained it in this step
    };
    struct Candidate {
        int64_t count;
        uint64_t key;
        uint32_t list;
        bool operator<(const Candidate& other) const {
            return count != other.count ? count < other.count : key > other.key;
        }
    };
    static constexpr uint32_t kNone = ~uint32_t{0};

    Pair& pair(uint64_t key);
    void grow_pairs();
    void change(int32_t left, int32_t right, int64_t count, uint32_t word);
    void merge_in(uint32_t word, int32_t left, int32_t right, int32_t result);
    void queue_changed();
    int32_t token_of(int32_t left, int32_t right);

    std::vector<std::string> spellings_;
    std::unordered_map<std::string, int32_t> ids_;
    std::vector<Word> words_;
    std::vector<int32_t> symbols_;  // of all words
    std::vector<uint32_t> slots_;   // hash of pairs: index + 1
    std::vector<Pair> pairs_;
    std::vector<uint32_t> changed_;  // pairs with a list
    std::vector<std::vector<uint32_t>> lists_;
    std::vector<uint32_t> free_lists_;
    std::vector<Candidate> heap_;
    std::vector<uint64_t> merged_;  // keys in order
};

}  // namespace lathe
