// What a model thought of the tokens of an answer: values only. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lathe {

struct TokenLogprob {
    int32_t token = 0;
    std::string bytes = {};  // of its text; may be cut inside a character
    double logprob = 0;      // natural log of the softmax of the model's fp32 logits as they are, before any sampler:
                             // OpenAI's, vLLM's raw_logprobs
    double sampled = 0;      // probability that it was drawn with: after the samplers, 0 where one cut it off
};

// A token of an answer beside what else could have stood there.
struct TokenLogprobs {
    TokenLogprob chosen;
    int64_t rank = 1;    // of the chosen one by logprob, the likeliest is 1; of equals the smaller id is first
    double entropy = 0;  // nats, of the softmax over the whole vocabulary
    std::vector<TokenLogprob> top;  // the likeliest, in their order; as many as were asked for
};

constexpr int64_t kMaxLogprobs = 20;  // OpenAI's limit of top_logprobs

}  // namespace lathe
