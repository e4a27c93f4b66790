// Examples to tokens, each a target or not. With a chat template: the ids of the whole conversation as transformers'
// apply_chat_template has them, but that what it says never becomes a special token, and what others than the assistant
// say no added one at all. An answer's tokens are targets. An answer begins where the prompt that asks for it ends,
// which is the template over the messages before with add_generation_prompt, and ends with its end-of-turn token; what
// the template writes behind that is never asked of the model. A token across such a border is none. Without a
// template: the texts as they stand, a message that is no answer on a new line, and the end token. Any number of
// threads may encode. Sources: transformers 5.23 apply_chat_template (return_assistant_tokens_mask), TRL's SFTTrainer
// (completion_mask).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/data/answer_spans.h"
#include "engine/data/chat_template.h"
#include "engine/data/example.h"
#include "engine/data/tokenizer.h"

namespace lathe {

constexpr uint32_t kMaskedToken = uint32_t{1} << 31;  // beside an id: not a target

struct ExampleOptions {
    bool train_on_prompt = false;           // all tokens are targets
    bool mask_history = false;              // of the answers the last alone
    std::string chat_template_kwargs = {};  // NAME=JSON or NAME=text, several with ; between
};

class ExampleEncoder {
public:
    // The tokenizer must outlive it. Errors: out_of_range with key data.chat_template_kwargs.
    ExampleEncoder(const Tokenizer& tokenizer, ChatFormat format, const ExampleOptions& options);

    // Appends the tokens and returns the bytes of their text. Errors: those of ChatTemplate::render; unsupported where
    // the template shows an answer otherwise when more follows, so that it cannot be told apart, or where a model
    // without a template is given calls of tools or parts; empty where no answer has anything before it.
    int64_t encode(const Example& example, std::vector<uint32_t>& tokens) const;

    // What decides the tokens besides the tokenizer: template, variables, switches.
    std::string key() const;

private:
    Prompt render(const Example& example, size_t messages, bool generate) const;
    std::vector<AnswerSpan> locate_all(const Example& example, const Prompt& whole, const std::string& text) const;
    int64_t encode_templated(const Example& example, std::vector<uint32_t>& tokens) const;
    int64_t encode_plain(const Example& example, std::vector<uint32_t>& tokens) const;

    const Tokenizer& tokenizer_;
    ChatFormat format_;
    bool train_on_prompt_, mask_history_;
};

}  // namespace lathe
