// The conversations of the workspace, what is being answered, and their record: every change is saved a moment later,
// what was sent at once, the rest at the end. Any number is answered at the same time. Widgets only show it. Thread:
// GUI.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "ui/engine_link.h"

namespace lathe {

// The answer that grows as a conversation's last turn.
struct Answering {
    RequestId request = 0;
    double loaded = -1;  // share of the model, while it loads
    bool started = false, stopping = false;
    QElapsedTimer since_start;
    bool sent = false;      // a text was sent for it: the turn before
    bool replaces = false;  // the former turns, which come back where nothing is answered
};

// Turns that made room for others, from `first` on.
struct FormerTurns {
    size_t first = 0;
    std::vector<ChatTurn> turns;
    std::map<size_t, std::vector<TokenLogprobs>> tokens;
};

struct ConversationState {
    Conversation kept;  // with the answer so far
    std::optional<Answering> answering;
    std::optional<Error> error;            // why the last answer failed
    std::optional<bool> templated;         // whether its model answers by a chat template; none: not asked yet
    std::map<size_t, ChatStarted> starts;  // of the turns answered in this session
    std::map<size_t, Notice> notices;      // that came with them
    std::map<size_t, std::vector<TokenLogprobs>> tokens;  // of those that were asked for with them
    std::optional<FormerTurns> former;                    // what the last answer took the place of
    bool stored = false;                                  // the record has it
    RequestId saving = 0;                                 // the last save
};

// Of the turns from `first` on nothing is left, but what is returned.
FormerTurns take_turns(ConversationState& state, size_t first);
// The former ones, in place of those.
void put_back(ConversationState& state);
// Nothing was typed, sent or named.
bool is_blank(const Conversation& conversation);
// Settings of a window's first conversation.
SampleConfig default_sample();

class Conversations : public QObject {
    Q_OBJECT

public:
    explicit Conversations(EngineLink& engine, QObject* parent = nullptr);
    ~Conversations() override;

    const std::list<ConversationState>& all() const { return all_; }  // the last one sent to comes first
    const ConversationState* find(const std::string& id) const;
    bool listed() const { return listed_; }  // the record has answered
    // It may be read all the same.
    void workspace_failed(const Error& error);

    // A new one, or the one that is there with nothing in it.
    std::string create(const ModelSource& model, const SampleConfig& sample);
    // One with nothing in it that was never stored need not be listed, once another is open.
    void drop_blank(const std::string& open);
    void set_draft(const std::string& id, std::string draft);
    void set_model(const std::string& id, const ModelSource& model);
    void set_sample(const std::string& id, const SampleConfig& sample);
    void rename(const std::string& id, std::string title);  // "": by its first words

    // What is answered already goes on; false then, and where there is nothing to answer.
    bool send(const std::string& id);  // the draft becomes a turn; an empty one: go_on
    bool go_on(const std::string& id);
    bool again(const std::string& id);  // the last answer anew, with the next seed
    // An answer anew from one of its tokens on, with another in its place; what came after it makes room.
    bool go_on_from(const std::string& id, size_t turn, size_t token, const TokenLogprob& other);
    // What again() and go_on_from() took the place of comes back, and that takes its place.
    bool swap_former(const std::string& id);
    void stop(const std::string& id);
    // Answers from now on tell of their tokens, with so many alternatives; 0: they do not.
    void set_logprobs(int64_t count) { logprobs_ = count; }

    void remove(const std::string& id);
    std::string undo_remove();  // of the last one; "" where there is none
    void flush();

Q_SIGNALS:
    void list_changed();  // which there are, their order, titles, which are answered
    void turns_changed(const std::string& id);
    void grew(const std::string& id, const std::string& text);  // the last turn, by this
    void answer_changed(const std::string& id);                 // how far the last answer is
    void draft_changed(const std::string& id);                  // not by set_draft()
    void answer_failed(const std::string& id);                  // its `error` says why
    void record_failed(const lathe::Error& error);              // once until it works again
    void record_works();                                        // after it had failed

private:
    void on_event(const Event& event);
    void on_answer(ConversationState& state, const EventBody& body);
    void take(const ConversationsListed& listed);
    void take(ConversationState& state, const ChatDone& done);
    void take(ConversationState& state, const Failed& failed);
    // begin: what the answer begins with.
    void ask(ConversationState& state, Answering answering, std::vector<TokenLogprobs> begin = {});
    void keep_answer(ConversationState& state);
    void take_back(ConversationState& state);
    void end_answer(ConversationState& state);
    void list();
    void save(ConversationState& state);
    void save_soon(ConversationState& state);
    void tell_once(const Error& error);
    void on_record_works();
    ConversationState* edit(const std::string& id);

    EngineLink& engine_;
    std::list<ConversationState> all_;
    std::optional<ConversationState> removed_;
    std::set<std::string> dirty_;
    QTimer save_timer_;
    int64_t logprobs_ = 0;
    RequestId listing_ = 0, deleting_ = 0;
    bool listed_ = false, told_ = false;
};

}  // namespace lathe
