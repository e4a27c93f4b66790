#include "ui/fetch_job.h"

#include <algorithm>

namespace lathe {

namespace {

constexpr qint64 kSpeedWindow_ms = 10'000;

}  // namespace

FetchJob::FetchJob(EngineLink& engine, QObject* parent) : QObject(parent), engine_(engine) {
    connect(&engine, &EngineLink::event_arrived, this, &FetchJob::on_event);
}

void FetchJob::look_up(const FetchWish& wish) {
    if (busy() || !wish.allowed || wish.what.empty()) return;
    wish_ = wish;
    plan_.reset();
    begin(State::looking, engine_.post(PlanFetch{wish}));
}

void FetchJob::download() {
    if (state_ != State::planned) return;
    done_bytes_ = static_cast<double>(plan_->already_there);
    marks_.clear();
    clock_.start();
    begin(State::fetching, engine_.post(FetchModel{.wish = wish_, .plan = plan_}));
}

void FetchJob::cancel() {
    if (busy()) engine_.cancel(request_);
}

void FetchJob::forget() {
    if (busy() || (state_ == State::idle && !error_)) return;
    plan_.reset();
    error_.reset();
    end(State::idle);
}

void FetchJob::begin(State state, RequestId request) {
    state_ = state;
    request_ = request;
    error_.reset();
    Q_EMIT changed();
}

void FetchJob::end(State state) {
    state_ = state;
    request_ = 0;
    Q_EMIT changed();
}

double FetchJob::share() const {
    return plan_ && plan_->total > 0 ? std::min(1.0, done_bytes_ / static_cast<double>(plan_->total)) : 0;
}

double FetchJob::bytes_per_s() const {
    if (marks_.size() < 2 || marks_.back().time_ms <= marks_.front().time_ms) return 0;
    const double seconds = static_cast<double>(marks_.back().time_ms - marks_.front().time_ms) / 1000;
    return (marks_.back().bytes - marks_.front().bytes) / seconds;
}

double FetchJob::seconds_left() const {
    const double speed = bytes_per_s();
    return plan_ && speed > 0 ? std::max(0.0, static_cast<double>(plan_->total) - done_bytes_) / speed : 0;
}

void FetchJob::on_progress(const Progress& progress) {
    if (state_ != State::fetching || progress.unit != "bytes") return;
    done_bytes_ = progress.done;
    marks_.push_back({clock_.elapsed(), done_bytes_});
    while (marks_.back().time_ms - marks_.front().time_ms > kSpeedWindow_ms) marks_.pop_front();
    Q_EMIT progressed();
}

void FetchJob::on_event(const Event& event) {
    if (event.request == 0 || event.request != request_) return;
    if (const auto* progress = std::get_if<Progress>(&event.body)) {
        on_progress(*progress);
    } else if (const auto* planned = std::get_if<FetchPlanned>(&event.body)) {
        plan_ = planned->plan;
        end(State::planned);
    } else if (const auto* done = std::get_if<FetchDone>(&event.body)) {
        end(State::done);
        Q_EMIT fetched(done->folder);
    } else if (const auto* failed = std::get_if<Failed>(&event.body)) {
        if (failed->error.kind != ErrorKind::cancelled) error_ = failed->error;
        if (state_ == State::fetching) plan_->already_there = static_cast<int64_t>(done_bytes_);
        end(plan_ ? State::planned : State::idle);
    }
}

}  // namespace lathe
