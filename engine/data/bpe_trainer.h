// Training of byte-level BPE: words counted in parallel, then merges from a max-heap with lazy refresh and a list of
// words for each pair. Merges equal those of Hugging Face's BpeTrainer on the same documents and do not depend on the
// number of threads. Order: larger count first, then the smaller pair of ids. Ids: special tokens, the 256 bytes in the
// order of their characters, merges. Source: tokenizers/src/models/bpe/trainer.rs. Any thread; blocks until done.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/dataset.h"
#include "engine/data/tokenizer.h"

namespace lathe {

enum class BpePattern {
    gpt2,   // ByteLevel's own pattern, no normalizer
    qwen2,  // Qwen 2 and 3: Split by their pattern, NFC
};

struct BpeTraining {
    // Text files, cut into documents of document_characters code points; bytes that are not UTF-8 are left out.
    std::vector<std::string> files;
    int64_t document_characters = 100'000;
    // Instead of files: puts the next document into its argument and returns true, false at the end. Called by one
    // thread at a time; the view need only live until the next call.
    std::function<bool(std::string_view&)> next_document;

    int64_t vocab_size = 4096;  // special tokens + 256 + merges
    int64_t min_frequency = 2;  // a pair seen less often is not merged; Hugging Face's default is 0
    std::vector<std::string> special_tokens = {"<|endoftext|>"};
    BpePattern pattern = BpePattern::qwen2;
    int threads = 1;
    // Fraction done in 0..1, from the calling thread; false cancels (Exception `cancelled`).
    std::function<bool(double)> progress;
    // Now and then, from the calling thread: how many merges there are, of how many wanted, and those since the last
    // word of it.
    std::function<void(int64_t merges, int64_t total, std::vector<TokenizerMerge> latest)> merged;
};

// Throws empty (no text), out_of_range with key "vocab_size" (expected names the largest that the text supports),
// cancelled, and what reading throws.
Tokenizer train_bpe(const BpeTraining& training);

}  // namespace lathe
