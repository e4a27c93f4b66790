#include "ui/export_plan.h"

#include <numeric>

namespace lathe {

ExportPlan::ExportPlan(EngineLink& engine, QObject* parent) : QObject(parent), engine_(engine) {
    connect(&engine, &EngineLink::event_arrived, this, &ExportPlan::on_event);
}

void ExportPlan::choose(const ExportModel& what) {
    if (busy()) return;
    state_ = State::choosing;
    what_ = what;
    plan_request_ = what.out.empty() ? 0 : engine_.post(PlanExport{what});
    if (plan_request_ == 0) planned_.reset();
    Q_EMIT changed();
}

bool ExportPlan::can_write() const {
    return state_ == State::choosing && plan_request_ == 0 && planned_ && !error_ && !planned_->folder_in_use &&
           planned_->free_bytes >= total_bytes();
}

int64_t ExportPlan::total_bytes() const {
    if (!planned_) return 0;
    return std::accumulate(planned_->files.begin(), planned_->files.end(), int64_t{0},
                           [](int64_t sum, const auto& file) { return sum + file.second; });
}

void ExportPlan::write() {
    if (!can_write()) return;
    report_.reset();
    work(State::writing, engine_.post(what_));
}

void ExportPlan::work(State state, RequestId request) {
    state_ = state;
    share_ = 0;
    error_.reset();
    work_request_ = request;
    Q_EMIT changed();
}

void ExportPlan::cancel() {
    if (busy()) engine_.cancel(work_request_);
}

void ExportPlan::on_event(const Event& event) {
    if (event.request == 0) return;
    if (event.request == plan_request_) on_plan(event.body);
    if (event.request == work_request_) on_work(event.body);
}

void ExportPlan::on_plan(const EventBody& body) {
    if (const auto* planned = std::get_if<ExportPlanned>(&body)) {
        planned_ = *planned;
        error_.reset();
    } else if (const auto* failed = std::get_if<Failed>(&body)) {
        planned_.reset();
        error_ = failed->error;
    } else {
        return;
    }
    plan_request_ = 0;
    Q_EMIT changed();
}

void ExportPlan::on_work(const EventBody& body) {
    if (const auto* progress = std::get_if<Progress>(&body)) {
        share_ = progress->total > 0 ? progress->done / progress->total : 0;
        Q_EMIT progressed();
    } else if (const auto* done = std::get_if<ExportDone>(&body)) {
        report_ = done->report;
        work(State::proving, engine_.post(ProveExport{.report = done->report, .text = {}}));
    } else if (const auto* proven = std::get_if<ProofDone>(&body)) {
        report_ = proven->report;
        end(State::done);
    } else if (const auto* failed = std::get_if<Failed>(&body)) {
        if (failed->error.kind != ErrorKind::cancelled) error_ = failed->error;
        end(state_ == State::proving ? State::done : State::choosing);  // what is written stays
    }
}

void ExportPlan::end(State state) {
    state_ = state;
    work_request_ = 0;
    Q_EMIT changed();
}

}  // namespace lathe
