// The next token from logits: repetition penalty, then temperature, top-k, top-p, min-p in the order of
// transformers 5.23's logits processors, then a draw by (seed, position). Greedy at temperature 0. Pure functions, any
// thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/token_logprobs.h"

namespace lathe {

struct SamplerOptions {
    double temperature = 0;
    int64_t top_k = 0;
    double top_p = 1;
    double min_p = 0;
    double repetition_penalty = 1;
    uint64_t seed = 0;
};

// What the samplers leave to draw from, in the order of their weights. A token's probability is its weight's share of
// all.
struct Candidate {
    int32_t token;
    double weight;
};
// logits (V). seen: the prompt's and the answer's tokens (for the penalty). Greedy: the one token.
std::vector<Candidate> candidates_of(std::span<const float> logits, const SamplerOptions& options,
                                     std::span<const int32_t> seen);
// position counts the answer's tokens from 0.
int32_t draw(std::span<const Candidate> candidates, uint64_t seed, int64_t position);
// Both.
int32_t sample(std::span<const float> logits, const SamplerOptions& options, std::span<const int32_t> seen,
               int64_t position);

// Of a token that was drawn from `left`, with the n likeliest of the row, n at least 1; without their bytes. One pass
// over the logits, which are not copied.
TokenLogprobs token_logprobs(std::span<const float> logits, int32_t token, std::span<const Candidate> left, int64_t n);

}  // namespace lathe
