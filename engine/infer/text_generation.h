// Text in, text out, over the Batcher: tokens become text as soon as it is whole UTF-8 and can no longer be part of a
// stop text. Thread: engine only.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/config.h"
#include "engine/base/events.h"
#include "engine/data/tokenizer.h"
#include "engine/infer/batcher.h"

namespace lathe {

// A piece of an answer. `text` is new and valid UTF-8 (a broken end becomes U+FFFD in the last piece).
struct TextPiece {
    uint64_t id = 0;
    int32_t token = 0;
    std::string text;
    std::string finish_reason;              // "", or "stop", "length" with the last piece
    std::optional<TokenLogprobs> logprobs;  // as GeneratedToken's, with bytes
};

class TextGenerator {
public:
    TextGenerator(Model& model, const Tokenizer& tokenizer, std::vector<int32_t> end_tokens, int64_t max_sequences,
                  int64_t prefill_tokens = Batcher::kPrefillTokens);

    // Completes the prompt as it stands. Returns its tokens. Errors: those of Batcher::add.
    std::vector<int32_t> add(uint64_t id, const std::string& prompt, const SampleConfig& config, int64_t logprobs = 0);
    // The same of tokens; none start a document. begun: the answer's first tokens, given; the first piece has their
    // text too, and max_tokens come after them.
    std::vector<int32_t> add(uint64_t id, std::vector<int32_t> prompt, const SampleConfig& config, int64_t logprobs = 0,
                             const std::vector<int32_t>& begun = {});
    void cancel(uint64_t id);
    bool idle() const { return batcher_.idle(); }
    void step(const std::function<void(const TextPiece&)>& on_piece);

private:
    struct Answer {
        std::vector<std::string> stop;
        std::string held;  // not yet given out
    };
    std::string give_out(Answer& answer, bool last, bool& stopped) const;

    const Tokenizer& tokenizer_;
    std::vector<int32_t> end_tokens_;
    Batcher batcher_;
    std::map<uint64_t, Answer> answers_;
};

// What to tell where the context ends an answer before max_tokens; such an answer's finish_reason is "length".
std::optional<Notice> max_tokens_cut(int64_t max_tokens, int64_t prompt_tokens, int64_t context);

// Invalid UTF-8 replaced by U+FFFD.
std::string valid_utf8(std::string_view text);

}  // namespace lathe
