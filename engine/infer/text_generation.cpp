#include "engine/infer/text_generation.h"

#include <algorithm>

#include "engine/base/error.h"

namespace lathe {

namespace {

// Length of the longest end of `text` that begins `stop`: it must wait for what follows.
size_t begun(const std::string& text, const std::string& stop) {
    for (size_t length = std::min(text.size(), stop.size() - 1); length > 0; --length)
        if (text.compare(text.size() - length, length, stop, 0, length) == 0) return length;
    return 0;
}

}  // namespace

std::optional<Notice> max_tokens_cut(int64_t max_tokens, int64_t prompt_tokens, int64_t context) {
    if (prompt_tokens + max_tokens <= context) return std::nullopt;
    return Notice{.kind = "max_tokens_cut",
                  .text = "the context of " + std::to_string(context) + " tokens leaves " +
                          std::to_string(context - prompt_tokens) + " for the answer, not " +
                          std::to_string(max_tokens)};
}

std::string valid_utf8(std::string_view text) {
    std::string valid;
    while (!text.empty()) {
        const auto lead = static_cast<unsigned char>(text[0]);
        const size_t length = lead < 0x80   ? 1
                              : lead < 0xC2 ? 0
                              : lead < 0xE0 ? 2
                              : lead < 0xF0 ? 3
                              : lead < 0xF5 ? 4
                                            : 0;
        bool whole = length > 0 && length <= text.size();
        for (size_t i = 1; whole && i < length; ++i) whole = (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80;
        if (whole && length == 3) {
            const auto second = static_cast<unsigned char>(text[1]);
            whole = !(lead == 0xE0 && second < 0xA0) && !(lead == 0xED && second > 0x9F);
        } else if (whole && length == 4) {
            const auto second = static_cast<unsigned char>(text[1]);
            whole = !(lead == 0xF0 && second < 0x90) && !(lead == 0xF4 && second > 0x8F);
        }
        valid += whole ? text.substr(0, length) : std::string_view("\xEF\xBF\xBD");
        text.remove_prefix(whole ? length : 1);
    }
    return valid;
}

TextGenerator::TextGenerator(Model& model, const Tokenizer& tokenizer, std::vector<int32_t> end_tokens,
                             int64_t max_sequences, int64_t prefill_tokens)
    : tokenizer_(tokenizer), end_tokens_(std::move(end_tokens)), batcher_(model, max_sequences, prefill_tokens) {}

std::vector<int32_t> TextGenerator::add(uint64_t id, const std::string& prompt, const SampleConfig& config,
                                        int64_t logprobs) {
    return add(id, tokenizer_.encode(prompt), config, logprobs);
}

std::vector<int32_t> TextGenerator::add(uint64_t id, std::vector<int32_t> tokens, const SampleConfig& config,
                                        int64_t logprobs, const std::vector<int32_t>& begun) {
    if (tokens.empty() && tokenizer_.eos_id() >= 0)
        tokens.push_back(tokenizer_.eos_id());  // an empty prompt starts a document
    tokens.insert(tokens.end(), begun.begin(), begun.end());
    batcher_.add({.id = id,
                  .prompt = tokens,
                  .max_tokens = config.max_tokens,
                  .sampler = {.temperature = config.temperature,
                              .top_k = config.top_k,
                              .top_p = config.top_p,
                              .min_p = config.min_p,
                              .repetition_penalty = config.repetition_penalty,
                              .seed = static_cast<uint64_t>(config.seed)},
                  .end_tokens = end_tokens_,
                  .logprobs = logprobs,
                  .begun = static_cast<int64_t>(begun.size())});
    Answer answer{.stop = config.stop, .held = tokenizer_.decode(begun.data(), begun.size())};
    std::erase(answer.stop, "");
    answers_[id] = std::move(answer);
    return tokens;
}

void TextGenerator::cancel(uint64_t id) {
    batcher_.cancel(id);
    answers_.erase(id);
}

std::string TextGenerator::give_out(Answer& answer, bool last, bool& stopped) const {
    size_t first_stop = std::string::npos;
    size_t wait = 0;
    for (const std::string& stop : answer.stop) {
        first_stop = std::min(first_stop, answer.held.find(stop));
        wait = std::max(wait, begun(answer.held, stop));
    }
    stopped = first_stop != std::string::npos;
    if (stopped || last) return valid_utf8(answer.held.substr(0, first_stop));
    const std::string_view held = answer.held;
    std::string text = valid_utf8(held.substr(0, complete_utf8_prefix(held.substr(0, held.size() - wait))));
    answer.held.erase(0, complete_utf8_prefix(held.substr(0, held.size() - wait)));
    return text;
}

void TextGenerator::step(const std::function<void(const TextPiece&)>& on_piece) {
    batcher_.step([&](const GeneratedToken& generated) {
        Answer& answer = answers_[generated.id];
        if (generated.finished != FinishReason::end_token) answer.held += tokenizer_.decode(&generated.token, 1);
        bool stopped = false;
        TextPiece piece{.id = generated.id,
                        .token = generated.token,
                        .text = give_out(answer, generated.finished.has_value(), stopped)};
        piece.logprobs = generated.logprobs;
        if (piece.logprobs) {
            const auto tell = [&](TokenLogprob& told) { told.bytes = tokenizer_.token_bytes(told.token); };
            tell(piece.logprobs->chosen);
            for (TokenLogprob& likely : piece.logprobs->top) tell(likely);
        }
        if (stopped)
            piece.finish_reason = finish_reason_name(FinishReason::stopped);
        else if (generated.finished)
            piece.finish_reason = finish_reason_name(*generated.finished);
        if (!piece.finish_reason.empty()) answers_.erase(generated.id);
        on_piece(piece);
        return !stopped;
    });
}

}  // namespace lathe
