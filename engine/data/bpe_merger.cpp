#include "engine/data/bpe_merger.h"

#include <algorithm>
#include <unordered_set>

#include "engine/data/word_hash.h"

namespace lathe {

namespace {

uint64_t key_of(int32_t left, int32_t right) {
    return uint64_t{static_cast<uint32_t>(left)} << 32 | static_cast<uint32_t>(right);
}
int32_t left_of(uint64_t key) {
    return static_cast<int32_t>(key >> 32);
}
int32_t right_of(uint64_t key) {
    return static_cast<int32_t>(key & 0xFFFFFFFFU);
}

}  // namespace

BpeMerger::BpeMerger(const WordCounts& counts, const std::vector<int32_t>& byte_ids, std::vector<std::string> spellings)
    : spellings_(std::move(spellings)), slots_(1 << 12, 0) {
    for (size_t id = 0; id < spellings_.size(); ++id) ids_.try_emplace(spellings_[id], static_cast<int32_t>(id));
    for (const WordCounts::Entry& entry : counts.entries()) {
        if (entry.length < 2) continue;
        words_.push_back({symbols_.size(), entry.length, entry.count});
        for (const char byte : entry.word()) symbols_.push_back(byte_ids[static_cast<unsigned char>(byte)]);
    }
    for (uint32_t w = 0; w < words_.size(); ++w) {
        const int32_t* symbols = symbols_.data() + words_[w].first;
        for (uint32_t i = 0; i + 1 < words_[w].length; ++i) change(symbols[i], symbols[i + 1], words_[w].count, w);
    }
    queue_changed();
}

BpeMerger::Pair& BpeMerger::pair(uint64_t key) {
    const size_t mask = slots_.size() - 1;
    size_t at = mix(key) >> 20 & mask;
    for (; slots_[at] != 0; at = (at + 1) & mask) {
        if (pairs_[slots_[at] - 1].key == key) return pairs_[slots_[at] - 1];
    }
    pairs_.push_back({.key = key});
    slots_[at] = static_cast<uint32_t>(pairs_.size());
    if (pairs_.size() * 2 > slots_.size()) grow_pairs();
    return pairs_.back();
}

void BpeMerger::grow_pairs() {
    slots_.assign(slots_.size() * 2, 0);
    const size_t mask = slots_.size() - 1;
    for (size_t i = 0; i < pairs_.size(); ++i) {
        size_t at = mix(pairs_[i].key) >> 20 & mask;
        while (slots_[at] != 0) at = (at + 1) & mask;
        slots_[at] = static_cast<uint32_t>(i + 1);
    }
}

void BpeMerger::change(int32_t left, int32_t right, int64_t count, uint32_t word) {
    Pair& changed = pair(key_of(left, right));
    changed.count += count;
    if (count < 0) return;
    if (changed.list == kNone) {
        if (free_lists_.empty()) {
            free_lists_.push_back(static_cast<uint32_t>(lists_.size()));
            lists_.emplace_back();
        }
        changed.list = free_lists_.back();
        free_lists_.pop_back();
        changed_.push_back(static_cast<uint32_t>(&changed - pairs_.data()));
    }
    std::vector<uint32_t>& list = lists_[changed.list];
    if (list.empty() || list.back() != word) list.push_back(word);
}

void BpeMerger::queue_changed() {
    for (const uint32_t index : changed_) {
        Pair& changed = pairs_[index];
        if (changed.count > 0) {
            heap_.push_back({changed.count, changed.key, changed.list});
            std::push_heap(heap_.begin(), heap_.end());
        } else {
            lists_[changed.list] = {};
            free_lists_.push_back(changed.list);
        }
        changed.list = kNone;
    }
    changed_.clear();
}

void BpeMerger::merge_in(uint32_t word, int32_t left, int32_t right, int32_t result) {
    Word& w = words_[word];
    int32_t* const symbols = symbols_.data() + w.first;
    uint32_t out = 0;
    for (uint32_t i = 0; i < w.length; ++out) {
        if (symbols[i] != left || i + 1 == w.length || symbols[i + 1] != right) {
            symbols[out] = symbols[i++];
            continue;
        }
        if (out > 0) {
            change(symbols[out - 1], left, -w.count, word);
            change(symbols[out - 1], result, w.count, word);
        }
        i += 2;
        if (i < w.length) {
            change(right, symbols[i], -w.count, word);
            change(result, symbols[i], w.count, word);
        }
        symbols[out] = result;
    }
    w.length = out;
}

int32_t BpeMerger::token_of(int32_t left, int32_t right) {
    std::string spelling = spellings_[static_cast<size_t>(left)] + spellings_[static_cast<size_t>(right)];
    const auto [place, added] = ids_.try_emplace(spelling, static_cast<int32_t>(spellings_.size()));
    if (added) spellings_.push_back(std::move(spelling));
    return place->second;
}

void BpeMerger::run(int64_t vocab_size, int64_t min_frequency, const std::function<void(const Merge&)>& merged) {
    while (static_cast<int64_t>(ids_.size()) < vocab_size && !heap_.empty()) {
        std::pop_heap(heap_.begin(), heap_.end());
        Candidate& top = heap_.back();
        const int64_t count = pair(top.key).count;
        if (count != top.count) {
            top.count = count;
            std::push_heap(heap_.begin(), heap_.end());
            continue;
        }
        if (count < std::max<int64_t>(min_frequency, 1)) break;
        const uint64_t key = top.key;
        const uint32_t list_index = top.list;
        heap_.pop_back();
        const std::vector<uint32_t> list = std::move(lists_[list_index]);
        lists_[list_index] = {};
        free_lists_.push_back(list_index);
        const int32_t result = token_of(left_of(key), right_of(key));
        merged_.push_back(key);
        for (const uint32_t word : list) merge_in(word, left_of(key), right_of(key), result);
        queue_changed();
        merged({static_cast<int64_t>(ids_.size()), left_of(key), right_of(key), count});
    }
}

std::vector<std::pair<int32_t, int32_t>> BpeMerger::merges() const {
    std::vector<std::pair<int32_t, int32_t>> kept;
    std::unordered_set<uint64_t> seen;
    for (auto key = merged_.rbegin(); key != merged_.rend(); ++key) {
        if (seen.insert(*key).second) kept.emplace_back(left_of(*key), right_of(*key));
    }
    std::reverse(kept.begin(), kept.end());
    return kept;
}

}  // namespace lathe
