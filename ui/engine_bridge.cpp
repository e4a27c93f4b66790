#include "ui/engine_bridge.h"

#include <QMetaObject>
#include <utility>

namespace lathe {

namespace {

// A page appends text; it need not do so for every token.
bool join(Event& last, const Event& next) {
    auto* text = std::get_if<TokenChunk>(&last.body);
    const auto* more = std::get_if<TokenChunk>(&next.body);
    if (text == nullptr || more == nullptr || last.request != next.request || text->index != more->index) return false;
    text->text += more->text;
    text->tokens += more->tokens;
    return true;
}

}  // namespace

EngineBridge::EngineBridge(QObject* parent) : EngineLink(parent) {}

EngineBridge::~EngineBridge() {
    session_.reset();
}  // while the queue it writes to is alive

void EngineBridge::open(const SessionOptions& options) {
    session_ = std::make_unique<Session>(options, sink());
}

RequestId EngineBridge::send(Command command) {
    return session_->post(std::move(command));
}

void EngineBridge::cancel(RequestId request) {
    session_->cancel(request);
}

RunDetail EngineBridge::take(const RunDetail& told) {
    RunDetail* own = told_ == nullptr ? nullptr : std::get_if<RunDetail>(&told_->body);
    return own == &told ? std::exchange(*own, {}) : told;
}

EventSink EngineBridge::sink() {
    return [this](const Event& event) {
        Event copy = event;  // of a long run it takes a while: not under the lock
        const std::lock_guard lock(mutex_);
        if (!pending_.empty() && join(pending_.back(), copy)) return;
        pending_.push_back(std::move(copy));
        if (pending_.size() == 1) QMetaObject::invokeMethod(this, &EngineBridge::deliver, Qt::QueuedConnection);
    };
}

void EngineBridge::deliver() {
    std::vector<Event> events;
    {
        const std::lock_guard lock(mutex_);
        events.swap(pending_);
    }
    for (Event& event : events) {
        told_ = &event;
        Q_EMIT event_arrived(event);
    }
    told_ = nullptr;
}

}  // namespace lathe
