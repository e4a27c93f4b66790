// What the run of the form would take: memory against what there is, size, time, disk; what would make it fit, and why
// it cannot start. Thread: GUI.
#pragma once

#include "ui/cards.h"
#include "ui/fact_list.h"
#include "ui/kind_table.h"
#include "ui/run_plan.h"

namespace lathe {

class PlanCard : public Card {
    Q_OBJECT

public:
    explicit PlanCard(const RunPlan& plan, QWidget* parent = nullptr);
    // Why the run cannot start; empty: it can.
    void set_obstacle(const QString& text);
    void retranslate();

Q_SIGNALS:
    void remedy_wanted(const lathe::Remedy& remedy);
    void obstacle_wanted();  // to be shown

protected:
    void changeEvent(QEvent* event) override;

private:
    void show_plan();
    void show_memory(const EstimateDone& estimate);
    std::vector<Fact> facts() const;
    void show_remedy();

    const RunPlan& plan_;
    QLabel* verdict_;
    QLabel* memory_;
    QLabel* of_memory_;
    MemoryBar* bar_;
    KindTable* kinds_;
    FactList* facts_;
    QLabel* remedy_;
    QPushButton* use_remedy_;
    QLabel* obstacle_;
    QPushButton* show_obstacle_;
};

}  // namespace lathe
