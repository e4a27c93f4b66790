// How often each word occurs: a hash table over an arena of bytes. One thread; tables of several threads are added up.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/bpe_trainer.h"

namespace lathe {

class WordCounts {
public:
    struct Entry {
        const char* bytes = nullptr;
        uint32_t length = 0;
        uint32_t hash = 0;
        int64_t count = 0;
        std::string_view word() const { return {bytes, length}; }
    };
    void add(std::string_view word, int64_t count = 1);
    void add_all(const WordCounts& other);
    const std::vector<Entry>& entries() const { return entries_; }

private:
    const char* keep(std::string_view word);
    void grow();

    std::vector<uint32_t> slots_ = std::vector<uint32_t>(1 << 12, 0);  // entry + 1
    std::vector<Entry> entries_;
    std::vector<std::unique_ptr<char[]>> blocks_;
    size_t block_left_ = 0;
    char* block_at_ = nullptr;
};

// Counts the words of all documents on training.threads threads; progress gets the fraction of the files.
WordCounts count_words(const BpeTraining& training, const std::function<void(double)>& progress);

}  // namespace lathe
