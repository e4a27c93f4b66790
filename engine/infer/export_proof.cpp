#include "engine/infer/export_proof.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <optional>
#include <vector>

#include "engine/base/error.h"
#include "engine/base/memory.h"
#include "engine/data/tokenizer.h"
#include "engine/infer/text_generation.h"
#include "engine/model/ops.h"

namespace lathe {

const char* const kProofText =
    "A language model reads a text one token at a time and, after each of them, gives every token of its vocabulary a "
    "probability of coming next. Training moves those probabilities towards what was really written, a little with "
    "each "
    "step; 1,000 steps of 4,096 tokens are 4,096,000 tokens in all. Whoever exports a model rounds its numbers, and "
    "should look at what the rounding did.\n\n"
    "def softmax(scores):\n"
    "    largest = max(scores)\n"
    "    weights = [math.exp(score - largest) for score in scores]\n"
    "    return [weight / sum(weights) for weight in weights]\n\n"
    "언어 모델은 글을 한 토큰씩 읽고, 다음에 올 토큰의 확률을 매긴다. 내보낸 모델은 원래 모델과 같은 답을 해야 "
    "한다.\n\n"
    "Question: A train leaves at 9:40 and arrives at 12:05. How long does the trip take? Answer: From 9:40 to 12:00 "
    "are "
    "2 hours and 20 minutes, and 5 more minutes make 2 hours and 25 minutes.";

namespace {

constexpr size_t kTokens = 256;  // of the window
constexpr int64_t kRows = 16;    // of logits at once
constexpr int64_t kAnswer = 32;  // tokens of the greedy answer
constexpr size_t kPromptTokens = 24;
constexpr double kClear = 1e-3;  // between the first two logits

// Where the model has no tokenizer: token ids that are the same at each call.
std::vector<int32_t> made_up_tokens(int64_t vocab_size) {
    std::vector<int32_t> ids(64);
    for (size_t i = 0; i < ids.size(); ++i)
        ids[i] = static_cast<int32_t>((i * 2654435761U + 12345U) % static_cast<uint64_t>(vocab_size));
    return ids;
}

std::optional<Tokenizer> tokenizer_of(const std::string& path) {
    if (!Tokenizer::is_at(path)) return std::nullopt;
    return Tokenizer::open(path);
}

// Rows of logits over the window, given to `row` in order.
void each_row(Model& model, std::span<const int32_t> tokens, const std::function<void(int64_t, const float*)>& row) {
    const MemoryScope scope(MemoryKind::activations);
    const auto total = static_cast<int64_t>(tokens.size());
    model.reserve_positions(total);
    const std::vector<int32_t> lengths = {static_cast<int32_t>(total)};
    const at::Tensor hidden = model.hidden(tokens, whole_sequences(lengths));
    for (int64_t first = 0; first < total; first += kRows) {
        const int64_t count = std::min(kRows, total - first);
        const at::Tensor logits = ops::logits(hidden.narrow(0, first, count).contiguous(), model.head());
        for (int64_t i = 0; i < count; ++i) row(first + i, logits.const_data_ptr<float>() + i * logits.size(1));
    }
}

std::string greedy_answer(Model& model, const Tokenizer& tokenizer, const HfConfig& config,
                          const std::vector<int32_t>& prompt, const std::function<void()>& between) {
    TextGenerator generator(model, tokenizer, end_tokens(config), 1);
    SampleConfig sample;
    sample.temperature = 0;
    sample.max_tokens = kAnswer;
    generator.add(0, prompt, sample);
    std::string answer;
    while (!generator.idle()) {
        between();
        generator.step([&](const TextPiece& piece) { answer += piece.text; });
    }
    return answer;
}

double nats(const float* logits, size_t vocab, int32_t target) {
    const float largest = *std::max_element(logits, logits + vocab);
    double sum = 0;
    for (size_t i = 0; i < vocab; ++i) sum += std::exp(static_cast<double>(logits[i]) - largest);
    return std::log(sum) + largest - logits[target];
}

// What one model makes of the window; the difference to the reference's rows where there are some.
class Reading {
public:
    Reading(std::span<const int32_t> tokens, size_t vocab, std::vector<float>& reference, bool is_reference)
        : tokens_(tokens), vocab_(vocab), reference_(reference), is_reference_(is_reference) {}

