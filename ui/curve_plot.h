// One quantity against steps: raw values at a quarter of the opacity under their smoothed line (smoothing.h). Few
// points are dotted, so that one alone is seen; what is not finite leaves a gap. Base of the loss plot, and by itself
// the panel of learning rate, gradient norm or speed. Thread: GUI.
#pragma once

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

    CurvePlot(const Theme& theme, Look look, TickText tick_text, QWidget* parent = nullptr);

    // Steps ascend. smoothing < 0: smoothing_for(points).
    void set_data(const std::vector<double>& steps, const std::vector<double>& values, double smoothing = -1);
    // One more value at the end; cheap. The smoothing stays what it was.
    void append(double step, double value);
    // The axis goes on to the planned end of a run that has not reached it; 0: ends with the data.
    void set_last_step(double step) { planned_last_ = step; }
    // Ranges that show all but the rarest spikes; call after changes of data.
    virtual void fit();

    void set_theme(const Theme& theme) override;
    double smoothing() const { return smoothing_; }
    int64_t points() const { return static_cast<int64_t>(steps_.size()); }
    // Last smoothed value that is finite; NaN: none.
    double last_smoothed() const;
    double step_at(int64_t index) const { return steps_[static_cast<size_t>(index)]; }
    double smoothed_at(int64_t index) const { return smoothed_[static_cast<size_t>(index)]; }

protected:
    struct Bounds {
        double lowest, highest;  // NaN without data
    };
    // Of the smoothed line and of the raw values between the 0.5th and the 99.5th percentile.
    virtual Bounds bounds() const;
    double last_step() const { return steps_.empty() ? 0 : steps_.back(); }

private:
    void restyle();

    Look look_;
    QCPGraph* raw_graph_;
    QCPGraph* line_graph_;
    std::vector<double> steps_, values_, smoothed_;
    DebiasedAverage average_{0};
    double smoothing_ = 0, planned_last_ = 0;
};

}  // namespace lathe
