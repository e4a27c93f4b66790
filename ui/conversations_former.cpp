// Answers that take the place of others, which can come back.
#include <algorithm>
#include <iterator>
#include <utility>

#include "ui/conversations.h"

namespace lathe {

FormerTurns take_turns(ConversationState& state, size_t first) {
    auto& turns = state.kept.turns;
    const auto begin = turns.begin() + static_cast<std::ptrdiff_t>(first);
    FormerTurns taken{
        .first = first, .turns = {std::make_move_iterator(begin), std::make_move_iterator(turns.end())}, .tokens = {}};
    turns.erase(begin, turns.end());
    while (!state.tokens.empty() && std::prev(state.tokens.end())->first >= first)
        taken.tokens.insert(state.tokens.extract(std::prev(state.tokens.end())));
    state.starts.erase(state.starts.lower_bound(first), state.starts.end());
    state.notices.erase(state.notices.lower_bound(first), state.notices.end());
    return taken;
}

void put_back(ConversationState& state) {
    FormerTurns former = std::move(*state.former);
    state.former.reset();
    take_turns(state, former.first);
    std::ranges::move(former.turns, std::back_inserter(state.kept.turns));
    state.tokens.merge(former.tokens);
}

bool Conversations::again(const std::string& id) {
    ConversationState* state = edit(id);
    if (state == nullptr || state->answering || state->kept.turns.size() < 2) return false;
    if (!state->kept.turns.back().from_model) return false;
    state->former = take_turns(*state, state->kept.turns.size() - 1);
    ++state->kept.sample.seed;
    ask(*state, {.replaces = true});
    return true;
}

bool Conversations::go_on_from(const std::string& id, size_t turn, size_t token, const TokenLogprob& other) {
    ConversationState* state = edit(id);
    if (state == nullptr || state->answering) return false;
    const auto told = state->tokens.find(turn);
    if (told == state->tokens.end() || token >= told->second.size()) return false;
    const auto first = told->second.begin();
    std::vector<TokenLogprobs> begin(first, first + static_cast<std::ptrdiff_t>(token) + 1);
    const auto& top = begin.back().top;
    const auto is_other = [&](const TokenLogprob& one) { return one.token == other.token; };
    begin.back().rank = std::ranges::find_if(top, is_other) - top.begin() + 1;
    begin.back().chosen = other;
    state->former = take_turns(*state, turn);
    ask(*state, {.replaces = true}, std::move(begin));
    return true;
}

bool Conversations::swap_former(const std::string& id) {
    ConversationState* state = edit(id);
    if (state == nullptr || state->answering || !state->former) return false;
    FormerTurns now = take_turns(*state, state->former->first);
    put_back(*state);
    state->former = std::move(now);
    save_soon(*state);
    Q_EMIT turns_changed(id);
    Q_EMIT list_changed();
    return true;
}

}  // namespace lathe
