#include "engine/session.h"

#include <atomic>
#include <mutex>

#include "engine/base/memory.h"
#include "engine/engine_thread.h"
#include "engine/job_thread.h"

namespace lathe {

// Brings each command to its thread, and what both of them say to the one sink.
class Session::Engine {
public:
    Engine(const SessionOptions& options, EventSink sink)
        : sink_(std::move(sink)),
          workspace_(options.workspace),
          models_(before_threads(options), workspace_, emit()),
          jobs_(options, workspace_, emit()),
          fetches_(options, workspace_, emit()),
          studies_(options, workspace_, emit()) {}

    RequestId post(Command command) {
        const RequestId request = ++last_request_;
        if (const auto* wish = std::get_if<LeaveRoom>(&command))
            for (JobThread* thread : {&jobs_, &fetches_, &studies_}) thread->leave_room(wish->on);
        if (std::holds_alternative<PlanFetch>(command) || std::holds_alternative<FetchModel>(command))
            fetches_.post({request, std::move(command)});
        else if (JobThread::takes_long(command))
            studies_.post({request, std::move(command)});
        else if (JobThread::takes(command))
            jobs_.post({request, std::move(command)});
        else
            models_.post({request, std::move(command)});
        return request;
    }

    void cancel(RequestId request) {
        jobs_.cancel(request);
        fetches_.cancel(request);
        studies_.cancel(request);
        models_.cancel(request);
    }

private:
    static const SessionOptions& before_threads(const SessionOptions& options) {
        install_allocator();
        return options;
    }

    std::function<void(RequestId, EventBody)> emit() {
        return [this](RequestId request, EventBody body) {
            const std::lock_guard lock(mutex_);
            sink_({.request = request, .body = std::move(body)});
        };
    }

    std::mutex mutex_;  // over the sink
    EventSink sink_;
    std::atomic<RequestId> last_request_ = 0;
    SessionWorkspace workspace_;
    EngineThread models_;
    JobThread jobs_;
    JobThread fetches_;  // a download takes its time
    JobThread studies_;  // so does going through all of the data
};

Session::Session(SessionOptions options, EventSink sink)
    : engine_(std::make_unique<Engine>(options, std::move(sink))) {}
Session::~Session() = default;
RequestId Session::post(Command command) {
    return engine_->post(std::move(command));
}
void Session::cancel(RequestId request) {
    engine_->cancel(request);
}

}  // namespace lathe
