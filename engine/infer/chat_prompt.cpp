#include "engine/infer/chat_prompt.h"

#include <algorithm>

#include "engine/base/error.h"

namespace lathe {

std::string joined_turns(std::span<const ChatTurn> turns) {
    std::string text;
    bool after_model = false;
    for (const ChatTurn& turn : turns) {
        if (after_model && !turn.from_model && !text.empty() && text.back() != '\n') text += '\n';
        text += turn.text;
        after_model = turn.from_model;
    }
    return text;
}

FittedPrompt fit_turns(std::span<const ChatTurn> turns, const Tokenizer& tokenizer, int64_t context,
                       int64_t max_tokens) {
    if (turns.empty()) fail({.kind = ErrorKind::empty, .key = "turns", .expected = "at least one"});
    const int64_t room = context - std::max<int64_t>(1, std::min(max_tokens, context / 4));
    const auto tokens_of = [&](const ChatTurn& turn) {
        return static_cast<int64_t>(tokenizer.encode(turn.text).size());
    };
    const size_t last = turns.size() - 1;
    const int64_t least = tokens_of(turns[last]);
    if (least > room) {
        fail({.kind = ErrorKind::too_large,
              .key = "prompt",
              .expected = "at most " + std::to_string(room) + " tokens",
              .found = std::to_string(least)});
    }
    // Turns are counted one by one, which is near enough to start from: tokens may merge where turns meet.
    size_t first = last;
    for (int64_t sum = least; first > 0 && sum <= room; --first) sum += tokens_of(turns[first - 1]);
    for (;; ++first) {
        FittedPrompt prompt{.tokens = tokenizer.encode(joined_turns(turns.subspan(first))),
                            .turns_left_out = static_cast<int64_t>(first)};
        if (first == last || static_cast<int64_t>(prompt.tokens.size()) <= room) return prompt;
    }
}

}  // namespace lathe
