// One quantity against steps: raw values at a quarter of the opacity under their smoothed line (smoothing.h). Few
// points are dotted, so that one alone is seen; what is not finite leaves a gap. Base of the loss plot, and by itself
// the panel of learning rate, gradient norm or speed. Appending costs the same however long the run is; what is drawn
// is at most a lowest and a highest value for each of a screen's columns. Thread: GUI.
#pragma once

#include <optional>
#include <vector>

#include "ui/card_plot.h"
#include "ui/smoothing.h"

namespace lathe {

class CurvePlot : public CardPlot {
public:
    struct Look {
        int color = 0;           // index into Theme::data
        bool smooth = true;      // else the values themselves are the line
        bool from_zero = false;  // the value axis begins at 0
        int step_intervals = 4, value_intervals = 4;
    };
    struct StepRange {
        double first = 0, last = 0;
    };

    CurvePlot(const Theme& theme, Look look, TickText tick_text, QWidget* parent = nullptr);

    // Steps ascend. smoothing < 0: smoothing_for(points), also while the series grows.
    virtual void set_data(const std::vector<double>& steps, const std::vector<double>& values, double smoothing = -1);
    // One more value at the end.
    void append(double step, double value);
    // Draws the line anew; < 0: by the number of points.
    void set_smoothing(double smoothing);
    // The axis goes on to the planned end of a run that has not reached it; 0: ends with the data.
    void set_last_step(double step) { planned_last_ = step; }
    // Shows these steps alone until the next call; none: all.
    void zoom(std::optional<StepRange> steps) { zoom_ = steps; }
    bool zoomed() const { return zoom_.has_value(); }
    StepRange whole() const;
    // Ranges that show all but the rarest spikes; call after changes of data.
    virtual void fit();

    void set_theme(const Theme& theme) override;
    double smoothing() const { return smoothing_; }
    int64_t points() const { return static_cast<int64_t>(steps_.size()); }
    // Last smoothed value that is finite; NaN: none.
    double last_smoothed() const;
    double step_at(int64_t index) const { return steps_[static_cast<size_t>(index)]; }
    double value_at(int64_t index) const { return values_[static_cast<size_t>(index)]; }
    double smoothed_at(int64_t index) const { return smoothed_[static_cast<size_t>(index)]; }
    // The point whose step is the nearest; -1 without points.
    int64_t nearest(double step) const;

protected:
    struct Bounds {
        double lowest, highest;  // NaN without data
    };
    // Of the smoothed line, and of the raw values between the 0.5th and the 99.5th percentile; of evenly spaced points
    // where there are many.
    virtual Bounds bounds(StepRange steps) const;
    double last_step() const { return steps_.empty() ? 0 : steps_.back(); }

private:
    void smooth();
    void show_points(StepRange steps);
    void restyle();

    Look look_;
    QCPGraph* raw_graph_;
    QCPGraph* line_graph_;
    std::vector<double> steps_, values_, smoothed_;
    DebiasedAverage average_{0};
    double smoothing_ = 0, planned_last_ = 0;
    bool smoothing_follows_ = true;
    int64_t follow_at_ = 0;  // points at which the line is drawn anew
    std::optional<StepRange> zoom_;
};

}  // namespace lathe
