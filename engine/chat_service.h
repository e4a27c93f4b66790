// Answers conversations, any number at once: those with the same model share each forward pass, those with different
// ones take turns. Events of one: Progress while its model loads, ChatStarted, TokenChunks, ChatDone; or Failed, at any
// place, which ends that chat alone. An exception of a forward pass ends all chats of that model. An answer over live
// weights goes on over those of the newest step. Thread: engine only.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "engine/base/events.h"
#include "engine/infer/model_cache.h"
#include "engine/infer/text_generation.h"
#include "engine/session.h"

namespace lathe {

// Of the run in training.
struct LiveModel {
    ChatModel weights;
    int64_t step = 0;
};

class ChatService {
public:
    struct Host {
        std::string workspace;
        std::function<void(RequestId, EventBody)> emit;
        std::function<bool(RequestId)> cancelled;
        // Asked while a model loads: true gives the load up, and a later step() begins it again.
        std::function<bool()> make_way;
        // The run in training, if it is this one ("": any).
        std::function<std::optional<LiveModel>(const std::string& run)> live;
        std::function<std::shared_ptr<void>(const std::string& run)> hold_run;  // see SessionWorkspace
        std::function<void(const std::string& conversation, int64_t index, const ChatTurn& turn)> record;
    };

    explicit ChatService(Host host) : host_(std::move(host)) {}

    void add(RequestId request, Chat chat) { waiting_.push_back({request, std::move(chat)}); }
    bool busy() const { return !waiting_.empty() || !groups_.empty(); }
    // Ends what is cancelled, then starts one chat that waits, or does one forward pass of one model.
    void step();
    // Every chat is cancelled.
    void end_all();

private:
    using Clock = std::chrono::steady_clock;

    struct Waiting {
        RequestId request;
        Chat chat;
    };
    struct Answer {
        std::string conversation;
        int64_t index = 0;
        ChatTurn turn{.from_model = true};
        int64_t begun = 0;        // tokens that were given
        int64_t told_tokens = 0;  // that went out with a piece of text
        std::shared_ptr<void> held_run = {};
        Clock::time_point first_token, last_token, recorded = Clock::now();
    };
    // The chats of one model.
    struct Group {
        explicit Group(const ChatModel& from);
        ChatModel model;
        TextGenerator generator;
        std::map<RequestId, Answer> answers;
    };

    void start(Waiting waiting);
    LiveModel weights_for(const Waiting& waiting, bool& given_up);
    void begin(const Waiting& waiting, const LiveModel& source, std::shared_ptr<void> held_run);
    Group& group_of(const ChatModel& model);
    void forward(Group& group);
    void add_piece(RequestId request, Answer& answer, const TextPiece& piece);
    void end(RequestId request, Answer& answer, const std::string& finish_reason);
    void record(Answer& answer);
    void end_cancelled(const std::function<bool(RequestId)>& cancelled);

    Host host_;
    ModelCache models_;
    std::deque<Waiting> waiting_;
    std::list<Group> groups_;  // the front one is next
};

}  // namespace lathe
