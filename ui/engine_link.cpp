#include "ui/engine_link.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lathe {

namespace {

// The engine tells of every document; whoever shows it draws.
bool says_the_same(const Progress& a, const Progress& b) {
    const auto percent = [](const Progress& progress) {
        return progress.total > 0 ? std::floor(100 * progress.done / progress.total) : 0;
    };
    return a.what == b.what && percent(a) == percent(b);
}

}  // namespace

EngineLink::EngineLink(QObject* parent) : QObject(parent) {
    connect(this, &EngineLink::event_arrived, this, &EngineLink::follow);
}

RequestId EngineLink::post(Command command) {
    std::optional<LongJob> job = long_job(command);
    const RequestId request = send(std::move(command));
    if (job) {
        job->since.start();
        long_jobs_.emplace(request, *std::move(job));
        Q_EMIT long_jobs_changed();
    }
    return request;
}

void EngineLink::follow(const Event& event) {
    const auto job = long_jobs_.find(event.request);
    if (job == long_jobs_.end()) return;
    if (const auto* progress = std::get_if<Progress>(&event.body)) {
        const auto before = std::exchange(job->second.progress, *progress);
        if (!before || !says_the_same(*before, *progress)) Q_EMIT long_jobs_progressed();
    } else if (ends_job(event.body)) {
        const LongJob ended = std::move(job->second);
        long_jobs_.erase(job);
        Q_EMIT long_jobs_changed();
        Q_EMIT long_job_ended(ended, event.body);
    }
}

bool EngineLink::is_making() const {
    return std::any_of(long_jobs_.begin(), long_jobs_.end(), [](const auto& entry) { return entry.second.makes; });
}

}  // namespace lathe
