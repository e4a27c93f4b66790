// What a token bigram reaches on the validation split, as the line a model has to beat: P(b|a) = w·c(ab)/c(a) +
// (1-w)·(c(b)+1)/(N+V) (Jelinek and Mercer 1980: interpolation with weights by EM on held-out data; w by powers of two
// of c(a)). Counts come from the training split, its weights from every tenth block of it. Scored are exactly the
// targets of Dataset::validation, with their bytes. Caller's thread.
#pragma once

#include <cstdint>

#include "engine/data/dataset.h"

namespace lathe {

struct NgramBaseline {
    double bits_per_byte = 0;  // NaN where no byte is scored
    double loss = 0;           // nats a target
    int64_t tokens = 0;        // scored targets
    int64_t bytes = 0;         // of them
};

// V = vocab_size, the model's; not below the tokenizer's (Error mismatch). Scores validation rows [0, rows), all if
// rows < 0; counts at most max_training_tokens, from documents spread evenly. About 30 bytes of memory a distinct pair.
NgramBaseline ngram_baseline(const Dataset& dataset, int64_t vocab_size, int64_t rows = -1,
                             int64_t max_training_tokens = 1 << 25);

}  // namespace lathe
