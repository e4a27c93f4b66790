// The engine for Qt: commands go in, events come out as a signal on the thread that owns the bridge. The only file of
// ui/ that crosses threads: the engine's sink appends to a queue, and at most one queued call is under way, which
// delivers all that has gathered, in order; text of one answer that arrived piece by piece comes as one piece. post(),
// cancel(): GUI thread, never block. sink(): the function it returns may be called from any thread while the bridge
// lives.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "ui/engine_link.h"

namespace lathe {

class EngineBridge : public EngineLink {
    Q_OBJECT

public:
    explicit EngineBridge(QObject* parent = nullptr);
    // Stops the engine and waits for it; events of that are not delivered.
    ~EngineBridge() override;

    // Starts the engine; once.
    void open(const SessionOptions& options);
    void cancel(RequestId request) override;
    RunDetail take(const RunDetail& told) override;
    EventSink sink();

protected:
    RequestId send(Command command) override;

private:
    void deliver();

    std::mutex mutex_;
    std::vector<Event> pending_;  // guarded by mutex_; not empty: a call of deliver() is under way
    Event* told_ = nullptr;       // while event_arrived() tells it
    std::unique_ptr<Session> session_;
};

}  // namespace lathe
