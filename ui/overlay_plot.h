// The losses of several runs over each other: smoothed lines in the colours of the series, validations as points; one
// of them may be the baseline, drawn dashed as a reference, or taken from the others. Thread: GUI.
#pragma once

#include <vector>

#include "engine/base/events.h"
#include "ui/card_plot.h"
#include "ui/plot_marks.h"

namespace lathe {

enum class OverlayAxis { steps, tokens, time };

struct OverlaySeries {
    QString name;
    int color = 0;                     // index into Theme::data
    std::vector<double> x, value;      // training loss; NaN is a gap
    std::vector<double> eval_x, eval;  // validations
};

// Of a run; x in steps, tokens or seconds.
OverlaySeries overlay_series(const RunDetail& run, OverlayAxis axis, int color);
// b at x by a line between its points; NaN outside of it.
double value_at(const std::vector<double>& xs, const std::vector<double>& values, double x);

class OverlayPlot : public CardPlot {
public:
    explicit OverlayPlot(const Theme& theme, QWidget* parent = nullptr);

    // baseline: index of a series; -1: none. difference: what is drawn of the others is their loss less its.
    void show_series(std::vector<OverlaySeries> series, OverlayAxis axis, double smoothing, int baseline,
                     bool difference);
    void set_theme(const Theme& theme) override;
    // As drawn: x and the smoothed loss, or its difference.
    const std::vector<double>& shown_values(size_t series) const { return shown_[series]; }
    size_t series_count() const { return series_.size(); }

private:
    void draw();
    void add_line(size_t index, bool dashed);
    void add_points(size_t index);

    std::vector<OverlaySeries> series_;
    std::vector<std::vector<double>> shown_;
    OverlayAxis axis_kind_ = OverlayAxis::steps;
    double smoothing_ = 0;
    int baseline_ = -1;
    bool difference_ = false;
    PlotMarks* labels_;
};

}  // namespace lathe
