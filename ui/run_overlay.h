// The records of the ticked runs, read one after the other and kept while they are ticked; one that has gone on since
// is read from its last known step on. Thread: GUI.
#pragma once

#include <QObject>
#include <map>
#include <set>
#include <vector>

#include "ui/run_list.h"

namespace lathe {

class RunOverlay : public QObject {
    Q_OBJECT

public:
    static constexpr size_t kMostRuns = 12;  // each colour of the series twice

    RunOverlay(EngineLink& engine, const RunList& runs, QObject* parent = nullptr);

    // At most kMostRuns of them are read; the others are counted.
    void set_runs(const std::set<std::string>& runs);
    size_t left_out() const { return left_out_; }
    bool reading() const { return request_ != 0; }
    // Those that are known, the oldest first: a run keeps its look while others are ticked after it.
    std::vector<const RunDetail*> details() const;
    // Of the look of its series; a run keeps it while it is ticked.
    int slot_of(const std::string& run) const;
    const std::optional<Error>& error() const { return error_; }

Q_SIGNALS:
    void changed();

private:
    void read_next();
    void on_event(const Event& event);

    EngineLink& engine_;
    const RunList& runs_;
    std::map<std::string, RunDetail> details_;
    std::map<std::string, int64_t> asked_step_;  // of the record when it was asked for last
    std::map<std::string, int> taken_;           // slots
    std::set<std::string> unreadable_;
    size_t left_out_ = 0;
    RequestId request_ = 0;
    std::string asked_;
    std::optional<Error> error_;
};

}  // namespace lathe
