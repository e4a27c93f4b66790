// The end of a run whose loss was not finite: how to go on, since the same settings would fail at the same step again.
// From its last checkpoint, or from the beginning where it has none. Hidden for any other run. Thread: GUI.
#pragma once

#include <set>

#include "ui/cards.h"
#include "ui/run_watch.h"

namespace lathe {

class RunRemedy : public Card {
    Q_OBJECT

public:
    explicit RunRemedy(RunWatch& run, QWidget* parent = nullptr);
    void show_run();
    void retranslate();

private:
    void go_on(double learning_rate_factor, std::optional<double> max_grad_norm, std::set<int64_t> skip_steps = {});

    RunWatch& run_;
    std::optional<RunConfig> config_;  // of the run
    double clip_ = 0;                  // that is offered
    QLabel* text_;
    QPushButton* slower_;
    QPushButton* clipped_;
    QPushButton* skipping_;
};

}  // namespace lathe
