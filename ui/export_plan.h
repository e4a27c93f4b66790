// An export from choice to result: asks what would be written, writes it, has it proven, tells how far it is, and what
// came of it.
// Widget-free; the Export page shows it. Thread: GUI.
#pragma once

#include <QObject>
#include <optional>

#include "ui/engine_link.h"

namespace lathe {

class ExportPlan : public QObject {
    Q_OBJECT

public:
    enum class State { choosing, writing, proving, done };

    explicit ExportPlan(EngineLink& engine, QObject* parent = nullptr);

    // Asks for a new plan; the old one stays until the answer.
    void choose(const ExportModel& what);
    void write();
    void cancel();  // of the proof: what is written stays

    State state() const { return state_; }
    bool busy() const { return state_ == State::writing || state_ == State::proving; }
    bool planning() const { return plan_request_ != 0; }
    const ExportModel& what() const { return what_; }
    const std::optional<ExportPlanned>& planned() const { return planned_; }
    const std::optional<ExportReport>& report() const { return report_; }  // without a proof while it is being proven
    const std::optional<Error>& error() const { return error_; }           // of the plan or the writing
    double share() const { return share_; }
    int64_t total_bytes() const;
    // The plan is there, fits, and its folder is free.
    bool can_write() const;

Q_SIGNALS:
    void changed();
    void progressed();

private:
    void on_event(const Event& event);
    void on_plan(const EventBody& body);
    void on_work(const EventBody& body);
    void work(State state, RequestId request);
    void end(State state);

    EngineLink& engine_;
    State state_ = State::choosing;
    RequestId plan_request_ = 0, work_request_ = 0;  // work: the writing, then the proof
    ExportModel what_;
    std::optional<ExportPlanned> planned_;
    std::optional<ExportReport> report_;
    std::optional<Error> error_;
    double share_ = 0;
};

}  // namespace lathe
