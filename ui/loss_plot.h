// The loss of a run: raw and smoothed training loss, validation points, events. The Train page appends to it while the
// run goes on; the run's picture shows it whole. Steps at which the loss was not finite are marked. Thread: GUI.
#pragma once

#include "ui/curve_plot.h"
#include "ui/plot_marks.h"

namespace lathe {

class LossPlot : public CurvePlot {
public:
    explicit LossPlot(const Theme& theme, QWidget* parent = nullptr);

    void set_data(const std::vector<double>& steps, const std::vector<double>& values, double smoothing = -1) override;
    // All the validation points; a step that is there already is replaced by add_validation().
    void set_validation(const std::vector<double>& steps, const std::vector<double>& losses);
    void add_validation(double step, double loss);
    void set_marks(std::vector<PlotMark> marks);
    // What was measured last at or before the step; NaN: nothing.
    double validation_at(double step) const;
    void fit() override;
    void set_theme(const Theme& theme) override;

protected:
    Bounds bounds(StepRange steps) const override;

private:
    void restyle();
    void find_broken_steps();

    QCPGraph* validation_;
    PlotMarks* overlay_;
    std::vector<PlotMark> marks_;
    std::vector<double> broken_steps_;  // the first of every stretch without a finite loss
    int64_t searched_ = 0;              // points that were looked at for them
};

}  // namespace lathe
