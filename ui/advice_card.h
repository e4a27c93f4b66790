// Two sentences before a tuning run: what the data can teach, and which method fits (tuning_advice.h). Thread: GUI.
#pragma once

#include "engine/base/events.h"
#include "ui/cards.h"

namespace lathe {

class AdviceCard : public Card {
    Q_OBJECT

public:
    explicit AdviceCard(QWidget* parent = nullptr);
    // Seen where the run tunes a model and something is known; null: not known yet.
    void show_advice(const RunConfig& config, const DataInspection* data, const EstimateDone* estimate);
    void retranslate();

private:
    QLabel* reach_;
    QLabel* method_;
};

}  // namespace lathe
