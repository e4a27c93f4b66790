// The next token from logits: repetition penalty, then temperature, top-k, top-p, min-p in the order of
// transformers 5.23's logits processors, then a draw by (seed, position). Greedy at temperature 0. Pure functions, any
// thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace lathe {

struct SamplerOptions {
    double temperature = 0;
    int64_t top_k = 0;
    double top_p = 1;
    double min_p = 0;
    double repetition_penalty = 1;
    uint64_t seed = 0;
};

// logits (V). seen: the prompt's and the answer's tokens (for the penalty). position counts the answer's tokens from 0.
int32_t sample(std::span<const float> logits, const SamplerOptions& options, std::span<const int32_t> seen,
               int64_t position);

// The n likeliest tokens with their probabilities at temperature 1, likeliest first.
struct TokenProbability {
    int32_t token;
    double probability;
};
std::vector<TokenProbability> likeliest(std::span<const float> logits, int64_t n);
// Of one token at temperature 1, over the whole vocabulary.
double token_probability(std::span<const float> logits, int32_t token);

}  // namespace lathe