    void row(int64_t index, const float* logits) {
        const auto at = static_cast<size_t>(index);
        if (at + 1 < tokens_.size()) nats_ += nats(logits, vocab_, tokens_[at + 1]);
        if (is_reference_)
            reference_.insert(reference_.end(), logits, logits + vocab_);
        else
            compare(reference_.data() + at * vocab_, logits);
    }
    double perplexity() const { return std::exp(nats_ / static_cast<double>(tokens_.size() - 1)); }
    void give(ExportProof& proof) const {
        proof.max_logit_difference = largest_;
        proof.top1_agreement = static_cast<double>(same_) / static_cast<double>(tokens_.size());
        proof.top1_agreement_clear = clear_ == 0 ? 1 : static_cast<double>(clear_same_) / static_cast<double>(clear_);
    }

private:
    void compare(const float* wanted, const float* found) {
        for (size_t i = 0; i < vocab_; ++i)
            largest_ = std::max(largest_, std::abs(static_cast<double>(wanted[i]) - found[i]));
        const float* first = std::max_element(wanted, wanted + vocab_);
        float second = -INFINITY;
        for (const float* at = wanted; at < wanted + vocab_; ++at)
            if (at != first) second = std::max(second, *at);
        const bool same = std::max_element(found, found + vocab_) - found == first - wanted;
        same_ += same ? 1 : 0;
        if (static_cast<double>(*first) - second <= kClear) return;
        ++clear_;
        clear_same_ += same ? 1 : 0;
    }

    std::span<const int32_t> tokens_;
    size_t vocab_;
    std::vector<float>& reference_;
    bool is_reference_;
    double nats_ = 0, largest_ = 0;
    int64_t same_ = 0, clear_ = 0, clear_same_ = 0;
};

}  // namespace

ExportProof prove_export(const ModelFiles& reference, const ModelFiles& exported, const std::string& text,
                         const std::function<void(double)>& progress) {
    ExportProof proof;
    const auto tokenizer = tokenizer_of(reference.path);
    std::vector<int32_t> tokens;
    std::vector<float> rows;
    for (const bool is_reference : {true, false}) {
        const double begin = is_reference ? 0 : 0.5;
        const auto at = [&](double share) { progress(begin + share / 2); };
        LoadedModel loaded = load_model(is_reference ? reference : exported, [&](double share) { at(0.6 * share); });
        const auto vocab = static_cast<size_t>(loaded.config.model.vocab_size);
        if (is_reference) {
            tokens = tokenizer ? tokenizer->encode(text, false) : made_up_tokens(loaded.config.model.vocab_size);
            tokens.resize(
                std::min({tokens.size(), kTokens, static_cast<size_t>(loaded.config.model.max_position_embeddings)}));
            if (tokens.size() < 2) fail({.kind = ErrorKind::empty, .key = "text", .expected = "at least two tokens"});
            rows.reserve(tokens.size() * vocab);
        } else if (rows.size() != tokens.size() * vocab) {
            fail({.kind = ErrorKind::mismatch,
                  .file = exported.path,
                  .key = "vocab_size",
                  .expected = std::to_string(rows.size() / tokens.size()),
                  .found = std::to_string(vocab)});
        }
        loaded.model->freeze([&](double share) { at(0.6 + 0.1 * share); });
        Reading reading(tokens, vocab, rows, is_reference);
        each_row(*loaded.model, tokens, [&](int64_t index, const float* logits) {
            at(0.7 + 0.2 * static_cast<double>(index) / static_cast<double>(tokens.size()));
            reading.row(index, logits);
        });
        (is_reference ? proof.reference_perplexity : proof.perplexity) = reading.perplexity();
        if (tokenizer) {
            const std::vector<int32_t> prompt(
                tokens.begin(), tokens.begin() + static_cast<int64_t>(std::min(tokens.size() / 2, kPromptTokens)));
            proof.prompt = valid_utf8(tokenizer->decode(prompt.data(), prompt.size()));
            (is_reference ? proof.reference_sample : proof.sample) =
                greedy_answer(*loaded.model, *tokenizer, loaded.config, prompt, [&] { at(0.95); });
        }
        if (!is_reference) reading.give(proof);
    }
    proof.tokens = static_cast<int64_t>(tokens.size());
    if (const auto other = tokenizer_of(exported.path); tokenizer && other)
        proof.same_tokens = other->encode(text, false) == tokenizer->encode(text, false);
    return proof;
}

}  // namespace lathe
