#include "ui/conversations.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QUuid>
#include <algorithm>
#include <chrono>
#include <utility>

#include "ui/model_picker.h"

namespace lathe {

namespace {

using namespace std::chrono_literals;

constexpr double kTemperature = 0.8, kTopP = 0.95;

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
    const bool other = state->kept.model.folder != model.folder || state->kept.model.run != model.run;
    state->kept.model = model;
    state->templated.reset();
    save_soon(*state);
    if (!other) return;
    // Tokens of a vocabulary that the next answer may not have.
    if (state->former) state->former->tokens.clear();
    if (state->tokens.empty()) return;
    state->tokens.clear();
    Q_EMIT turns_changed(id);
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

void Conversations::stop(const std::string& id) {
    ConversationState* state = edit(id);
    if (state == nullptr || !state->answering || state->answering->stopping) return;
    state->answering->stopping = true;
    engine_.cancel(state->answering->request);
    Q_EMIT answer_changed(id);
}

void Conversations::remove(const std::string& id) {
    const auto place = std::find_if(all_.begin(), all_.end(), [&](const auto& state) { return state.kept.id == id; });
    if (place == all_.end()) return;
    if (place->answering) {
        engine_.cancel(place->answering->request);
        const bool replaces = place->answering->replaces;
        place->answering.reset();
        ChatTurn& turn = place->kept.turns.back();
        turn.finish_reason = "cancelled";
        if (turn.text.empty()) {
            place->kept.turns.pop_back();
            if (replaces) put_back(*place);
        }
        if (!replaces) place->former.reset();
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

}  // namespace lathe
