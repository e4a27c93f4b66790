#include "ui/run_watch.h"

#include <QDateTime>
#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

namespace lathe {

namespace {

using namespace std::chrono_literals;

constexpr auto kAskInterval = 1s;
constexpr int kMostFailures = 5;
constexpr size_t kFreedAtOnce = 20'000;

}  // namespace

bool goes_on(const RunSummary& run) {
    return run.state == "running" || run.state == "paused";
}

RunWatch::RunWatch(EngineLink& engine, QObject* parent) : QObject(parent), engine_(engine) {
    connect(&engine, &EngineLink::event_arrived, this, &RunWatch::on_event);
    ask_again_.setSingleShot(true);
    ask_again_.setInterval(kAskInterval);
    connect(&ask_again_, &QTimer::timeout, this, &RunWatch::ask_for_more);
    free_.setSingleShot(true);
    free_.setInterval(0);
    connect(&free_, &QTimer::timeout, this, [this] { free_later({}); });
}

double RunWatch::seconds_left() const {
    const int64_t done = detail_.summary.step - started_step_, left = detail_.summary.max_steps - detail_.summary.step;
    if (state_ == State::followed && left > 0 && !detail_.metrics.empty() && detail_.metrics.back().step > 0) {
        const MetricPoint& last = detail_.metrics.back();  // as all its steps took
        return last.elapsed_s / static_cast<double>(last.step) * static_cast<double>(left);
    }
    if (done <= 0 || left <= 0) return 0;
    return spent_s_ / static_cast<double>(done) * static_cast<double>(left);
}

void RunWatch::start(StartTraining command) {
    if (is_busy()) return;
    free_later(std::move(detail_.metrics));
    detail_ = {};
    follows_ = false;
    progress_.reset();
    error_.reset();
    detail_request_ = 0;
    unread_.clear();
    controls_ = controls_in_force_ = {};
    unanswered_controls_.clear();
    training_ = engine_.post(std::move(command));
    set_state(State::preparing);
    Q_EMIT reset();
}

void RunWatch::look_at(const std::string& run) {
    if (is_busy()) return;
    error_.reset();
    controls_ = controls_in_force_ = {};
    follows_ = elsewhere_;
    unread_ = run;
    detail_request_ = engine_.post(ShowRun{.run = run});
    Q_EMIT opening();
}

void RunWatch::follow(const std::string& run) {
    if (is_busy()) return;
    look_at(run);
    follows_ = true;
}

void RunWatch::pause() {
    if (state_ == State::training) engine_.post(PauseTraining{});
}

void RunWatch::go_on() {
    if (state_ == State::paused) engine_.post(ContinueTraining{});
}

void RunWatch::step() {
    if (is_live()) engine_.post(StepTraining{});
}

void RunWatch::stop() {
    if (state_ == State::preparing) engine_.cancel(training_);
    if (is_live()) engine_.post(StopTraining{});
}

void RunWatch::save() {
    if (is_live()) engine_.post(SaveTraining{});
}

void RunWatch::control(const TrainControls& controls) {
    if (!is_live()) return;
    controls_ = controls;
    unanswered_controls_.push_back(engine_.post(ControlTraining{.controls = controls}));
    Q_EMIT controls_changed();
}

void RunWatch::evaluate() {
    if (is_live()) engine_.post(EvaluateTraining{});
}

void RunWatch::sample() {
    if (is_live()) engine_.post(SampleTraining{});
}

void RunWatch::set_state(State state) {
    if (state == State::ended) closing_ = false;
    if (state == State::paused) since_step_.invalidate();
    if (state != State::followed) ask_again_.stop();
    if (state == state_) return;
    state_ = state;
    Q_EMIT state_changed();
}

void RunWatch::on_event(const Event& event) {
    if (event.request == detail_request_ && detail_request_ != 0) {
        if (const auto* detail = std::get_if<RunDetail>(&event.body)) {
            unread_.clear();
            take(engine_.take(*detail));
        }
        if (const auto* failed = std::get_if<Failed>(&event.body)) {
            detail_request_ = 0;
            if (!is_live()) take(*failed);  // what trains goes on, whatever the record says
        }
        return;
    }
    if (event.request == more_request_ && more_request_ != 0) {
        more_request_ = 0;
        if (const auto* detail = std::get_if<RunDetail>(&event.body)) return take_more(engine_.take(*detail));
        if (state_ != State::followed) return;
        // While the other process writes, the record may not be readable for a moment.
        const auto* failed = std::get_if<Failed>(&event.body);
        if (failed != nullptr && ++failures_ >= kMostFailures) return take(*failed);
        return ask_again_.start();
    }
    if (const auto* opened = std::get_if<WorkspaceOpened>(&event.body)) {
        elsewhere_ = opened->read_only.has_value();
        // Its database was damaged, and is read again where it was recovered.
        if (!unread_.empty() && error_ && error_->kind == ErrorKind::malformed) look_at(unread_);
    }
    // Asked for in this order, they are answered in this order.
    if (!unanswered_controls_.empty() && event.request == unanswered_controls_.front()) {
        if (const auto* failed = std::get_if<Failed>(&event.body)) refuse(failed->error);
        return;
    }
    if (event.request != training_ || training_ == 0) return;
    if (const auto* progress = std::get_if<Progress>(&event.body)) {
        progress_ = *progress;
        Q_EMIT progressed();
    } else if (const auto* changed = std::get_if<StateChanged>(&event.body)) {
        if (detail_.summary.run.empty()) return;
        closing_ = is_live() && changed->state == EngineState::working;
        if (closing_) Q_EMIT state_changed();
        if (changed->state == EngineState::training) set_state(State::training);
        if (changed->state == EngineState::paused) set_state(State::paused);
        if (is_live()) detail_.summary.state = state_ == State::paused ? "paused" : "running";
    } else if (const auto* notice = std::get_if<Notice>(&event.body)) {
        note(notice->kind, notice->text, notice->step);
    } else if (const auto* started = std::get_if<TrainStarted>(&event.body)) {
        take(*started);
    } else if (const auto* stepped = std::get_if<TrainProgress>(&event.body)) {
        take(*stepped);
    } else if (const auto* result = std::get_if<Validated>(&event.body)) {
        take(*result);
    } else if (const auto* changed_controls = std::get_if<ControlsChanged>(&event.body)) {
        take(*changed_controls);
    } else if (const auto* sample = std::get_if<Sampled>(&event.body)) {
        detail_.samples.push_back(*sample);
        Q_EMIT sampled();
    } else if (const auto* checkpoint = std::get_if<CheckpointSaved>(&event.body)) {
        take(*checkpoint);
    } else if (const auto* done = std::get_if<TrainDone>(&event.body)) {
        take(*done);
    } else if (const auto* failed = std::get_if<Failed>(&event.body)) {
        take(*failed);
    }
}

void RunWatch::note(std::string kind, std::string text, int64_t step) {
    detail_.events.push_back({.step = step,
                              .time_ms = QDateTime::currentMSecsSinceEpoch(),
                              .kind = std::move(kind),
                              .text = std::move(text)});
    Q_EMIT noted();
}

void RunWatch::take(const TrainStarted& started) {
    RunSummary& summary = detail_.summary;
    summary.run = started.run;
    summary.name = started.run;
    summary.state = "running";
    summary.created_at_ms = QDateTime::currentMSecsSinceEpoch();
    summary.step = started_step_ = started.step;
    summary.max_steps = started.max_steps;
    elapsed_s_ = spent_s_ = 0;
    since_step_.invalidate();
    started_ = started;
    progress_.reset();
    // The name, the settings, and of a resumed run what came before.
    detail_request_ = engine_.post(ShowRun{.run = started.run});
    set_state(State::training);
    Q_EMIT reset();
}

void RunWatch::take(const TrainProgress& progress) {
    if (elapsed_s_ == 0) {  // the first step tells how long the run had gone before
        started_step_ = progress.step;
    } else {
        const double since_s = since_step_.isValid() ? static_cast<double>(since_step_.elapsed()) / 1000 : 0;
        spent_s_ += std::max(since_s, progress.elapsed_s - elapsed_s_);
    }
    since_step_.start();
    elapsed_s_ = progress.elapsed_s;
    detail_.summary.step = progress.step;
    detail_.summary.max_steps = progress.max_steps;
    detail_.summary.loss = progress.loss;
    detail_.metrics.push_back({.step = progress.step,
                               .loss = progress.loss,
                               .learning_rate = progress.learning_rate,
                               .grad_norm = progress.grad_norm,
                               .tokens_per_s = progress.tokens_per_s,
                               .eval_loss = std::nullopt,
                               .bytes = progress.bytes,
                               .tokens = progress.tokens,
                               .elapsed_s = progress.elapsed_s});
    Q_EMIT stepped(static_cast<int>(detail_.metrics.size()) - 1);
}

void RunWatch::take(const Validated& result) {
    detail_.summary.eval_loss = result.loss;
    const auto row = std::find_if(detail_.metrics.rbegin(), detail_.metrics.rend(),
                                  [&](const MetricPoint& point) { return point.step == result.step; });
    if (row == detail_.metrics.rend()) return;
    row->eval_loss = result.loss;
    Q_EMIT validated(static_cast<int>(detail_.metrics.rend() - row) - 1);
}

void RunWatch::take(const CheckpointSaved& saved_now) {
    std::vector<RunCheckpoint>& kept = detail_.summary.checkpoints;
    std::erase_if(kept, [&](const RunCheckpoint& checkpoint) {
        const auto& removed = saved_now.removed;
        return checkpoint.step == saved_now.step ||  // it was written anew
               std::find(removed.begin(), removed.end(), checkpoint.step) != removed.end();
    });
    for (RunCheckpoint& checkpoint : kept) checkpoint.best = checkpoint.best && !saved_now.best;
    kept.push_back({.step = saved_now.step,
                    .path = saved_now.path,
                    .bytes = saved_now.bytes,
                    .eval_loss = saved_now.eval_loss,
                    .best = saved_now.best});
    note("saved", "", saved_now.step);
    Q_EMIT saved();
}

void RunWatch::take(const ControlsChanged& changed) {
    if (!unanswered_controls_.empty()) unanswered_controls_.pop_front();
    controls_in_force_ = changed.controls;
    if (unanswered_controls_.empty()) controls_ = controls_in_force_;
    Q_EMIT controls_changed();
}

void RunWatch::refuse(const Error& error) {
    unanswered_controls_.pop_front();
    if (unanswered_controls_.empty()) controls_ = controls_in_force_;
    Q_EMIT controls_changed();
    Q_EMIT control_refused(error);
}

void RunWatch::take(const TrainDone& done) {
    const bool known = detail_.summary.run == done.run;
    detail_.summary.run = done.run;
    detail_.summary.state = done.state;
    detail_.summary.step = done.steps;
    training_ = 0;
    set_state(State::ended);
    // A run that was finished already has come without its steps; one that trained has now all its checkpoints.
    detail_request_ = engine_.post(ShowRun{.run = done.run});
    if (!known) Q_EMIT reset();
}

// The record may lag behind the events: what is newer here stays.
void RunWatch::take(RunDetail stored) {
    detail_request_ = 0;
    if (is_live() && stored.summary.run == run()) {
        const int64_t last = stored.metrics.empty() ? 0 : stored.metrics.back().step;
        const auto newer = std::upper_bound(detail_.metrics.begin(), detail_.metrics.end(), last,
                                            [](int64_t step, const MetricPoint& point) { return step < point.step; });
        stored.metrics.insert(stored.metrics.end(), std::make_move_iterator(newer),
                              std::make_move_iterator(detail_.metrics.end()));
        stored.summary.step = detail_.summary.step;
        stored.summary.max_steps = detail_.summary.max_steps;
        stored.summary.state = detail_.summary.state;
    }
    free_later(std::exchange(detail_.metrics, {}));
    detail_ = std::move(stored);
    if (!is_live()) {
        const bool followed = follows_ && goes_on(detail_.summary);
        failures_ = 0;
        if (followed) ask_again_.start();
        set_state(followed ? State::followed : State::ended);
    }
    Q_EMIT reset();
}

// A slice at each turn of the event loop.
void RunWatch::free_later(std::vector<MetricPoint> rows) {
    if (rows.size() > kFreedAtOnce) {
        freed_.push_back(std::move(rows));
    } else if (!freed_.empty()) {
        std::vector<MetricPoint>& oldest = freed_.back();
        oldest.resize(oldest.size() - std::min(oldest.size(), kFreedAtOnce));
        if (oldest.empty()) freed_.pop_back();
    }
    if (!freed_.empty()) free_.start();
}

void RunWatch::take(const Failed& failed) {
    detail_request_ = 0;
    error_ = failed.error;
    const bool cancelled = failed.error.kind == ErrorKind::cancelled;
    if (cancelled) error_.reset();
    if (state_ == State::followed) set_state(State::ended);
    if (is_busy()) {
        training_ = 0;
        progress_.reset();
        if (!detail_.summary.run.empty()) {
            detail_.summary.state = cancelled ? "stopped" : "failed";
            detail_.error = cancelled ? std::nullopt : std::optional(failed.error);
        }
        set_state(detail_.summary.run.empty() && cancelled ? State::none : State::ended);
    }
    Q_EMIT reset();
}

}  // namespace lathe
