#include "ui/run_queue.h"

#include <QTimer>
#include <QUuid>
#include <algorithm>

namespace lathe {

namespace {

constexpr size_t kUndoSteps = 50;

// The user ended it: by Stop, or by Cancel while it prepared.
bool stopped_by_user(const RunWatch& run) {
    if (run.error()) return false;
    if (run.run().empty()) return true;
    const RunDetail& detail = run.detail();
    if (detail.summary.state != "stopped") return false;
    const auto line = std::find_if(detail.events.rbegin(), detail.events.rend(),
                                   [](const RunDetail::Line& event) { return event.kind == "stopped"; });
    return line == detail.events.rend() || line->text == "user";
}

}  // namespace

RunQueue::RunQueue(EngineLink& engine, RunWatch& run, QObject* parent) : QObject(parent), engine_(engine), run_(run) {
    connect(&engine, &EngineLink::event_arrived, this, &RunQueue::on_event);
    connect(&run, &RunWatch::state_changed, this, &RunQueue::on_state);
}

int RunQueue::waiting() const {
    return static_cast<int>(
        std::count_if(runs_.begin(), runs_.end(), [](const QueuedRun& run) { return !run.error.has_value(); }));
}

void RunQueue::load() {
    list_request_ = engine_.post(ListQueue{});
}

int RunQueue::place_of(const std::string& id) const {
    const auto found = std::find_if(runs_.begin(), runs_.end(), [&](const QueuedRun& run) { return run.id == id; });
    return found == runs_.end() ? -1 : static_cast<int>(found - runs_.begin());
}

void RunQueue::begin_change() {
    before_.push_back(runs_);
    if (before_.size() > kUndoSteps) before_.erase(before_.begin());
}

void RunQueue::save() {
    save_request_ = engine_.post(SaveQueue{.runs = runs_});
    Q_EMIT changed();
}

void RunQueue::add(const std::vector<SweepRun>& runs) {
    begin_change();
    for (const auto& [name, config] : runs)
        runs_.push_back({.id = QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString(),
                         .name = name,
                         .config_json = to_json(config)});
    save();
}

void RunQueue::remove(const std::string& id) {
    const int place = place_of(id);
    if (place < 0) return;
    begin_change();
    runs_.erase(runs_.begin() + place);
    save();
}

void RunQueue::move(const std::string& id, int place) {
    const int from = place_of(id), to = std::clamp(place, 0, static_cast<int>(runs_.size()) - 1);
    if (from < 0 || from == to) return;
    begin_change();
    const QueuedRun moved = runs_[static_cast<size_t>(from)];
    runs_.erase(runs_.begin() + from);
    runs_.insert(runs_.begin() + to, moved);
    save();
}

void RunQueue::undo() {
    if (before_.empty()) return;
    runs_ = std::move(before_.back());
    before_.pop_back();
    save();
}

void RunQueue::start_now(const std::string& id) {
    const int place = place_of(id);
    if (place < 0) return;
    runs_[static_cast<size_t>(place)].error.reset();  // tried once more
    std::rotate(runs_.begin(), runs_.begin() + place, runs_.begin() + place + 1);
    before_.clear();
    save();
    go_on();
}

void RunQueue::hold(bool held) {
    held_ = held;
    Q_EMIT changed();
}

void RunQueue::go_on() {
    hold(false);
    start_next();
}

void RunQueue::start_next() {
    if (held_ || busy() || current_) return;
    const auto next =
        std::find_if(runs_.begin(), runs_.end(), [](const QueuedRun& run) { return !run.error.has_value(); });
    if (next == runs_.end()) return;
    try {
        const RunConfig config = parse_run_config(next->config_json, "");
        current_ = *next;
        run_.start({.config = config, .config_file = next->name + ".json", .resume = {}});
    } catch (const Exception& exception) {  // settings of another version
        next->error = exception.error();
        save();
        start_next();
    }
}

void RunQueue::on_state() {
    if (busy()) {
        active_ = true;
        // It trains: from now on the record of runs has it.
        if (run_.is_live() && current_) {
            before_.clear();  // nothing brings it back to the queue
            if (const int place = place_of(current_->id); place >= 0) {
                runs_.erase(runs_.begin() + place);
                save();
            }
        }
        return;
    }
    if (!active_) return;  // a run of the record is looked at
    active_ = false;
    if (current_ && !stopped_by_user(run_) && (run_.error() || run_.detail().summary.state == "failed")) {
        current_->error = run_.error() ? run_.error() : run_.detail().error;
        if (!current_->error) current_->error = Error{.kind = ErrorKind::internal};
        const int place = place_of(current_->id);
        if (place >= 0)
            runs_[static_cast<size_t>(place)] = *current_;
        else
            runs_.insert(runs_.begin(), *current_);
        before_.clear();
        save();
    }
    current_.reset();
    if (stopped_by_user(run_) && waiting() > 0) hold(true);
    // RunWatch has more to say of the run that ended.
    QTimer::singleShot(0, this, &RunQueue::start_next);
    Q_EMIT changed();
}

void RunQueue::on_event(const Event& event) {
    const bool listed = event.request == list_request_ && list_request_ != 0;
    const bool saved = event.request == save_request_ && save_request_ != 0;
    if (!listed && !saved) return;
    if (const auto* failure = std::get_if<Failed>(&event.body)) Q_EMIT failed(failure->error);
    const auto* queue = std::get_if<QueueListed>(&event.body);
    if (!listed || queue == nullptr) return;
    list_request_ = 0;
    runs_ = queue->runs;
    before_.clear();
    held_ = waiting() > 0;
    Q_EMIT changed();
}

}  // namespace lathe
