// What a run does before its first step: what, how far, how long it may still take. Thread: GUI.
#pragma once

#include <QElapsedTimer>
#include <QProgressBar>

#include "ui/cards.h"

namespace lathe {

class PreparingCard : public Card {
    Q_OBJECT

public:
    explicit PreparingCard(QWidget* parent = nullptr);
    // Nothing is known yet: no progress.
    void show_progress(const std::optional<Progress>& progress);
    void retranslate();

private:
    ElidedLabel* what_;
    QProgressBar* bar_;
    std::optional<Progress> progress_;
    std::string began_what_;  // the kind of work that the clock measures
    double began_at_ = 0;     // how far it was
    QElapsedTimer clock_;
};

}  // namespace lathe
