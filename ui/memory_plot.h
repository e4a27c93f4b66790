// Memory by kind as areas on top of each other, along a run, and what was estimated as a dashed line. Of more steps
// than there are pixels, the one of its neighbours that took most is drawn. Thread: GUI.
#pragma once

#include "ui/curve_series.h"
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
    void set_theme(const Theme& theme) override;

    // Those that were ever more than zero, from the bottom up.
    std::vector<Kind> kinds() const;
    const Peak& peak() const { return peak_; }
    std::vector<Kind> kinds_at(int64_t index) const;  // the same ones at a point
    int64_t points() const override { return static_cast<int64_t>(steps_.size()); }
    double step_at(int64_t index) const override { return steps_[static_cast<size_t>(index)]; }
    int64_t nearest(double step) const override { return nearest_place(steps_, step); }

private:
    struct Area {
        std::string name;
        QCPGraph* graph;  // upper edge, filled down to zero; the areas below are drawn over it
        bool used = false;
    };

    static size_t area_of(const std::string& kind);
    int64_t bytes_of(int64_t row, size_t area) const;
    void show_rows(StepRange steps);
    void place_estimate();

    std::vector<Area> areas_;  // from the bottom up
    std::vector<double> steps_;
    std::vector<int64_t> edges_;  // of each row as many as areas: the bytes up to each one's upper edge
    int64_t peak_row_ = 0;
    Bytes estimate_;
    Peak peak_;
    double planned_last_ = 0;
    int64_t estimated_ = 0;  // all kinds
    QCPItemLine* estimate_line_;
    QCPItemText* estimate_word_;
};

}  // namespace lathe
