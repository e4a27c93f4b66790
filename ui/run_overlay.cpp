#include "ui/run_overlay.h"

#include <algorithm>
#include <iterator>

namespace lathe {

RunOverlay::RunOverlay(EngineLink& engine, const RunList& runs, QObject* parent)
    : QObject(parent), engine_(engine), runs_(runs) {
    connect(&engine, &EngineLink::event_arrived, this, &RunOverlay::on_event);
    connect(&runs, &RunList::changed, this, [this] {
        bool renamed = false;
        for (auto& [run, detail] : details_) {
            const RunSummary* listed = runs_.find(run);
            if (listed == nullptr || listed->name == detail.summary.name) continue;
            detail.summary.name = listed->name;
            renamed = true;
        }
        if (request_ == 0) read_next();
        if (renamed) Q_EMIT changed();
    });
}

void RunOverlay::set_runs(const std::set<std::string>& runs) {
    std::erase_if(taken_, [&](const auto& entry) { return runs.count(entry.first) == 0; });
    std::erase_if(details_, [&](const auto& entry) { return runs.count(entry.first) == 0; });
    std::erase_if(asked_step_, [&](const auto& entry) { return runs.count(entry.first) == 0; });
    unreadable_.clear();
    error_.reset();
    left_out_ = 0;
    for (const std::string& run : runs) {
        if (taken_.count(run) > 0) continue;
        int slot = 0;
        const auto taken = [&] {
            return std::any_of(taken_.begin(), taken_.end(), [&](const auto& entry) { return entry.second == slot; });
        };
        while (taken()) ++slot;
        if (slot < static_cast<int>(kMostRuns))
            taken_[run] = slot;
        else
            ++left_out_;
    }
    if (request_ == 0) read_next();
    Q_EMIT changed();
}

void RunOverlay::read_next() {
    for (const auto& [run, slot] : taken_) {
        const RunSummary* listed = runs_.find(run);
        if (listed == nullptr || unreadable_.count(run) > 0) continue;
        const auto known = details_.find(run);
        const auto asked = asked_step_.find(run);
        if (asked != asked_step_.end() && asked->second == listed->step) continue;
        const bool goes_on = known != details_.end() && known->second.summary.step <= listed->step;
        asked_ = run;
        asked_step_[run] = listed->step;
        request_ = engine_.post(ShowRun{.run = run, .from_step = goes_on ? known->second.summary.step - 1 : 0});
        return;
    }
}

void RunOverlay::on_event(const Event& event) {
    if (event.request != request_ || request_ == 0) return;
    if (const auto* failed = std::get_if<Failed>(&event.body)) {
        error_ = failed->error;
        unreadable_.insert(asked_);
        asked_step_.erase(asked_);
    } else if (const auto* detail = std::get_if<RunDetail>(&event.body)) {
        const auto known = details_.find(asked_);
        RunDetail whole = engine_.take(*detail);
        if (whole.from_step > 0 && known != details_.end()) {
            std::vector<MetricPoint> metrics = std::move(known->second.metrics);
            metrics.erase(std::upper_bound(metrics.begin(), metrics.end(), whole.from_step,
                                           [](int64_t step, const MetricPoint& point) { return step < point.step; }),
                          metrics.end());
            metrics.insert(metrics.end(), std::make_move_iterator(whole.metrics.begin()),
                           std::make_move_iterator(whole.metrics.end()));
            whole.metrics = std::move(metrics);
        }
        if (taken_.count(asked_) > 0) details_[asked_] = std::move(whole);
    } else {
        return;
    }
    request_ = 0;
    read_next();
    Q_EMIT changed();
}

std::vector<const RunDetail*> RunOverlay::details() const {
    std::vector<const RunDetail*> details;
    for (const auto& [run, detail] : details_) details.push_back(&detail);
    std::stable_sort(details.begin(), details.end(), [](const RunDetail* a, const RunDetail* b) {
        return a->summary.created_at_ms < b->summary.created_at_ms;
    });
    return details;
}

int RunOverlay::slot_of(const std::string& run) const {
    const auto slot = taken_.find(run);
    return slot == taken_.end() ? 0 : slot->second;
}

}  // namespace lathe
