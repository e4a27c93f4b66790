// What the configured model is made of and takes: parameters by part, memory by kind in training and in a chat, keys
// and values of a token, work and speed. The engine's figures. Thread: GUI.
#pragma once

#include "ui/cards.h"
#include "ui/fact_list.h"
#include "ui/kind_table.h"
#include "ui/run_plan.h"

namespace lathe {

class ModelCosts : public QWidget {
    Q_OBJECT

public:
    explicit ModelCosts(const RunPlan& plan, QWidget* parent = nullptr);
    void retranslate();

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Memory {
        QLabel *title, *total;
        MemoryBar* bar;
        KindTable* kinds;
    };
    Memory add_memory(Card* card);
    void show_memory(const Memory& memory, const std::map<std::string, int64_t>& bytes, int64_t available, Tone tone);
    void show_plan();
    std::vector<Fact> parts() const;
    std::vector<Fact> figures() const;

    const RunPlan& plan_;
    Card *figures_card_, *memory_card_, *parts_card_;
    FactList *figures_, *parts_;
    Memory training_, chat_;
};

}  // namespace lathe
