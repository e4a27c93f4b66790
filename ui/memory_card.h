// Memory of a run in a card: by kind against steps, the estimate, and the kinds at the peak. Thread: GUI.
#pragma once

#include "ui/cards.h"
#include "ui/kind_table.h"
#include "ui/memory_plot.h"

namespace lathe {

class MemoryCard : public Card {
    Q_OBJECT

public:
    explicit MemoryCard(QWidget* parent = nullptr);

    void set_run(const RunDetail& run);
    // metrics [first, end) are new.
    void append(const RunDetail& run, int first);
    void set_estimate(int64_t bytes);  // 0: none
    void refresh();
    void set_theme(const Theme& theme);
    void retranslate();

private:
    MemoryPlot* plot_;
    KindTable* table_;
};

}  // namespace lathe
