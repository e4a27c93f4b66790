// Runs that wait for their turn: kept in the record, started one after the other as soon as the run before has ended.
// One that fails stays with its error, and the next begins. When the user stops a run the queue holds until go_on(),
// and so it does when the window opens. Never starts beside a run. Thread: GUI.
#pragma once

#include <QObject>
#include <optional>
#include <string>
#include <vector>

#include "ui/run_watch.h"
#include "ui/sweep.h"

namespace lathe {

class RunQueue : public QObject {
    Q_OBJECT

public:
    RunQueue(EngineLink& engine, RunWatch& run, QObject* parent = nullptr);

    const std::vector<QueuedRun>& runs() const { return runs_; }
    int waiting() const;  // those without an error
    // Nothing starts by itself.
    bool held() const { return held_; }
    bool can_go_on() const { return waiting() > 0 && !busy(); }
    bool busy() const { return run_.is_busy(); }
    void load();  // what the record has

    void add(const RunConfig& config, const std::string& name) { add({{name, config}}); }
    void add(const std::vector<SweepRun>& runs);  // one change, for undo()
    void remove(const std::string& id);
    void move(const std::string& id, int place);
    // The change before; none once a run has been taken from the queue.
    void undo();
    bool can_undo() const { return !before_.empty(); }
    // Before the others, at once where no run is live.
    void start_now(const std::string& id);
    void hold(bool held);
    // Starts the next one, and goes on.
    void go_on();

Q_SIGNALS:
    void changed();
    void failed(const lathe::Error& error);  // the queue could not be kept

private:
    void on_event(const Event& event);
    void on_state();
    void start_next();
    void begin_change();
    void save();
    int place_of(const std::string& id) const;

    EngineLink& engine_;
    RunWatch& run_;
    std::vector<QueuedRun> runs_;
    std::vector<std::vector<QueuedRun>> before_;  // for undo()
    std::optional<QueuedRun> current_;            // of the queue, in preparation or training
    bool held_ = false, active_ = false;          // active: a run was live or prepared
    RequestId list_request_ = 0, save_request_ = 0;
};

}  // namespace lathe
