// Memory of a run in a card: by kind along the run, the estimate, the kinds at the peak, and under the cross-hair each
// kind beside what was estimated of it. Thread: GUI.
#pragma once

#include "ui/kind_table.h"
#include "ui/memory_plot.h"
#include "ui/run_plot_card.h"

namespace lathe {

class MemoryCard : public RunPlotCard {
    Q_OBJECT

public:
    explicit MemoryCard(const CurveSettings& settings, QWidget* parent = nullptr);

    void begin(const RunDetail& run) override;
    void append(const RunDetail& run, int first, int end) override;
    void set_estimate(const std::map<std::string, int64_t>& bytes);  // by kind; empty: none
    void refresh() override;
    void retranslate() override;
    const MemoryPlot& plot() const { return *plot_; }

protected:
    std::vector<PlotCursor::Line> readout(int64_t index) const override;

private:
    MemoryCard(MemoryPlot* plot, const CurveSettings& settings, QWidget* parent);

    MemoryPlot* plot_;
    KindTable* table_;
};

}  // namespace lathe
