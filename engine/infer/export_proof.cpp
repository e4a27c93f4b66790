#include "engine/infer/export_proof.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "engine/base/error.h"
#include "engine/data/tokenizer.h"
#include "engine/infer/scorer.h"
#include "engine/infer/text_generation.h"

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
constexpr int64_t kAnswer = 32;  // tokens of the greedy answer
constexpr size_t kPromptTokens = 24;
constexpr double kClear = 1e-3;     // between the first two logits
constexpr double kLoadShare = 0.7;  // of the time of one model

// Where the model has no tokenizer: token ids that are the same at each call.
std::vector<int32_t> made_up_tokens(int64_t vocab_size) {
    std::vector<int32_t> ids(64);
    for (size_t i = 0; i < ids.size(); ++i)
        ids[i] = static_cast<int32_t>((i * 2654435761U + 12345U) % static_cast<uint64_t>(vocab_size));
    return ids;
}

std::optional<Tokenizer> tokenizer_of(const ModelFiles& files) {
    const std::string place = Tokenizer::place_of(files);
    if (!Tokenizer::is_at(place)) return std::nullopt;
    return Tokenizer::open(place);
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

// Both models through the same text, one after the other.
class Proving {
public:
    Proving(const std::string& text, std::optional<Tokenizer> tokenizer)
        : text_(text), tokenizer_(std::move(tokenizer)) {}

    void read(const ModelFiles& files, bool is_reference, const std::function<void(double)>& progress) {
        LoadedModel loaded = load_model(files, WeightForm::packed, [&](double share) { progress(kLoadShare * share); });
        const ModelConfig& config = loaded.config.model;
        const auto vocab = static_cast<size_t>(config.vocab_size);
        if (is_reference) choose_tokens(config);
        if (!is_reference && rows_.size() != tokens_.size() * vocab)
            fail({.kind = ErrorKind::mismatch,
                  .file = files.path,
                  .key = "vocab_size",
                  .expected = std::to_string(rows_.size() / tokens_.size()),
                  .found = std::to_string(vocab)});
        Reading reading(tokens_, vocab, rows_, is_reference);
        score_rows(*loaded.model, tokens_, [&](int64_t index, const float* logits) {
            const double share = static_cast<double>(index) / static_cast<double>(tokens_.size());
            progress(kLoadShare + (1 - kLoadShare) * share);
            reading.row(index, logits);
        });
        (is_reference ? proof_.reference_perplexity : proof_.perplexity) = reading.perplexity();
        if (!is_reference) reading.give(proof_);
        if (tokenizer_)
            (is_reference ? proof_.reference_sample : proof_.sample) =
                greedy_answer(*loaded.model, *tokenizer_, loaded.config, prompt(), [&] { progress(1); });
    }

    ExportProof done(const std::optional<Tokenizer>& exported) {
        proof_.tokens = static_cast<int64_t>(tokens_.size());
        const std::vector<int32_t> begun = prompt();
        if (tokenizer_) proof_.prompt = valid_utf8(tokenizer_->decode(begun.data(), begun.size()));
        if (tokenizer_ && exported)
            proof_.same_tokens = exported->encode(text_, false) == tokenizer_->encode(text_, false);
        return proof_;
    }

private:
    void choose_tokens(const ModelConfig& config) {
        tokens_ = tokenizer_ ? tokenizer_->encode(text_, false) : made_up_tokens(config.vocab_size);
        tokens_.resize(std::min({tokens_.size(), kTokens, static_cast<size_t>(config.max_position_embeddings)}));
        if (tokens_.size() < 2) fail({.kind = ErrorKind::empty, .key = "text", .expected = "at least two tokens"});
        rows_.reserve(tokens_.size() * static_cast<size_t>(config.vocab_size));
    }
    std::vector<int32_t> prompt() const {
        const size_t count = std::min(tokens_.size() / 2, kPromptTokens);
        return {tokens_.begin(), tokens_.begin() + static_cast<int64_t>(count)};
    }

    const std::string& text_;
    std::optional<Tokenizer> tokenizer_;
    std::vector<int32_t> tokens_;
    std::vector<float> rows_;  // the reference's logits
    ExportProof proof_;
};

}  // namespace

ExportProof prove_export(const ModelFiles& reference, const ModelFiles& exported, const std::string& text,
                         const std::function<void(double)>& progress) {
    Proving proving(text, tokenizer_of(reference));
    proving.read(reference, /*is_reference=*/true, [&](double share) { progress(share / 2); });
    proving.read(exported, /*is_reference=*/false, [&](double share) { progress(0.5 + share / 2); });
    return proving.done(tokenizer_of(exported));
}

}  // namespace lathe
