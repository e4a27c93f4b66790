#include "ui/engine_link.h"

#include <algorithm>

namespace lathe {

EngineLink::EngineLink(QObject* parent) : QObject(parent) {
    connect(this, &EngineLink::event_arrived, this, &EngineLink::follow);
}

RequestId EngineLink::post(Command command) {
    std::optional<LongJob> job = long_job(command);
    const RequestId request = send(std::move(command));
    if (job) {
        long_jobs_.emplace(request, *std::move(job));
        Q_EMIT long_jobs_changed();
    }
    return request;
}

void EngineLink::follow(const Event& event) {
    const auto job = long_jobs_.find(event.request);
    if (job == long_jobs_.end()) return;
    if (const auto* progress = std::get_if<Progress>(&event.body))
        job->second.progress = *progress;
    else if (ends_job(event.body))
        long_jobs_.erase(job);
    else
        return;
    Q_EMIT long_jobs_changed();
}

bool EngineLink::is_making() const {
    return std::any_of(long_jobs_.begin(), long_jobs_.end(), [](const auto& entry) { return entry.second.makes; });
}

}  // namespace lathe
