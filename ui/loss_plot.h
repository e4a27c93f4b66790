// The loss of a run: raw and smoothed training loss, validation points, events. The Train page appends to it while the
// run goes on; the run's picture shows it whole. Steps at which the loss was not finite are marked. Thread: GUI.
#pragma once

#include "ui/curve_plot.h"
#include "ui/plot_marks.h"

namespace lathe {

class LossPlot : public CurvePlot {
public:
    explicit LossPlot(const Theme& theme, QWidget* parent = nullptr);

    // All the validation points; a step that is there already is replaced by add_validation().
    void set_validation(const std::vector<double>& steps, const std::vector<double>& losses);
    void add_validation(double step, double loss);
    void set_marks(std::vector<PlotMark> marks);
    void fit() override;
    void set_theme(const Theme& theme) override;

protected:
    Bounds bounds() const override;

private:
    void restyle();
    std::vector<PlotMark> broken_steps() const;

    QCPGraph* validation_;
    PlotMarks* overlay_;
    std::vector<PlotMark> marks_;
};

}  // namespace lathe
