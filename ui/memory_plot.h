// Memory by kind as areas on top of each other, against steps, and what was estimated as a dashed line. A long run is
// thinned out: of neighbouring steps the one that took most is kept. Thread: GUI.
#pragma once

#include "ui/card_plot.h"
#include "ui/memory_kinds.h"

namespace lathe {

class MemoryPlot : public CardPlot {
public:
    using Bytes = std::map<std::string, int64_t>;  // by kind
    using Kind = MemoryKind;                       // its bytes: at the peak
    struct Peak {
        int64_t bytes = 0;
        double step = 0;
    };

    explicit MemoryPlot(const Theme& theme, QWidget* parent = nullptr);

    void set_data(const std::vector<double>& steps, const std::vector<Bytes>& bytes);
    void append(double step, const Bytes& bytes);
    void set_last_step(double step) { planned_last_ = step; }
    // 0: there is none.
    void set_estimate(int64_t bytes) { estimate_ = bytes; }
    void fit();
    void set_theme(const Theme& theme) override;

    // Those that were ever more than zero, from the bottom up.
    std::vector<Kind> kinds() const;
    const Peak& peak() const { return peak_; }
    int64_t points() const { return static_cast<int64_t>(rows_.size()); }

private:
    struct Area {
        std::string name;
        QCPGraph* graph;  // upper edge, filled down to zero; the areas below are drawn over it
        bool used = false;
    };
    struct Row {
        double step = 0;
        int64_t total = 0;
        std::vector<int64_t> edges;  // as areas_
    };

    void thin_out();
    void add_to_graphs(const Row& row);
    void place_estimate();

    std::vector<Area> areas_;  // from the bottom up
    std::vector<Row> rows_;    // one of `stride_` steps each
    Row pending_;
    int64_t stride_ = 1, pending_steps_ = 0;
    Bytes at_peak_;
    Peak peak_;
    double first_step_ = 0, last_step_ = 0, planned_last_ = 0;
    int64_t steps_ = 0, estimate_ = 0;
    QCPItemLine* estimate_line_;
    QCPItemText* estimate_word_;
};

}  // namespace lathe
