// The training run as the window knows it: gathered from events while it prepares, trains and ends, and completed from
// the record where it was resumed or is only looked at. What shows a run listens here instead of to the engine. The
// arrays grow at the end alone between two reset() signals. Thread: GUI.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <deque>
#include <optional>
#include <vector>

#include "ui/engine_link.h"

namespace lathe {

class RunWatch : public QObject {
    Q_OBJECT

public:
    enum class State {
        none,       // nothing to show
        preparing,  // a start or resume was asked for; hashes, tokenizer, tokens
        training,   //
        paused,     // weights are loaded
        ended,      // finished, stopped, failed, interrupted: detail().summary.state says which
    };

    explicit RunWatch(EngineLink& engine, QObject* parent = nullptr);

    State state() const { return state_; }
    bool is_live() const { return state_ == State::training || state_ == State::paused; }
    // It steps no more; its last checkpoint is being written.
    bool is_closing() const { return closing_; }
    // Everything about the run so far, as ShowRun has it. detail().summary.run is empty while it prepares.
    const RunDetail& detail() const { return detail_; }
    const std::string& run() const { return detail_.summary.run; }
    const std::optional<Progress>& progress() const { return progress_; }  // while it prepares
    const std::optional<Error>& error() const { return error_; }           // of a start, resume or run that failed
    int64_t parameters() const { return parameters_; }
    // What was asked for last; where it is refused, what was in force before.
    const TrainControls& controls() const { return controls_; }
    // As the steps of this session took, with the validations and checkpoints between them. 0: not known yet.
    double seconds_left() const;

    // Starts or resumes; nothing happens while a run is live or prepares.
    void start(StartTraining command);
    // Shows a run of the record; not while one is live or prepares.
    void look_at(const std::string& run);
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
    void take(const RunDetail& detail);
    void take(const Failed& failed);

    EngineLink& engine_;
    State state_ = State::none;
    bool closing_ = false;
    RequestId training_ = 0, detail_request_ = 0;
    RunDetail detail_;
    std::optional<Progress> progress_;
    std::optional<Error> error_;
    int64_t parameters_ = 0;
    TrainControls controls_, controls_in_force_;
    std::deque<RequestId> unanswered_controls_;
    // Of this session, from the first step on: with what is done between the steps, without pauses.
    QElapsedTimer since_step_;
    double elapsed_s_ = 0, spent_s_ = 0;
    int64_t started_step_ = 0;
};

}  // namespace lathe
