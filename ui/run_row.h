// One run of the record as a line: state, name, steps, losses, age; a click opens it, buttons chat with it, export,
// resume or start it again. Thread: GUI.
#pragma once

#include <QAbstractButton>

#include "engine/base/events.h"
#include "ui/controls.h"

namespace lathe {

class RunRow : public QAbstractButton {
    Q_OBJECT

public:
    explicit RunRow(const RunSummary& run, QWidget* parent = nullptr);
    const RunSummary& run() const { return run_; }
    // What has become of it.
    void show_run(const RunSummary& run);
    QSize sizeHint() const override;

Q_SIGNALS:
    void chat_wanted();
    void export_wanted();
    void resume_wanted();
    void start_again_wanted();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    RunSummary run_;
    QWidget* buttons_;
    QPushButton* resume_;
    QPushButton* again_;
    QPushButton* chat_;
    QPushButton* export_;
};

// It ended before its last step, and has a checkpoint to go on from.
bool can_resume(const RunSummary& run);
// It was cut off before its first checkpoint: its settings are what is left of it.
bool can_start_again(const RunSummary& run);

}  // namespace lathe
