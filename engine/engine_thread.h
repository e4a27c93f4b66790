// The thread that owns every model: training, chats, and the commands that compute. Long work calls serve() wherever it
// can stop for a while, between the blocks of a training step above all; there chats get their share of the time, and
// the work learns that it is to make way. post(), cancel(): any thread.
#pragma once

#include <functional>
#include <memory>
#include <thread>

#include "engine/chat_service.h"
#include "engine/command_queue.h"
#include "engine/commands.h"
#include "engine/session_workspace.h"
#include "engine/time_share.h"
#include "engine/training_job.h"

namespace lathe {

class EngineThread {
public:
    // emit is called on this thread.
    EngineThread(SessionOptions options, SessionWorkspace& workspace, std::function<void(RequestId, EventBody)> emit);
    ~EngineThread();  // ends chats and work, saves the training run
    EngineThread(const EngineThread&) = delete;
    EngineThread& operator=(const EngineThread&) = delete;

    void post(QueuedCommand command) { queue_.push(std::move(command)); }
    void cancel(RequestId request) { queue_.cancel(request); }

private:
    void loop();
    bool next_turn();
    void leave_room(bool on);
    void run(const QueuedCommand& queued);
    void guard(RequestId request, const std::function<void()>& work);
    bool serve(RequestId request);
    bool make_way(RequestId request) const;
    void chat();
    void announce();
    CommandContext context_of(RequestId request);
    ChatService::Host chat_host();

    void start_training(RequestId request, const StartTraining& command);
    void control_training(const Command& command);
    void look_at_training(const Command& command);
    void train();
    void finish_training();

    SessionOptions options_;
    SessionWorkspace& workspace_;
    std::function<void(RequestId, EventBody)> emit_;
    CommandQueue queue_;
    // The thread's own.
    std::unique_ptr<TrainingJob> training_;
    RequestId training_request_ = 0;
    ChatService chats_;
    TimeShare share_;
    std::jthread thread_;  // last: starts when all else is there
};

}  // namespace lathe
