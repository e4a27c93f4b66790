// Continuous batching: every step is one ragged forward of all live sequences (a new one brings its prompt, the others
// one token each); finished ones leave and waiting ones take their place (Orca, OSDI'22). A long prompt goes through in
// pieces, so that no pass takes long (Sarathi, arXiv 2308.16369). An answer does not depend on its company. Thread:
// engine only.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/infer/kv_cache.h"
#include "engine/infer/sampler.h"
#include "engine/model/model.h"

namespace lathe {

struct GenerationRequest {
    uint64_t id = 0;
    std::vector<int32_t> prompt;  // at least one token
    int64_t max_tokens = 1;
    SamplerOptions sampler;
    std::vector<int32_t> end_tokens;
    int64_t logprobs = 0;  // likeliest tokens to tell of with each token; 0: none, and no word of the token's own
    int64_t begun = 0;     // tokens at the prompt's end that the answer begins with: its draws go on behind them
};

enum class FinishReason { length, end_token, stopped };
const char* finish_reason_name(FinishReason reason);

struct GeneratedToken {
    uint64_t id;
    int32_t token;
    std::optional<FinishReason> finished;   // the sequence's last token; an end token is reported too
    std::optional<TokenLogprobs> logprobs;  // where they were asked for; without bytes
};

class Batcher {
public:
    static constexpr int64_t kPrefillTokens = 512;

    // prefill_tokens: most tokens of prompts in one pass.
    Batcher(Model& model, int64_t max_sequences, int64_t prefill_tokens = kPrefillTokens);

    // Errors: empty (no prompt), too_large (prompt and max_tokens over the model's context), out_of_range (a token id).
    void add(GenerationRequest request);
    // Drops a sequence, running or waiting.
    void cancel(uint64_t id);
    bool idle() const { return running_.empty() && waiting_.empty(); }
    // One forward; `on_token` is called for the new token of each sequence whose prompt is through, and returns false
    // to end that sequence (a stop text was found).
    void step(const std::function<bool(const GeneratedToken&)>& on_token);

private:
    struct Sequence {
        GenerationRequest request;
        std::vector<int32_t> tokens;  // prompt and answer
        int64_t answered = 0;         // with what was begun
        KvCache cache;
    };

    void admit();
    int64_t tokens_to_add(const Sequence& sequence, int64_t& prefill_room) const;
    std::optional<FinishReason> finished(const Sequence& sequence, int32_t token) const;

    Model& model_;
    int64_t max_sequences_;
    int64_t prefill_tokens_;
    std::vector<GenerationRequest> waiting_;
    std::vector<std::unique_ptr<Sequence>> running_;
};

}  // namespace lathe
