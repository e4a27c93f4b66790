#include "engine/command_queue.h"

namespace lathe {

void CommandQueue::say() {
    said_ = true;
    said_something_.notify_all();
}

void CommandQueue::push(QueuedCommand command) {
    const std::lock_guard lock(mutex_);
    commands_.push_back(std::move(command));
    say();
}

void CommandQueue::cancel(RequestId request) {
    const std::lock_guard lock(mutex_);
    cancelled_.insert(request);
    say();
}

void CommandQueue::quit() {
    const std::lock_guard lock(mutex_);
    quitting_ = true;
    say();
}

bool CommandQueue::quitting() const {
    const std::lock_guard lock(mutex_);
    return quitting_;
}

bool CommandQueue::cancelled(RequestId request) const {
    const std::lock_guard lock(mutex_);
    return cancelled_.contains(request);
}

std::optional<QueuedCommand> CommandQueue::take() {
    const std::lock_guard lock(mutex_);
    if (quitting_ || commands_.empty()) return std::nullopt;
    QueuedCommand next = std::move(commands_.front());
    commands_.pop_front();
    return next;
}

std::deque<QueuedCommand> CommandQueue::take_rest() {
    const std::lock_guard lock(mutex_);
    return std::exchange(commands_, {});
}

void CommandQueue::wait() {
    std::unique_lock lock(mutex_);
    said_something_.wait(lock, [this] { return std::exchange(said_, false); });
}

}  // namespace lathe
