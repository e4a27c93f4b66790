// What a model thinks of given tokens: logits, log-probabilities, loss over a text by sliding windows. fp32 throughout.
// Thread: engine only.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/model/model.h"

namespace lathe {

struct TokenScores {
    std::vector<float> last_logits;      // (V) after the last token
    std::vector<double> token_logprobs;  // (T-1) of each token after the first
};
// Errors: empty, too_large (over the context), out_of_range (a token id).
TokenScores score_tokens(Model& model, std::span<const int32_t> tokens);

// row(index, logits (V)) after each token, in their order.
void score_rows(Model& model, std::span<const int32_t> tokens,
                const std::function<void(int64_t index, const float* logits)>& row);

// Loss of a token sequence: windows of `window` tokens advance by `stride`; each scores the tokens that no earlier one
// did (huggingface.co/docs/transformers/perplexity). The first token is never scored, nor is a window's first where
// windows do not overlap. score(target index, nats) is called in order.
void score_windows(Model& model, std::span<const int32_t> tokens, int64_t window, int64_t stride,
                   const std::function<void(int64_t index, double nats)>& score);

}  // namespace lathe
