// The prompts of a chat, by the model's ChatFormat: its template, or, where it has none that works, the text as it
// stands (Complete mode, chat_prompt.h). Any thread.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/base/events.h"
#include "engine/data/chat_template.h"
#include "engine/infer/chat_prompt.h"

namespace lathe {

// The prompt of FILE's messages, an array or {messages, tools, chat_template_kwargs}: as transformers'
// apply_chat_template with add_generation_prompt. Errors: not_found where the model has no template, why it is refused,
// those of ChatTemplate::render, wrong_type, unknown_key, missing_key.
std::vector<int32_t> message_tokens(const Json& document, const std::string& file, const ChatFormat& format,
                                    const Tokenizer& tokenizer);

// As fit_turns, by the template: from the oldest turn of the user on that leaves room for an answer. A last turn of the
// model is gone on with. Errors besides: those of ChatTemplate::render.
FittedPrompt fit_chat(std::span<const ChatTurn> turns, const ChatFormat& format, const Tokenizer& tokenizer,
                      int64_t context, int64_t max_tokens);

}  // namespace lathe
