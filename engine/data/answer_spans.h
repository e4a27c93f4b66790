// Where the assistant's answers stand in the text that a chat template makes of a conversation. Pure functions, any
// thread.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/data/chat_template.h"

namespace lathe {

// In bytes of the text.
struct AnswerSpan {
    size_t message = 0;
    size_t begin = 0, end = 0;
    size_t said = 0;  // where in it the conversation first says something
    bool end_known =
        true;  // else `end` is that of what is said there, and the turn's end the first special token behind
};

// The first `messages` of the conversation, with add_generation_prompt or without.
using RenderMessages = std::function<Prompt(size_t messages, bool generate)>;

// Messages of the assistant that are asked for. One that nothing was said before, as a greeting, is context. Error:
// empty where there is none.
std::vector<size_t> asked_answers(const Json& messages);
// An answer begins where the prompt that asks for it ends, and ends where the template over the messages up to it does.
// Nothing where the template writes what lies before it anew as more follows. whole: all `messages` of them rendered;
// text: its text. Errors: those of render.
std::optional<AnswerSpan> locate_answer(const RenderMessages& render, size_t message, size_t messages,
                                        const Prompt& whole, const std::string& text);

}  // namespace lathe
