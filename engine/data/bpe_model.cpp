#include "engine/data/bpe_model.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

#include "engine/data/long_word.h"
#include "engine/data/word_hash.h"

namespace lathe {

namespace {

constexpr size_t kShortWord = 96;  // symbols
constexpr size_t kCacheSlots = size_t{1} << 15;
constexpr uint32_t kNoRank = std::numeric_limits<uint32_t>::max();
constexpr uint32_t kEnd = std::numeric_limits<uint32_t>::max();
constexpr size_t kKeptSymbols = size_t{1} << 20;  // a scratch that grew larger is freed after use

uint64_t pair_key(int32_t left, int32_t right) {
    return uint64_t{static_cast<uint32_t>(left)} << 32 | static_cast<uint32_t>(right);
}

// One cache line: a word and its tokens.
struct CachedWord {
    uint8_t length = 0;
    uint8_t tokens = 0;
    char word[26];
    int32_t ids[9];
};

}  // namespace

struct BpeModel::Scratch {
    std::vector<CachedWord> cache = std::vector<CachedWord>(kCacheSlots);
    std::unique_ptr<LongWord> long_word;
};

void BpeModel::ScratchDeleter::operator()(Scratch* scratch) const {
    delete scratch;
}

BpeModel::ScratchPtr BpeModel::make_scratch() const {
    return ScratchPtr(new Scratch);
}

BpeModel::BpeModel(const std::array<int32_t, 256>& byte_ids, const std::vector<Merge>& merges,
                   std::unordered_map<std::string, int32_t> whole_words)
    : byte_ids_(byte_ids), merge_count_(merges.size()), whole_words_(std::move(whole_words)) {
    const size_t capacity = std::bit_ceil(std::max<size_t>(16, merges.size() * 2));
    shift_ = 64 - std::countr_zero(capacity);
    slots_.resize(capacity);
    for (size_t rank = 0; rank < merges.size(); ++rank) {
        const uint64_t pair = pair_key(merges[rank].left, merges[rank].right);
        size_t at = mix(pair) >> shift_;
        while (slots_[at].pair != pair && slots_[at].result >= 0) at = (at + 1) & (capacity - 1);
        slots_[at] = {pair, static_cast<uint32_t>(rank), merges[rank].result};
    }
}

const BpeModel::Slot* BpeModel::find(int32_t left, int32_t right) const {
    const uint64_t pair = pair_key(left, right);
    for (size_t at = mix(pair) >> shift_;; at = (at + 1) & (slots_.size() - 1)) {
        const Slot& slot = slots_[at];
        if (slot.result < 0) return nullptr;
        if (slot.pair == pair) return &slot;
    }
}

void BpeModel::encode_word(std::string_view word, std::vector<int32_t>& ids, Scratch& scratch) const {
    if (word.size() > sizeof(CachedWord::word)) return merge_word(word, ids, scratch);
    CachedWord& cached = scratch.cache[hash_word(word) & (kCacheSlots - 1)];
    if (cached.length == word.size() && std::memcmp(cached.word, word.data(), word.size()) == 0) {
        ids.insert(ids.end(), cached.ids, cached.ids + cached.tokens);
        return;
    }
    const size_t from = ids.size();
    merge_word(word, ids, scratch);
    const size_t count = ids.size() - from;
    if (count > std::size(cached.ids)) return;
    cached.length = static_cast<uint8_t>(word.size());
    cached.tokens = static_cast<uint8_t>(count);
    std::memcpy(cached.word, word.data(), word.size());
    std::copy_n(ids.begin() + static_cast<std::ptrdiff_t>(from), count, cached.ids);
}

void BpeModel::merge_word(std::string_view word, std::vector<int32_t>& ids, Scratch& scratch) const {
    if (!whole_words_.empty()) {
        if (const auto whole = whole_words_.find(std::string(word)); whole != whole_words_.end()) {
            ids.push_back(whole->second);
            return;
        }
    }
    const size_t from = ids.size();
    for (const char byte : word) {
        if (const int32_t id = byte_ids_[static_cast<unsigned char>(byte)]; id >= 0) ids.push_back(id);
    }
    if (ids.size() - from <= kShortWord) return merge_short(ids, from);
    merge_long(ids, from, scratch);
}

void BpeModel::merge_short(std::vector<int32_t>& ids, size_t from) const {
    int32_t* symbols = ids.data() + from;
    size_t count = ids.size() - from;
    if (count < 2) return;
    std::array<uint32_t, kShortWord> ranks;  // of the pair (i, i + 1)
    std::array<int32_t, kShortWord> results;
    const auto look = [&](size_t i) {
        const Slot* slot = find(symbols[i], symbols[i + 1]);
        ranks[i] = slot ? slot->rank : kNoRank;
        results[i] = slot ? slot->result : -1;
    };
    for (size_t i = 0; i + 1 < count; ++i) look(i);
    while (count > 1) {
        const auto pairs_end = ranks.begin() + static_cast<std::ptrdiff_t>(count - 1);
        const auto best = static_cast<size_t>(std::min_element(ranks.begin(), pairs_end) - ranks.begin());
        if (ranks[best] == kNoRank) break;
        symbols[best] = results[best];
        const size_t moved = count - best - 2;
        std::memmove(symbols + best + 1, symbols + best + 2, moved * sizeof(int32_t));
        std::memmove(&ranks[best], &ranks[best] + 1, moved * sizeof(uint32_t));
        std::memmove(&results[best], &results[best] + 1, moved * sizeof(int32_t));
        --count;
        if (best + 1 < count) look(best);
        if (best > 0) look(best - 1);
    }
    ids.resize(from + count);
}

void BpeModel::merge_long(std::vector<int32_t>& ids, size_t from, Scratch& scratch) const {
    if (!scratch.long_word) scratch.long_word = std::make_unique<LongWord>(merge_count_);
    LongWord& word = *scratch.long_word;
    const size_t count = ids.size() - from;
    word.symbols.assign(ids.begin() + static_cast<std::ptrdiff_t>(from), ids.end());
    word.next.resize(count);
    word.previous.resize(count);
    for (uint32_t i = 0; i < count; ++i) {
        word.next[i] = i + 1 < count ? i + 1 : kEnd;
        word.previous[i] = i > 0 ? i - 1 : kEnd;
    }
    const auto queue_pair = [&](uint32_t left) {
        if (const Slot* slot = find(word.symbols[left], word.symbols[word.next[left]]))
            word.queue.push(slot->rank, left);
    };
    for (uint32_t i = 0; i + 1 < count; ++i) queue_pair(i);
    uint32_t rank = 0, left = 0;
    while (word.queue.pop(rank, left)) {
        if (word.symbols[left] < 0 || word.next[left] == kEnd) continue;
        const uint32_t right = word.next[left];
        const Slot* slot = find(word.symbols[left], word.symbols[right]);
        if (!slot || slot->rank != rank) continue;  // the pair it was queued for is gone
        word.symbols[left] = slot->result;
        word.symbols[right] = -1;
        word.next[left] = word.next[right];
        if (word.next[left] != kEnd) word.previous[word.next[left]] = left;
        if (word.previous[left] != kEnd) queue_pair(word.previous[left]);
        if (word.next[left] != kEnd) queue_pair(left);
    }
    ids.resize(from);
    for (const int32_t symbol : word.symbols) {
        if (symbol >= 0) ids.push_back(symbol);
    }
    if (count > kKeptSymbols) scratch.long_word.reset();
}

}  // namespace lathe
