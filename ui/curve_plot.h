// One quantity along a run: raw values at a quarter of the opacity under their smoothed line (smoothing.h). Few points
// are dotted, so that one alone is seen; what is not finite leaves a gap. Base of the loss plot, and by itself the
// panel of learning rate, gradient norm or speed. Appending costs the same however long the run is, and so does
// drawing: at most a lowest and a highest value for each column of the screen (level_of_detail.h). Thread: GUI.
#pragma once

#include <optional>
#include <vector>

#include "ui/smoothing.h"
#include "ui/step_plot.h"
#include "ui/value_pyramid.h"

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
    double smoothing() const { return smoothing_; }
    int64_t points() const override { return values_.size(); }
    // Last smoothed value that is finite; NaN: none.
    double last_smoothed() const { return last_smoothed_; }
    double step_at(int64_t index) const override { return steps_[static_cast<size_t>(index)]; }
    double value_at(int64_t index) const { return values_[index]; }
    double smoothed_at(int64_t index) const { return smoothed_[index]; }
    int64_t nearest(double step) const override;

protected:
    struct Bounds {
        double lowest, highest;  // NaN without data
    };
    // Of the raw values and of the smoothed line between the 0.5th and the 99.5th percentile, and of the line's ends;
    // of evenly spaced points where there are many. Without clip: of every value.
    virtual Bounds bounds(StepRange steps) const;
    double last_step() const { return steps_.empty() ? 0 : steps_.back(); }
    // Where stretches begin that are not finite, of what is seen: indices.
    std::vector<int64_t> gaps_seen() const;
    // One more column of table(): its name, and what it says of a point.
    virtual std::string extra_column() const { return {}; }
    virtual double extra_at(int64_t /*index*/) const { return 0; }  // NaN: nothing

private:
    void smooth();
    void smooth_next(double value);
    void show_points(StepRange steps);
    void fit_values(StepRange steps);
    void restyle();
    int64_t columns() const;

    Look look_;
    QCPGraph* raw_graph_;
    QCPGraph* line_graph_;
    std::vector<double> steps_;
    ValuePyramid values_, smoothed_;
    DebiasedAverage average_{0};
    double smoothing_ = 0, planned_last_ = 0, last_smoothed_;
    bool smoothing_follows_ = true, clip_ = true;
    int64_t follow_at_ = 0;  // points at which the line is drawn anew
    std::string quantity_ = "value";
};

}  // namespace lathe
