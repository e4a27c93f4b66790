// An export from choice to result: asks what would be written, writes it, tells how far it is, and what came of it.
// Widget-free; the Export page shows it. Thread: GUI.
#pragma once

#include <QObject>
#include <optional>

#include "ui/engine_link.h"

namespace lathe {

class ExportPlan : public QObject {
    Q_OBJECT

public:
    enum class State { choosing, writing, done };

    explicit ExportPlan(EngineLink& engine, QObject* parent = nullptr);

    // Asks for a new plan; the old one stays until the answer.
    void choose(const ExportModel& what);
    void write();
    void cancel();
    void again();  // back to choosing

    State state() const { return state_; }
    const ExportModel& what() const { return what_; }
    const std::optional<ExportPlanned>& planned() const { return planned_; }
    const std::optional<ExportDone>& done() const { return done_; }
    const std::optional<Error>& error() const { return error_; }  // of the plan or the writing
    double share() const { return share_; }
    int64_t total_bytes() const;
    // The plan is there, fits, and its folder is free.
    bool can_write() const;

Q_SIGNALS:
    void changed();
    void progressed();

private:
    void on_event(const Event& event);

    EngineLink& engine_;
    State state_ = State::choosing;
    RequestId plan_request_ = 0, write_request_ = 0;
    ExportModel what_;
    std::optional<ExportPlanned> planned_;
    std::optional<ExportDone> done_;
    std::optional<Error> error_;
    double share_ = 0;
};

// Ready to paste.
QString transformers_code(const QString& folder);
QString vllm_code(const QString& folder, int64_t max_model_len);
QString lathe_code(const QString& folder);
// max_position_embeddings of the folder's config.json; 0: it does not say.
int64_t context_of_folder(const QString& folder);

}  // namespace lathe
