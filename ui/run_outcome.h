// The end of a run whose last checkpoint is not its best: which of them to chat with and to export. Hidden where there
// is nothing to choose. Thread: GUI.
#pragma once

#include "engine/base/events.h"
#include "ui/cards.h"

namespace lathe {

class RunOutcome : public Card {
    Q_OBJECT

public:
    explicit RunOutcome(QWidget* parent = nullptr);
    // ended: the run trains no more.
    void show_run(const RunDetail& run, bool ended);
    // last or best: ModelSource's
    std::string checkpoint() const { return choice_->current() == 0 ? "best" : "last"; }
    void retranslate();

private:
    std::string run_;
    std::optional<RunCheckpoint> best_, last_;
    Segments* choice_;
    QLabel* note_;
};

}  // namespace lathe
