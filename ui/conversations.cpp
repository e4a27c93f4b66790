#include "ui/conversations.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QUuid>
#include <algorithm>
#include <chrono>

#include "ui/model_picker.h"

namespace lathe {

namespace {

using namespace std::chrono_literals;

constexpr double kTemperature = 0.8, kTopP = 0.95;

bool answered_nothing(const ChatTurn& turn) {
    return turn.from_model && turn.text.empty() && (turn.finish_reason.empty() || turn.finish_reason == "cancelled");
}

}  // namespace

bool is_blank(const Conversation& conversation) {
    return conversation.turns.empty() && conversation.draft.empty() && conversation.title.empty();
}

SampleConfig default_sample() {
    SampleConfig sample;
    sample.temperature = kTemperature;
    sample.top_p = kTopP;
    return sample;
}

Conversations::Conversations(EngineLink& engine, QObject* parent) : QObject(parent), engine_(engine) {
    save_timer_.setSingleShot(true);
    save_timer_.setInterval(300ms);
    connect(&save_timer_, &QTimer::timeout, this, &Conversations::flush);
    connect(QCoreApplication::instance(), &QCoreApplication::aboutToQuit, this, &Conversations::flush);
    connect(&engine, &EngineLink::event_arrived, this, &Conversations::on_event);
}

Conversations::~Conversations() {
    flush();
}

const ConversationState* Conversations::find(const std::string& id) const {
    const auto found = std::find_if(all_.begin(), all_.end(), [&](const auto& state) { return state.kept.id == id; });
    return found == all_.end() ? nullptr : &*found;
}

ConversationState* Conversations::edit(const std::string& id) {
    const auto found = std::find_if(all_.begin(), all_.end(), [&](const auto& state) { return state.kept.id == id; });
    return found == all_.end() ? nullptr : &*found;
}

std::string Conversations::create(const ModelSource& model, const SampleConfig& sample) {
    auto blank = std::find_if(all_.begin(), all_.end(), [](const auto& state) { return is_blank(state.kept); });
    if (blank == all_.end()) {
        all_.push_front({.kept = {.id = QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString()}});
        blank = all_.begin();
    }
    blank->kept.model = model;
    blank->kept.sample = sample;
    blank->kept.updated_at_ms = QDateTime::currentMSecsSinceEpoch();
    all_.splice(all_.begin(), all_, blank);
    Q_EMIT list_changed();
    return blank->kept.id;
}

void Conversations::drop_blank(const std::string& open) {
    const size_t dropped = std::erase_if(
        all_, [&](const auto& state) { return is_blank(state.kept) && !state.stored && state.kept.id != open; });
    if (dropped > 0) Q_EMIT list_changed();
}

void Conversations::set_draft(const std::string& id, std::string draft) {
    ConversationState* state = edit(id);
    if (state == nullptr || state->kept.draft == draft) return;
    state->kept.draft = std::move(draft);
    save_soon(*state);
    if (state->kept.turns.empty()) Q_EMIT list_changed();  // it has the title's words
}

void Conversations::set_model(const std::string& id, const ModelSource& model) {
    ConversationState* state = edit(id);
    if (state == nullptr || same_source(state->kept.model, model)) return;
    state->kept.model = model;
    save_soon(*state);
}

void Conversations::set_sample(const std::string& id, const SampleConfig& sample) {
    ConversationState* state = edit(id);
    if (state == nullptr || to_json(state->kept.sample) == to_json(sample)) return;
    state->kept.sample = sample;
    save_soon(*state);
}

void Conversations::rename(const std::string& id, std::string title) {
    ConversationState* state = edit(id);
    if (state == nullptr || state->kept.title == title) return;
    state->kept.title = std::move(title);
    save_soon(*state);
    Q_EMIT list_changed();
}

bool Conversations::send(const std::string& id) {
    ConversationState* state = edit(id);
    if (state == nullptr || state->answering) return false;
    if (state->kept.draft.empty()) return go_on(id);
    state->kept.turns.push_back({.text = std::move(state->kept.draft)});
    state->kept.draft.clear();
    ask(*state, {.sent = true});
    Q_EMIT draft_changed(id);
    return true;
}

bool Conversations::go_on(const std::string& id) {
    ConversationState* state = edit(id);
    if (state == nullptr || state->answering || state->kept.turns.empty()) return false;
    ask(*state, {});
    return true;
}

bool Conversations::again(const std::string& id) {
    ConversationState* state = edit(id);
    if (state == nullptr || state->answering || state->kept.turns.size() < 2) return false;
    if (!state->kept.turns.back().from_model) return false;
    Answering answering{.replaced = std::move(state->kept.turns.back())};
    state->kept.turns.pop_back();
    ++state->kept.sample.seed;
    ask(*state, std::move(answering));
    return true;
}

void Conversations::stop(const std::string& id) {
    ConversationState* state = edit(id);
    if (state == nullptr || !state->answering || state->answering->stopping) return;
    state->answering->stopping = true;
    engine_.cancel(state->answering->request);
    Q_EMIT answer_changed(id);
}

// The save goes first: the answer is recorded into what is stored.
void Conversations::ask(ConversationState& state, Answering answering) {
    Conversation& kept = state.kept;
    kept.updated_at_ms = QDateTime::currentMSecsSinceEpoch();
    state.error.reset();
    save(state);
    answering.request =
        engine_.post(Chat{.conversation = kept.id, .model = kept.model, .turns = kept.turns, .sample = kept.sample});
    state.starts.erase(kept.turns.size());
    kept.turns.push_back({.from_model = true});
    state.answering = std::move(answering);
    const auto place = std::find_if(all_.begin(), all_.end(), [&](const auto& other) { return &other == &state; });
    all_.splice(all_.begin(), all_, place);
    Q_EMIT list_changed();
    Q_EMIT turns_changed(kept.id);
}

void Conversations::remove(const std::string& id) {
    const auto place = std::find_if(all_.begin(), all_.end(), [&](const auto& state) { return state.kept.id == id; });
    if (place == all_.end()) return;
    if (place->answering) {
        engine_.cancel(place->answering->request);
        place->answering.reset();
        ChatTurn& turn = place->kept.turns.back();
        turn.finish_reason = "cancelled";
        if (turn.text.empty()) place->kept.turns.pop_back();
    }
    dirty_.erase(id);
    if (place->stored) deleting_ = engine_.post(DeleteConversation{.id = id});
    removed_ = std::move(*place);
    all_.erase(place);
    Q_EMIT list_changed();
}

std::string Conversations::undo_remove() {
    if (!removed_) return {};
    const int64_t time = removed_->kept.updated_at_ms;
    const auto place =
        std::find_if(all_.begin(), all_.end(), [&](const auto& state) { return state.kept.updated_at_ms < time; });
    ConversationState& state = *all_.insert(place, std::move(*removed_));
    removed_.reset();
    save(state);
    Q_EMIT list_changed();
    return state.kept.id;
}

void Conversations::flush() {
    save_timer_.stop();
    for (const std::string& id : std::set<std::string>(std::move(dirty_)))
        if (ConversationState* state = edit(id)) save(*state);
}

void Conversations::save(ConversationState& state) {
    dirty_.erase(state.kept.id);
    if (is_blank(state.kept) && !state.stored) return;
    state.stored = true;
    state.saving = engine_.post(SaveConversation{.conversation = state.kept});
}

void Conversations::save_soon(ConversationState& state) {
    dirty_.insert(state.kept.id);
    if (!save_timer_.isActive()) save_timer_.start();
}

void Conversations::tell_once(const Error& error) {
    if (told_) return;
    told_ = true;
    Q_EMIT record_failed(error);
}

void Conversations::list() {
    listing_ = engine_.post(ListConversations{});
}

void Conversations::on_event(const Event& event) {
    if (std::holds_alternative<WorkspaceOpened>(event.body)) {
        told_ = false;
        if (!dirty_.empty()) save_timer_.start();
        return list();
    }
    const auto* failed = std::get_if<Failed>(&event.body);
    for (ConversationState& state : all_) {
        if (state.answering && state.answering->request == event.request) return on_answer(state, event.body);
        if (state.saving != event.request || failed == nullptr) continue;
        dirty_.insert(state.kept.id);  // the next change tries again
        return tell_once(failed->error);
    }
    if (const auto* listed = std::get_if<ConversationsListed>(&event.body)) return take(*listed);
    if (failed == nullptr) return;
    if (event.request == deleting_ || event.request == listing_) return tell_once(failed->error);
    if (listed_ || listing_ != 0) return;
    // The workspace may be what failed: locked is nothing else, of the rest our own question tells.
    if (failed->error.kind == ErrorKind::locked) tell_once(failed->error);
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
        Q_EMIT grew(id, chunk->text);
    } else if (const auto* progress = std::get_if<Progress>(&body)) {
        state.answering->loaded = progress->total > 0 ? progress->done / progress->total : 0;
        Q_EMIT answer_changed(id);
    } else if (const auto* started = std::get_if<ChatStarted>(&body)) {
        state.answering->started = true;
        state.answering->since_start.start();
        state.starts[state.kept.turns.size() - 1] = *started;
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
    end_answer(state);
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
        end_answer(state);
    if (!wanted) Q_EMIT answer_failed(state.kept.id);
}

// Nothing was answered: all is as before it was asked.
void Conversations::take_back(ConversationState& state) {
    Conversation& kept = state.kept;
    const Answering answering = *state.answering;
    kept.turns.pop_back();
    state.starts.erase(kept.turns.size());
    if (answering.replaced) kept.turns.push_back(*answering.replaced);
    if (answering.sent) {
        std::string text = std::move(kept.turns.back().text);
        kept.turns.pop_back();
        if (!kept.draft.empty()) text += "\n" + kept.draft;
        kept.draft = std::move(text);
    }
    end_answer(state);
    Q_EMIT turns_changed(kept.id);
    if (answering.sent) Q_EMIT draft_changed(kept.id);
}

void Conversations::end_answer(ConversationState& state) {
    state.answering.reset();
    save_soon(state);
    Q_EMIT answer_changed(state.kept.id);
    Q_EMIT list_changed();
}

}  // namespace lathe
