// A download from wish to folder: what would be fetched, then the fetch with its speed, ended or cut off so that it can
// go on. Asks nothing of the network by itself. Widget-free. Thread: GUI.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <deque>
#include <optional>

#include "ui/engine_link.h"

namespace lathe {

class FetchJob : public QObject {
    Q_OBJECT

public:
    enum class State { idle, looking, planned, fetching, done };

    explicit FetchJob(EngineLink& engine, QObject* parent = nullptr);

    // One that does not allow downloads is not passed on.
    void look_up(const FetchWish& wish);
    // What was planned.
    void download();
    // The look-up, or the download: its plan stays, with what is there already.
    void cancel();
    // Back to the beginning: another wish is typed. Not while it is busy.
    void forget();

    State state() const { return state_; }
    bool busy() const { return state_ == State::looking || state_ == State::fetching; }
    const std::optional<FetchPlan>& plan() const { return plan_; }
    const std::optional<Error>& error() const { return error_; }  // of the last look-up or download
    double done_bytes() const { return done_bytes_; }
    double share() const;
    double bytes_per_s() const;  // over the last seconds; 0: not known yet
    double seconds_left() const;

Q_SIGNALS:
    void changed();
    void progressed();
    void fetched(const std::string& folder);

private:
    struct Mark {
        qint64 time_ms;
        double bytes;
    };

    void on_event(const Event& event);
    void on_progress(const Progress& progress);
    void begin(State state, RequestId request);
    void end(State state);

    EngineLink& engine_;
    State state_ = State::idle;
    RequestId request_ = 0;
    FetchWish wish_;
    std::optional<FetchPlan> plan_;
    std::optional<Error> error_;
    double done_bytes_ = 0;
    QElapsedTimer clock_;
    std::deque<Mark> marks_;
};

}  // namespace lathe
