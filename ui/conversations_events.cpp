// What the engine is asked and says about conversations: answers as they grow and end, and the record.
#include <QDateTime>
#include <algorithm>
#include <utility>

#include "ui/conversations.h"

namespace lathe {

namespace {

bool answered_nothing(const ChatTurn& turn) {
    return turn.from_model && turn.text.empty() && (turn.finish_reason.empty() || turn.finish_reason == "cancelled");
}

// Of a turn that is not there any more.
void forget_notes(ConversationState& state) {
    state.starts.erase(state.kept.turns.size());
    state.notices.erase(state.kept.turns.size());
    state.tokens.erase(state.kept.turns.size());
}

}  // namespace

// The save goes first: the answer is recorded into what is stored.
void Conversations::ask(ConversationState& state, Answering answering, std::vector<TokenLogprobs> begin) {
    Conversation& kept = state.kept;
    kept.updated_at_ms = QDateTime::currentMSecsSinceEpoch();
    state.error.reset();
    save(state);
    Chat chat{.conversation = kept.id, .model = kept.model, .turns = kept.turns, .sample = kept.sample};
    chat.logprobs = logprobs_;
    for (const TokenLogprobs& token : begin) chat.answer_begin.push_back(token.chosen.token);
    answering.request = engine_.post(std::move(chat));
    forget_notes(state);
    if (logprobs_ > 0) state.tokens[kept.turns.size()] = std::move(begin);
    kept.turns.push_back({.from_model = true});
    state.answering = std::move(answering);
    const auto place = std::find_if(all_.begin(), all_.end(), [&](const auto& other) { return &other == &state; });
    all_.splice(all_.begin(), all_, place);
    Q_EMIT list_changed();
    Q_EMIT turns_changed(kept.id);
}

void Conversations::list() {
    listing_ = engine_.post(ListConversations{});
}

void Conversations::on_event(const Event& event) {
    if (std::holds_alternative<WorkspaceOpened>(event.body)) {
        on_record_works();
        return list();
    }
    if (std::holds_alternative<ConversationSaved>(event.body)) return on_record_works();
    const auto* failed = std::get_if<Failed>(&event.body);
    for (ConversationState& state : all_) {
        if (state.answering && state.answering->request == event.request) return on_answer(state, event.body);
        if (state.saving != event.request || failed == nullptr) continue;
        dirty_.insert(state.kept.id);  // the next change tries again
        return tell_once(failed->error);
    }
    if (const auto* listed = std::get_if<ConversationsListed>(&event.body)) return take(*listed);
    if (failed != nullptr && (event.request == deleting_ || event.request == listing_)) tell_once(failed->error);
}

void Conversations::on_record_works() {
    if (!std::exchange(told_, false)) return;
    if (!dirty_.empty()) save_timer_.start();
    Q_EMIT record_works();
}

void Conversations::workspace_failed(const Error& error) {
    tell_once(error);
    list();
}

void Conversations::take(const ConversationsListed& listed) {
    listed_ = true;
    for (const Conversation& conversation : listed.conversations) {
        if (find(conversation.id) != nullptr) continue;
        if (removed_ && removed_->kept.id == conversation.id) continue;
        all_.push_back({.kept = conversation, .stored = true});
        auto& turns = all_.back().kept.turns;
        if (!turns.empty() && answered_nothing(turns.back())) turns.pop_back();  // a crash came first
    }
    all_.sort([](const auto& a, const auto& b) { return a.kept.updated_at_ms > b.kept.updated_at_ms; });
    Q_EMIT list_changed();
}

void Conversations::on_answer(ConversationState& state, const EventBody& body) {
    const std::string id = state.kept.id;
    if (const auto* chunk = std::get_if<TokenChunk>(&body)) {
        ChatTurn& turn = state.kept.turns.back();
        turn.text += chunk->text;
        turn.tokens += chunk->tokens;
        const auto tokens = state.tokens.find(state.kept.turns.size() - 1);
        if (chunk->logprobs && tokens != state.tokens.end()) tokens->second.push_back(*chunk->logprobs);
        Q_EMIT grew(id, chunk->text);
    } else if (const auto* progress = std::get_if<Progress>(&body)) {
        state.answering->loaded = progress->total > 0 ? progress->done / progress->total : 0;
        Q_EMIT answer_changed(id);
    } else if (const auto* started = std::get_if<ChatStarted>(&body)) {
        state.answering->started = true;
        state.answering->since_start.start();
        const bool is_news = std::exchange(state.templated, started->templated) != started->templated;
        state.starts[state.kept.turns.size() - 1] = *started;
        Q_EMIT answer_changed(id);
        if (is_news) Q_EMIT turns_changed(id);  // they are shown otherwise
    } else if (const auto* notice = std::get_if<Notice>(&body)) {
        state.notices[state.kept.turns.size() - 1] = *notice;
        Q_EMIT answer_changed(id);
    } else if (const auto* done = std::get_if<ChatDone>(&body)) {
        take(state, *done);
    } else if (const auto* failed = std::get_if<Failed>(&body)) {
        take(state, *failed);
    }
}

void Conversations::take(ConversationState& state, const ChatDone& done) {
    ChatTurn& turn = state.kept.turns.back();
    const bool as_shown = turn.text == done.turn.text;
    turn = done.turn;
    turn.from_model = true;
    if (answered_nothing(turn)) return take_back(state);
    keep_answer(state);
    if (!as_shown) Q_EMIT turns_changed(state.kept.id);
}

void Conversations::take(ConversationState& state, const Failed& failed) {
    const bool wanted = failed.error.kind == ErrorKind::cancelled;
    if (!wanted) state.error = failed.error;
    ChatTurn& turn = state.kept.turns.back();
    if (wanted) turn.finish_reason = "cancelled";
    if (answered_nothing(turn))
        take_back(state);
    else
        keep_answer(state);
    if (!wanted) Q_EMIT answer_failed(state.kept.id);
}

// The answer stands: a former one would take it away, unless it was made to take its place.
void Conversations::keep_answer(ConversationState& state) {
    if (!state.answering->replaces) state.former.reset();
    end_answer(state);
}

// Nothing was answered: all is as before it was asked.
void Conversations::take_back(ConversationState& state) {
    Conversation& kept = state.kept;
    kept.turns.pop_back();
    forget_notes(state);
    if (state.answering->replaces) put_back(state);
    const bool sent = state.answering->sent;
    if (sent) {
        std::string text = std::move(kept.turns.back().text);
        kept.turns.pop_back();
        if (!kept.draft.empty()) text += "\n" + kept.draft;
        kept.draft = std::move(text);
    }
    end_answer(state);
    Q_EMIT turns_changed(kept.id);
    if (sent) Q_EMIT draft_changed(kept.id);
}

void Conversations::end_answer(ConversationState& state) {
    state.answering.reset();
    save_soon(state);
    Q_EMIT answer_changed(state.kept.id);
    Q_EMIT list_changed();
}

}  // namespace lathe
