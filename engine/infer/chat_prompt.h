// From a conversation to a prompt, in Complete mode: the model goes on with the text as it stands. Pure functions, any
// thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/base/events.h"
#include "engine/data/tokenizer.h"

namespace lathe {

// The turns' texts, one after the other. A turn of the user that follows one of the model starts on a new line: a
// newline goes in between unless the text so far is empty or ends with one. Nothing else is added or taken away.
std::string joined_turns(std::span<const ChatTurn> turns);

struct FittedPrompt {
    std::vector<int32_t> tokens;
    int64_t turns_left_out = 0;
};
// The joined turns' tokens, from the oldest turn on that leaves room for an answer: min(max_tokens, a quarter of the
// context). Errors: empty without a turn, too_large where the last turn by itself leaves less.
FittedPrompt fit_turns(std::span<const ChatTurn> turns, const Tokenizer& tokenizer, int64_t context,
                       int64_t max_tokens);

}  // namespace lathe
