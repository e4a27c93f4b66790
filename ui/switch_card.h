// The switches of a model under the names of the settings, each with what the other position would take: bytes at the
// peak of training, time of a step, keys and values of a chat. The engine's figures. Thread: GUI.
#pragma once

#include <QGridLayout>
#include <map>

#include "ui/cards.h"
#include "ui/run_plan.h"

namespace lathe {

// "off: +96 MB, ×1.3 time, +72 KB a token in a chat, +302 MB in a chat with a full context"; "off: no difference here".
QString switch_text(const SwitchCost& cost);
// What a switch does, in a sentence; why it cannot be turned here.
QString switch_help(const std::string& name);
QString refusal_text(const std::string& word);

class SwitchCard : public Card {
    Q_OBJECT

public:
    explicit SwitchCard(const RunPlan& plan, QWidget* parent = nullptr);
    void set_config(const RunConfig& config);
    Switch* control(const std::string& name) const { return rows_.at(name).control; }
    DropDown* rank() const { return rank_; }
    void retranslate();

Q_SIGNALS:
    void turned(const std::string& name);
    void rank_chosen(qint64 rank);

private:
    struct Row {
        Switch* control;
        QLabel *name, *help, *cost;
    };
    Row add_row(const QString& name, QWidget* control);
    void show_costs();

    const RunPlan& plan_;
    QGridLayout* grid_;
    std::map<std::string, Row> rows_;
    DropDown* rank_;
    Row rank_row_{};
    RunConfig config_;
};

}  // namespace lathe
