// The run of another process, as its record grows: the declarations are in run_watch.h.
#include <algorithm>

#include "ui/run_watch.h"

namespace lathe {

// The last row is asked for again: its validation comes after it.
void RunWatch::ask_for_more() {
    if (state_ != State::followed || more_request_ != 0 || detail_request_ != 0) return;
    const int64_t last = detail_.metrics.empty() ? 0 : detail_.metrics.back().step;
    more_request_ = engine_.post(ShowRun{.run = run(),
                                         .from_step = std::max<int64_t>(0, last - 1),
                                         .after_event = detail_.events.empty() ? 0 : detail_.events.back().id});
}

// Of the run that is followed. An answer may repeat what is known.
void RunWatch::take_more(RunDetail more) {
    if (state_ != State::followed || more.summary.run != run()) return;
    failures_ = 0;
    const int64_t known = detail_.metrics.empty() ? 0 : detail_.metrics.back().step;
    const int64_t newest = more.metrics.empty() ? 0 : more.metrics.back().step;
    if (newest < known || !goes_on(more.summary)) {
        // It was resumed from before, or has ended: all of it anew, this once.
        detail_request_ = engine_.post(ShowRun{.run = run()});
        return;
    }
    const bool kept_changed = more.summary.checkpoints.size() != detail_.summary.checkpoints.size() ||
                              (!more.summary.checkpoints.empty() &&
                               more.summary.checkpoints.back().step != detail_.summary.checkpoints.back().step);
    const bool state_differs = more.summary.state != detail_.summary.state;
    detail_.summary = std::move(more.summary);
    take_rows(std::move(more.metrics));
    const int64_t last_id = detail_.events.empty() ? 0 : detail_.events.back().id;
    const size_t known_events = detail_.events.size();
    for (size_t i = 0; i < more.events.size(); ++i) {
        // Without ids the whole list comes again, and has grown at its end.
        if (more.events[i].id > 0 ? more.events[i].id <= last_id : i < known_events) continue;
        detail_.events.push_back(std::move(more.events[i]));
        Q_EMIT noted();
    }
    const int64_t last_sample = detail_.samples.empty() ? -1 : detail_.samples.back().step;
    for (Sampled& sample : more.samples) {
        if (sample.step <= last_sample) continue;
        detail_.samples.push_back(std::move(sample));
        Q_EMIT sampled();
    }
    if (kept_changed) Q_EMIT saved();
    if (state_differs) Q_EMIT state_changed();
    ask_again_.start();
}

void RunWatch::take_rows(std::vector<MetricPoint> rows) {
    const size_t first = detail_.metrics.size();
    for (MetricPoint& row : rows) {
        const int64_t last = detail_.metrics.empty() ? 0 : detail_.metrics.back().step;
        if (row.step > last) {
            detail_.metrics.push_back(std::move(row));
        } else if (row.eval_loss) {  // of a row that is known it may be new
            const auto at = std::lower_bound(detail_.metrics.begin(), detail_.metrics.end(), row.step,
                                             [](const MetricPoint& point, int64_t step) { return point.step < step; });
            if (at == detail_.metrics.end() || at->step != row.step || at->eval_loss) continue;
            at->eval_loss = row.eval_loss;
            Q_EMIT validated(static_cast<int>(at - detail_.metrics.begin()));
        }
    }
    if (detail_.metrics.size() > first) Q_EMIT stepped(static_cast<int>(first));
}

}  // namespace lathe
