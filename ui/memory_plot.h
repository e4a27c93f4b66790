// Memory by kind as areas on top of each other, along a run, and what was estimated as a dashed line. A long run is
// thinned out: of neighbouring steps the one that took most is kept and is a point. Thread: GUI.
#pragma once

#include "ui/memory_kinds.h"
#include "ui/step_plot.h"

namespace lathe {

class MemoryPlot : public StepPlot {
public:
    using Bytes = std::map<std::string, int64_t>;  // by kind
    using Kind = MemoryKind;                       // its bytes: at the peak
    struct Peak {
        int64_t bytes = 0;
        double step = 0;
        int64_t run_step = 0;
    };

    explicit MemoryPlot(const Theme& theme, QWidget* parent = nullptr);

    void set_data(const std::vector<double>& steps, const std::vector<Bytes>& bytes);
    // run_step < 0: the step itself.
    void append(double step, const Bytes& bytes, int64_t run_step = -1);
    void set_last_step(double step) { planned_last_ = step; }
    // By kind; empty: there is none.
    void set_estimate(const Bytes& bytes);
    const Bytes& estimate() const { return estimate_; }
    int64_t estimate_of(const std::string& kind) const;
    StepRange whole() const override;
    void fit() override;
    std::string table() const override;
    bool can_zoom() const override { return false; }
    void set_theme(const Theme& theme) override;

    // Those that were ever more than zero, from the bottom up.
    std::vector<Kind> kinds() const;
    const Peak& peak() const { return peak_; }
    std::vector<Kind> kinds_at(int64_t index) const;  // the same ones at a point
    int64_t points() const override { return static_cast<int64_t>(rows_.size()); }
    double step_at(int64_t index) const override { return rows_[static_cast<size_t>(index)].step; }
    int64_t run_step_at(int64_t index) const { return rows_[static_cast<size_t>(index)].run_step; }
    int64_t nearest(double step) const override;

private:
    struct Area {
        std::string name;
        QCPGraph* graph;  // upper edge, filled down to zero; the areas below are drawn over it
        bool used = false;
    };
    struct Row {
        double step = 0;
        int64_t run_step = 0, total = 0;
        std::vector<int64_t> edges;  // as areas_
    };

    static size_t area_of(const std::string& kind);
    int64_t bytes_of(const Row& row, size_t area) const;
    void thin_out();
    void add_to_graphs(const Row& row);
    void place_estimate();

    std::vector<Area> areas_;  // from the bottom up
    std::vector<Row> rows_;    // one of `stride_` steps each
    Row pending_;
    int64_t stride_ = 1, pending_steps_ = 0;
    Row at_peak_;
    Bytes estimate_;
    Peak peak_;
    double first_step_ = 0, last_step_ = 0, planned_last_ = 0;
    int64_t steps_ = 0, estimated_ = 0;  // appended; all kinds
    QCPItemLine* estimate_line_;
    QCPItemText* estimate_word_;
};

}  // namespace lathe
