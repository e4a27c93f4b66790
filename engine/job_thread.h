// The thread of the commands that touch files alone: one after the other, beside whatever the engine thread computes,
// so that runs are listed and conversations saved while a run trains. post(), cancel(), leave_room(): any thread.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <string>
#include <thread>

#include "engine/command_queue.h"
#include "engine/session_workspace.h"

namespace lathe {

class JobThread {
public:
    // emit is called on this thread.
    JobThread(SessionOptions options, SessionWorkspace& workspace, std::function<void(RequestId, EventBody)> emit);
    ~JobThread();  // cancels what runs, drops what waits but what the user wrote
    JobThread(const JobThread&) = delete;
    JobThread& operator=(const JobThread&) = delete;

    static bool takes(const Command& command);
    // What goes through all of the data, or copies runs: it has a thread of its own, as downloads do, so that nothing
    // quick waits for it.
    static bool takes_long(const Command& command);
    void post(QueuedCommand command) { queue_.push(std::move(command)); }
    void cancel(RequestId request) { queue_.cancel(request); }
    // From the next command on: see leave_room.h.
    void leave_room(bool on) { leaves_room_ = on; }

private:
    void loop();
    void run(const QueuedCommand& queued);

    SessionOptions options_;
    SessionWorkspace& workspace_;
    std::function<void(RequestId, EventBody)> emit_;
    CommandQueue queue_;
    std::atomic<bool> leaves_room_ = false;
    std::map<std::string, std::string> written_tables_;  // see CommandContext
    std::jthread thread_;                                // last: starts when all else is there
};

}  // namespace lathe
