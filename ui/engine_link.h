// The engine as the pages see it: commands go in, events come back on the GUI thread, in order. EngineBridge is the
// real one; tests and pictures put others in its place. Thread: GUI.
#pragma once

#include <QObject>

#include "engine/session.h"

namespace lathe {

class EngineLink : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    // Never blocks; the id comes back with every event that answers the command.
    virtual RequestId post(Command command) = 0;
    virtual void cancel(RequestId request) = 0;
    // While event_arrived() tells of an answer: its run, for the one who asked, without a copy where the link can. A
    // million steps take a second to copy; whoever else listens finds it empty.
    virtual RunDetail take(const RunDetail& told) { return told; }

Q_SIGNALS:
    void event_arrived(const lathe::Event& event);
};

}  // namespace lathe
