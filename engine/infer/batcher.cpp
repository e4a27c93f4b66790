#include "engine/infer/batcher.h"

#include <algorithm>

#include "engine/base/error.h"
#include "engine/base/memory.h"
#include "engine/model/ops.h"

namespace lathe {

namespace {

// Rows of hidden states that logits are wanted of: the last token of each sequence.
at::Tensor last_rows(const at::Tensor& hidden, std::span<const int64_t> counts) {
    const int64_t C = hidden.size(1);
    at::Tensor rows = ops::empty({static_cast<int64_t>(counts.size()), C});
    const auto* from = hidden.const_data_ptr<float>();
    auto* to = rows.data_ptr<float>();
    int64_t end = 0;
    for (size_t i = 0; i < counts.size(); ++i) {
        end += counts[i];
        std::copy_n(from + (end - 1) * C, C, to + static_cast<int64_t>(i) * C);
    }
    return rows;
}

}  // namespace

const char* finish_reason_name(FinishReason reason) {
    switch (reason) {
        case FinishReason::length:
            return "length";
        case FinishReason::end_token:
        case FinishReason::stopped:
            return "stop";
    }
    return "stop";
}

Batcher::Batcher(Model& model, int64_t max_sequences, int64_t prefill_tokens)
    : model_(model), max_sequences_(max_sequences), prefill_tokens_(prefill_tokens) {}

void Batcher::add(GenerationRequest request) {
    if (request.prompt.empty()) fail({.kind = ErrorKind::empty, .key = "prompt", .expected = "at least one token"});
    const auto length = static_cast<int64_t>(request.prompt.size());
    const int64_t context = model_.config().max_position_embeddings;
    if (length >= context) {
        fail({.kind = ErrorKind::too_large,
              .key = "prompt",
              .expected = "fewer than the context of " + std::to_string(context) + " tokens",
              .found = std::to_string(length)});
    }
    for (const int32_t token : request.prompt) {
        if (token >= 0 && token < model_.config().vocab_size) continue;
        fail({.kind = ErrorKind::out_of_range,
              .key = "prompt",
              .expected = "tokens from 0 to " + std::to_string(model_.config().vocab_size - 1),
              .found = std::to_string(token)});
    }
    request.max_tokens = std::min(request.max_tokens, context - length);
    waiting_.push_back(std::move(request));
}

void Batcher::cancel(uint64_t id) {
    std::erase_if(waiting_, [id](const GenerationRequest& request) { return request.id == id; });
    std::erase_if(running_, [id](const auto& sequence) { return sequence->request.id == id; });
}

void Batcher::admit() {
    const auto room =
        static_cast<size_t>(max_sequences_) - std::min(running_.size(), static_cast<size_t>(max_sequences_));
    const size_t count = std::min(room, waiting_.size());
    for (size_t i = 0; i < count; ++i) {
        GenerationRequest& request = waiting_[i];
        std::vector<int32_t> tokens = request.prompt;
        const int64_t begun = request.begun;
        running_.push_back(std::make_unique<Sequence>(
            Sequence{std::move(request), std::move(tokens), begun, KvCache(model_.layers(), model_.heads())}));
    }
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(count));
}

std::optional<FinishReason> Batcher::finished(const Sequence& sequence, int32_t token) const {
    const auto& ends = sequence.request.end_tokens;
    if (std::find(ends.begin(), ends.end(), token) != ends.end()) return FinishReason::end_token;
    if (sequence.answered - sequence.request.begun >= sequence.request.max_tokens) return FinishReason::length;
    return std::nullopt;
}

// A piece of a prompt ends where it would alone, or the sequence sits this pass out.
int64_t Batcher::tokens_to_add(const Sequence& sequence, int64_t& prefill_room) const {
    const int64_t left = static_cast<int64_t>(sequence.tokens.size()) - sequence.cache.tokens();
    if (left == 1) return 1;
    const int64_t count = std::min(left, prefill_tokens_);
    if (count > prefill_room) return 0;
    prefill_room -= count;
    return count;
}

void Batcher::step(const std::function<bool(const GeneratedToken&)>& on_token) {
    admit();
    if (running_.empty()) return;
    auto ragged = std::make_shared<Ragged>();
    std::vector<int32_t> ids;
    std::vector<std::unique_ptr<Sequence>*> taking_part;
    std::vector<KvCache*> caches;
    std::vector<int64_t> counts;
    int64_t longest = 0, prefill_room = prefill_tokens_;
    for (auto& sequence : running_) {
        const int64_t count = tokens_to_add(*sequence, prefill_room);
        if (count == 0) continue;
        const int64_t begin = sequence->cache.tokens(), end = begin + count;
        for (int64_t p = begin; p < end; ++p) ragged->positions.push_back(static_cast<int32_t>(p));
        ids.insert(ids.end(), sequence->tokens.begin() + begin, sequence->tokens.begin() + end);
        sequence->cache.reserve(static_cast<int64_t>(sequence->tokens.size()) - begin);
        taking_part.push_back(&sequence);
        caches.push_back(&sequence->cache);
        counts.push_back(count);
        longest = std::max(longest, end);
    }
    model_.reserve_positions(longest);
    KvBatch cache(caches, counts);
    const MemoryScope scope(MemoryKind::activations);
    const at::Tensor last = last_rows(model_.hidden(ids, ragged, &cache), counts);
    for (size_t i = 0; i < counts.size(); ++i) caches[i]->advance(counts[i]);
    const at::Tensor scores = ops::logits(last, model_.head());
    const auto V = static_cast<size_t>(scores.size(1));
    const auto* row = scores.const_data_ptr<float>();
    for (size_t i = 0; i < counts.size(); ++i, row += V) {
        Sequence& sequence = **taking_part[i];
        if (sequence.cache.tokens() < static_cast<int64_t>(sequence.tokens.size())) continue;  // more of its prompt
        const std::span<const float> logits(row, V);
        const SamplerOptions& sampler = sequence.request.sampler;
        const std::vector<Candidate> left = candidates_of(logits, sampler, sequence.tokens);
        const int32_t token = draw(left, sampler.seed, sequence.answered);
        sequence.tokens.push_back(token);
        ++sequence.answered;
        GeneratedToken result{
            .id = sequence.request.id, .token = token, .finished = finished(sequence, token), .logprobs = {}};
        if (sequence.request.logprobs > 0)
            result.logprobs = token_logprobs(logits, token, left, sequence.request.logprobs);
        if (!on_token(result) || result.finished) taking_part[i]->reset();
    }
    std::erase(running_, nullptr);
}

}  // namespace lathe
