// A tuned run beside its base, asked from the engine once a checkpoint: the answer stays until another run is asked
// for. Thread: GUI.
#pragma once

#include <QObject>
#include <optional>
#include <string>

#include "ui/engine_link.h"

namespace lathe {

// It began from a model, holds data back, and has weights to compare.
bool can_be_compared(const RunDetail& run);

class RunComparison : public QObject {
    Q_OBJECT

public:
    enum class State { none, asking, cancelled, failed, known };

    explicit RunComparison(EngineLink& engine, QObject* parent = nullptr);

    // The newest checkpoint of that step; nothing happens where it is known or asked for.
    void ask(const std::string& run, int64_t step);
    void again();
    void cancel();

    State state() const { return state_; }
    const std::string& run() const { return run_; }
    const std::optional<TunedCompared>& answer() const { return answer_; }
    const std::optional<Error>& error() const { return error_; }
    const std::optional<Progress>& progress() const { return progress_; }
    const std::optional<Notice>& notice() const { return notice_; }  // that the base is another by now

Q_SIGNALS:
    void changed();
    void progressed();

private:
    void post();
    void on_event(const Event& event);
    void end(State state);

    EngineLink& engine_;
    State state_ = State::none;
    std::string run_;
    int64_t step_ = 0;
    RequestId request_ = 0;
    std::optional<TunedCompared> answer_;
    std::optional<Error> error_;
    std::optional<Progress> progress_;
    std::optional<Notice> notice_;
};

}  // namespace lathe
