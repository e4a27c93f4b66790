// Commands on their way to one thread, and what was asked of those that run: to end, because of the user's wish or
// because the session ends. Any thread.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <set>
#include <utility>
#include <variant>
#include <vector>

#include "engine/session.h"

namespace lathe {

struct QueuedCommand {
    RequestId request;
    Command command;
};

class CommandQueue {
public:
    void push(QueuedCommand command);
    void cancel(RequestId request);
    void quit();

    bool quitting() const;
    bool cancelled(RequestId request) const;
    // The next command; none where none waits or the session ends.
    std::optional<QueuedCommand> take();
    // What still waits, also when the session ends.
    std::deque<QueuedCommand> take_rest();
    // Blocks until anything was said since the last call.
    void wait();

    template <class... T>
    bool waiting() const {
        const std::lock_guard lock(mutex_);
        for (const QueuedCommand& queued : commands_)
            if ((std::holds_alternative<T>(queued.command) || ...)) return true;
        return false;
    }
    // Those of one kind, out of their turn.
    template <class T>
    std::vector<std::pair<RequestId, T>> take_all() {
        std::vector<std::pair<RequestId, T>> taken;
        const std::lock_guard lock(mutex_);
        if (quitting_) return taken;
        for (QueuedCommand& queued : commands_)
            if (auto* command = std::get_if<T>(&queued.command))
                taken.emplace_back(queued.request, std::move(*command));
        std::erase_if(commands_, [](const QueuedCommand& queued) { return std::holds_alternative<T>(queued.command); });
        return taken;
    }

private:
    void say();  // under mutex_

    mutable std::mutex mutex_;
    std::condition_variable said_something_;
    std::deque<QueuedCommand> commands_;
    std::set<RequestId> cancelled_;
    bool quitting_ = false;
    bool said_ = false;
};

}  // namespace lathe
