// One quantity along a run: raw values at a quarter of the opacity under their smoothed line (smoothing.h). Few points
// are dotted, so that one alone is seen; what is not finite leaves a gap, which is marked. Base of the loss plot, and
// by itself the panel of learning rate, gradient norm or speed. Appending costs the same however long the run is, and
// so does drawing: at most a lowest and a highest value for each column of the screen (level_of_detail.h). Thread: GUI.
#pragma once

#include <string>
#include <vector>

#include "ui/curve_series.h"
#include "ui/plot_marks.h"
#include "ui/step_plot.h"

namespace lathe {

class CurvePlot : public StepPlot {
public:
    struct Look {
        int color = 0;           // index into Theme::data
        bool smooth = true;      // else the values themselves are the line
        bool from_zero = false;  // the value axis begins at 0
        int step_intervals = 4, value_intervals = 4;
    };

    CurvePlot(const Theme& theme, Look look, TickText tick_text, QWidget* parent = nullptr);

    // Steps do not descend. smoothing < 0: smoothing_for(points), also while the series grows.
    virtual void set_data(const std::vector<double>& steps, const std::vector<double>& values, double smoothing = -1);
    // One more value at the end.
    void append(double step, double value);
    // Draws the line anew; < 0: by the number of points.
    void set_smoothing(double smoothing);
    // The axis goes on to the planned end of a run that has not reached it; 0: ends with the data.
    void set_last_step(double step) { planned_last_ = step; }
    // The value axis leaves out the lowest and highest 0.5 % of the values; else shows all.
    void set_clip(bool on) { clip_ = on; }
    bool clip() const { return clip_; }
    // The quantity's column in table().
    void set_quantity(std::string name) { quantity_ = std::move(name); }

    StepRange whole() const override;
    // Ranges that show all but the rarest spikes; call after changes of data.
    void fit() override;
    void set_theme(const Theme& theme) override;
    std::string table() const override;
    const CurveSeries& series() const { return series_; }
    double smoothing() const { return series_.smoothing(); }
    int64_t points() const override { return series_.size(); }
    double last_smoothed() const { return series_.line_end(); }
    double step_at(int64_t index) const override { return series_.place(index); }
    double value_at(int64_t index) const { return series_.values()[index]; }
    double smoothed_at(int64_t index) const { return series_.line()[index]; }
    int64_t nearest(double step) const override { return series_.nearest(step); }
    void set_marks(std::vector<PlotMark> marks) { marks_->set_marks(std::move(marks)); }
    const PlotMarks& marks() const { return *marks_; }

protected:
    virtual CurveSeries::Bounds bounds(StepRange steps) const;
    void set_labels(std::vector<EndLabel> labels) { marks_->set_labels(std::move(labels)); }
    // One more column of table(): its name, and what it says of a point.
    virtual std::string extra_column() const { return {}; }
    virtual double extra_at(int64_t /*index*/) const { return 0; }  // NaN: nothing

private:
    void show_points(StepRange steps);
    void show_gaps(StepRange steps);
    void fit_values(StepRange steps);
    void restyle();

    Look look_;
    QCPGraph* raw_graph_;
    QCPGraph* line_graph_;
    PlotMarks* marks_;
    CurveSeries series_;
    double planned_last_ = 0;
    bool clip_ = true;
    std::string quantity_ = "value";
};

}  // namespace lathe
