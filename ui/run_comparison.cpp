#include "ui/run_comparison.h"

namespace lathe {

bool can_be_compared(const RunDetail& run) {
    if (run.summary.checkpoints.empty() || run.config_json.empty()) return false;
    try {
        const RunConfig config = parse_run_config(run.config_json, "");
        return config.base_model && config.data.validation_fraction > 0;
    } catch (const Exception&) {
        return false;  // a run of another version
    }
}

RunComparison::RunComparison(EngineLink& engine, QObject* parent) : QObject(parent), engine_(engine) {
    connect(&engine, &EngineLink::event_arrived, this, &RunComparison::on_event);
}

void RunComparison::ask(const std::string& run, int64_t step) {
    const bool same = run == run_ && step == step_;
    if (same && (state_ == State::asking || state_ == State::known)) return;
    cancel();
    run_ = run;
    step_ = step;
    if (!same) answer_.reset();
    post();
}

void RunComparison::again() {
    if (!run_.empty() && state_ != State::asking) post();
}

void RunComparison::cancel() {
    if (state_ == State::asking) engine_.cancel(request_);
}

void RunComparison::post() {
    progress_.reset();
    error_.reset();
    notice_.reset();
    request_ = engine_.post(CompareWithBase{.run = run_, .checkpoint = std::to_string(step_)});
    state_ = State::asking;
    Q_EMIT changed();
}

void RunComparison::end(State state) {
    request_ = 0;
    progress_.reset();
    state_ = state;
    Q_EMIT changed();
}

void RunComparison::on_event(const Event& event) {
    if (event.request != request_ || request_ == 0) return;
    if (const auto* progress = std::get_if<Progress>(&event.body)) {
        progress_ = *progress;
        Q_EMIT progressed();
    } else if (const auto* notice = std::get_if<Notice>(&event.body)) {
        notice_ = *notice;
    } else if (const auto* compared = std::get_if<TunedCompared>(&event.body)) {
        answer_ = *compared;
        end(State::known);
    } else if (const auto* failed = std::get_if<Failed>(&event.body)) {
        const bool cancelled = failed->error.kind == ErrorKind::cancelled;
        if (!cancelled) error_ = failed->error;
        end(cancelled ? State::cancelled : State::failed);
    }
}

}  // namespace lathe
