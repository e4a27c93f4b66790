// The loss of a run: raw and smoothed training loss, validation points, events. The Train page appends to it while the
// run goes on; the run's picture shows it whole. Thread: GUI.
#pragma once

#include "ui/curve_plot.h"

namespace lathe {

class LossPlot : public CurvePlot {
public:
    explicit LossPlot(const Theme& theme, QWidget* parent = nullptr);

    // All the validation points; a step that is there already is replaced by add_validation().
    void set_validation(const std::vector<double>& steps, const std::vector<double>& losses);
    void add_validation(double step, double loss);
    // What was measured last at or before the step; NaN: nothing.
    double validation_at(double step) const;
    void fit() override;
    void set_theme(const Theme& theme) override;

protected:
    CurveSeries::Bounds bounds(StepRange steps) const override;
    std::string extra_column() const override { return "validation"; }
    double extra_at(int64_t index) const override;  // measured at that step

private:
    void restyle();
    void show_labels();

    QCPGraph* validation_;
    QCPScatterStyle dots_;  // of few validations
};

}  // namespace lathe
