// The engine as the pages see it: commands go in, events come back on the GUI thread, in order. It knows which long
// jobs are not yet answered. EngineBridge is the real one; tests and pictures put others in its place. Thread: GUI.
#pragma once

#include <QObject>
#include <map>

#include "engine/session.h"
#include "ui/long_job.h"

namespace lathe {

class EngineLink : public QObject {
    Q_OBJECT

public:
    explicit EngineLink(QObject* parent = nullptr);
    // Never blocks; the id comes back with every event that answers the command.
    RequestId post(Command command);
    virtual void cancel(RequestId request) = 0;
    // While event_arrived() tells of an answer: its run, for the one who asked, without a copy where the link can. A
    // million steps take a second to copy; whoever else listens finds it empty.
    virtual RunDetail take(const RunDetail& told) { return told; }

    const std::map<RequestId, LongJob>& long_jobs() const { return long_jobs_; }
    // One of them makes something.
    bool is_making() const;

Q_SIGNALS:
    void event_arrived(const lathe::Event& event);
    void long_jobs_changed();  // one begins or ends
    void long_job_ended(const lathe::LongJob& job, const lathe::EventBody& answer);
    void long_jobs_progressed();  // by a percent, or to another part of the work

protected:
    virtual RequestId send(Command command) = 0;

private:
    void follow(const Event& event);

    std::map<RequestId, LongJob> long_jobs_;
};

}  // namespace lathe
