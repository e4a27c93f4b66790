#include "ui/engine_bridge.h"

#include <QMetaObject>

namespace lathe {

EngineBridge::EngineBridge(QObject* parent) : QObject(parent) {}

EngineBridge::~EngineBridge() {
    session_.reset();
}  // while the queue it writes to is alive

void EngineBridge::open(const SessionOptions& options) {
    session_ = std::make_unique<Session>(options, sink());
}

RequestId EngineBridge::post(Command command) {
    return session_->post(std::move(command));
}

void EngineBridge::cancel(RequestId request) {
    session_->cancel(request);
}

EventSink EngineBridge::sink() {
    return [this](const Event& event) {
        const std::lock_guard lock(mutex_);
        pending_.push_back(event);
        if (pending_.size() == 1) QMetaObject::invokeMethod(this, &EngineBridge::deliver, Qt::QueuedConnection);
    };
}

void EngineBridge::deliver() {
    std::vector<Event> events;
    {
        const std::lock_guard lock(mutex_);
        events.swap(pending_);
    }
    for (const Event& event : events) Q_EMIT event_arrived(event);
}

}  // namespace lathe
