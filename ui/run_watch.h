// The training run as the window knows it: gathered from events while it prepares, trains and ends, and completed from
// the record where it was resumed or is only looked at. What shows a run listens here instead of to the engine. The
// arrays grow at the end alone between two reset() signals. Thread: GUI.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <deque>
#include <optional>
#include <vector>

#include "ui/engine_link.h"

namespace lathe {

// A process trains it, as the record says.
bool goes_on(const RunSummary& run);

class RunWatch : public QObject {
    Q_OBJECT

public:
    enum class State {
        none,       // nothing to show
        preparing,  // a start or resume was asked for; hashes, tokenizer, tokens
        training,   //
        paused,     // weights are loaded
        followed,   // another process trains it: looked at as it goes on, nothing of it can be changed from here
        ended,      // finished, stopped, failed, interrupted: detail().summary.state says which
    };

    explicit RunWatch(EngineLink& engine, QObject* parent = nullptr);

    State state() const { return state_; }
    // One at a time: it prepares, trains or is paused.
    bool is_busy() const { return state_ == State::preparing || is_live(); }
    bool is_live() const { return state_ == State::training || state_ == State::paused; }
    // It steps no more; its last checkpoint is being written.
    bool is_closing() const { return closing_; }
    // Everything about the run so far, as ShowRun has it. detail().summary.run is empty while it prepares.
    const RunDetail& detail() const { return detail_; }
    const std::string& run() const { return detail_.summary.run; }
    const std::optional<Progress>& progress() const { return progress_; }  // while it prepares
    const std::optional<Error>& error() const { return error_; }           // of a start, resume or run that failed
    bool is_reading() const { return detail_request_ != 0; }               // a run of the record is asked for
    // Of this machine, for a run that this process began; 0: not known.
    double peak_tokens_per_s() const { return run() == started_.run ? started_.peak_tokens_per_s : 0; }
    // What was asked for last; where it is refused, what was in force before.
    const TrainControls& controls() const { return controls_; }
    // As the steps of this session took, with the validations and checkpoints between them. 0: not known yet.
    double seconds_left() const;

    // Starts or resumes; nothing happens while a run is live or prepares.
    void start(StartTraining command);
    // Shows a run of the record; not while one is live or prepares. In a workspace that another process holds, one that
    // goes on is followed.
    void look_at(const std::string& run);
    // Likewise, and asks about once a second for what is new as long as the record says that it goes on.
    void follow(const std::string& run);
    void pause();
    void go_on();
    void step();
    void stop();  // cancels what prepares
    void save();
    void control(const TrainControls& controls);
    void evaluate();
    void sample();

Q_SIGNALS:
    void opening();             // the user chose a run of the record: look_at()
    void reset();               // another run, or another state of knowledge: read everything anew
    void state_changed();       //
    void progressed();          // of the preparation
    void stepped(int first);    // metrics [first, end) are new
    void validated(int index);  // eval_loss of this metrics row is new
    void sampled();             // one more sample
    void noted();               // one more event
    void saved();               // the list of checkpoints changed
    void controls_changed();
    void control_refused(const lathe::Error& error);

private:
    void on_event(const Event& event);
    void set_state(State state);
    void note(std::string kind, std::string text, int64_t step);
    void take(const TrainStarted& started);
    void take(const TrainProgress& progress);
    void take(const Validated& result);
    void take(const CheckpointSaved& saved);
    void take(const TrainDone& done);
    void take(const ControlsChanged& changed);
    void refuse(const Error& error);
    void take(RunDetail detail);
    void take(const Failed& failed);
    void ask_for_more();
    void take_more(RunDetail detail);
    void take_rows(std::vector<MetricPoint> rows);
    void free_later(std::vector<MetricPoint> rows);

    EngineLink& engine_;
    State state_ = State::none;
    bool closing_ = false;
    RequestId training_ = 0, detail_request_ = 0;
    std::string unread_;  // the run that was to be looked at
    RunDetail detail_;
    std::optional<Progress> progress_;
    std::optional<Error> error_;
    TrainStarted started_;  // the last that began
    TrainControls controls_, controls_in_force_;
    std::deque<RequestId> unanswered_controls_;
    // Of a run that is followed.
    bool follows_ = false, elsewhere_ = false;  // what was asked for; another process holds the workspace
    RequestId more_request_ = 0;
    int failures_ = 0;  // in a row
    QTimer ask_again_;
    // Of runs that are shown no more: a million rows take half a second to free.
    std::vector<std::vector<MetricPoint>> freed_;
    QTimer free_;
    // Of this session, from the first step on: with what is done between the steps, without pauses.
    QElapsedTimer since_step_;
    double elapsed_s_ = 0, spent_s_ = 0;
    int64_t started_step_ = 0;
};

}  // namespace lathe
