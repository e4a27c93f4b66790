#include "engine/data/word_counter.h"

#include <algorithm>
#include <cstring>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

#include "engine/base/error.h"
#include "engine/data/normalizer.h"
#include "engine/data/text_documents.h"
#include "engine/data/word_hash.h"
#include "engine/data/word_scanner.h"

namespace lathe {

namespace {

constexpr size_t kBlock = 1 << 18;

void count_document(std::string_view text, BpePattern pattern, std::string& buffer, WordCounts& counts) {
    const UnicodeClasses& classes = UnicodeClasses::get();
    while (!text.empty()) {
        const size_t valid = valid_utf8_prefix(text);
        std::string_view piece = text.substr(0, valid);
        text.remove_prefix(std::min(text.size(), valid + 1));  // a byte that is not UTF-8 has no pair
        if (pattern == BpePattern::qwen2) piece = normalize_nfc(piece, buffer);
        const WordPattern words = pattern == BpePattern::qwen2 ? WordPattern::qwen2 : WordPattern::gpt2;
        const char* const end = piece.data() + piece.size();
        for (const char* p = piece.data(); p < end;) {
            const char* next = word_end(words, p, end, classes);
            counts.add({p, static_cast<size_t>(next - p)});
            p = next;
        }
    }
}

}  // namespace

void WordCounts::add(std::string_view word, int64_t count) {
    const uint64_t full = hash_word(word);
    const auto hash = static_cast<uint32_t>(full >> 32);
    const size_t mask = slots_.size() - 1;
    size_t at = full & mask;
    for (; slots_[at] != 0; at = (at + 1) & mask) {
        Entry& entry = entries_[slots_[at] - 1];
        if (entry.hash == hash && entry.length == word.size() &&
            std::memcmp(entry.bytes, word.data(), word.size()) == 0) {
            entry.count += count;
            return;
        }
    }
    if (word.size() > UINT32_MAX || entries_.size() >= UINT32_MAX - 1) {
        fail({.kind = ErrorKind::too_large, .key = "data.files", .expected = "fewer than 2^32 different words"});
    }
    entries_.push_back({keep(word), static_cast<uint32_t>(word.size()), hash, count});
    slots_[at] = static_cast<uint32_t>(entries_.size());
    if (entries_.size() * 2 > slots_.size()) grow();
}

void WordCounts::grow() {
    std::vector<uint32_t> slots(slots_.size() * 2, 0);
    const size_t mask = slots.size() - 1;
    for (size_t i = 0; i < entries_.size(); ++i) {
        size_t at = hash_word(entries_[i].word()) & mask;
        while (slots[at] != 0) at = (at + 1) & mask;
        slots[at] = static_cast<uint32_t>(i + 1);
    }
    slots_ = std::move(slots);
}

const char* WordCounts::keep(std::string_view word) {
    if (word.size() > block_left_) {
        const size_t size = std::max(kBlock, word.size());
        blocks_.push_back(std::make_unique<char[]>(size));
        block_at_ = blocks_.back().get();
        block_left_ = size;
    }
    char* bytes = block_at_;
    std::memcpy(bytes, word.data(), word.size());
    block_at_ += word.size();
    block_left_ -= word.size();
    return bytes;
}

void WordCounts::add_all(const WordCounts& other) {
    for (const Entry& entry : other.entries_) add(entry.word(), entry.count);
}

WordCounts count_words(const BpeTraining& training, const std::function<void(double)>& progress) {
    std::optional<TextDocuments> files;
    if (!training.next_document) files.emplace(training.files, training.document_characters);
    const auto threads = static_cast<size_t>(std::clamp(training.threads, 1, 256));
    std::vector<WordCounts> counts(threads);
    std::mutex mutex;  // over the documents, done, failure
    bool done = false;
    std::exception_ptr failure;
    const auto next = [&](std::string& document) {
        const std::lock_guard lock(mutex);
        if (done) return false;
        if (files) {
            done = !files->next(document);
        } else {
            std::string_view view;
            done = !training.next_document(view);
            if (!done) document.assign(view);
        }
        return !done;
    };
    const auto work = [&](size_t worker) {
        try {
            std::string document, buffer;
            while (next(document)) {
                count_document(document, training.pattern, buffer, counts[worker]);
                if (worker != 0) continue;
                double fraction = 0;
                if (files) {
                    const std::lock_guard lock(mutex);
                    fraction = files->fraction_done();
                }
                progress(fraction);
            }
        } catch (...) {
            const std::lock_guard lock(mutex);
            failure = std::current_exception();
            done = true;
        }
    };
    {
        std::vector<std::jthread> pool;
        for (size_t worker = 1; worker < threads; ++worker) pool.emplace_back(work, worker);
        work(0);
    }
    if (failure) std::rethrow_exception(failure);
    for (size_t worker = 1; worker < threads; ++worker) {
        counts[0].add_all(counts[worker]);
        counts[worker] = WordCounts();
    }
    return std::move(counts[0]);
}

}  // namespace lathe
