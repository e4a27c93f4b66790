// The losses of several runs over each other: smoothed lines in the colours of the series, over their values where the
// runs are few, validations as points; one of them may be the baseline, drawn dashed as a reference, or taken from the
// others. Its points are the places of all runs together. Thread: GUI.
#pragma once

#include <utility>
#include <vector>

#include "engine/base/run_record.h"
#include "ui/curve_series.h"
#include "ui/plot_marks.h"
#include "ui/run_axis.h"
#include "ui/step_plot.h"

namespace lathe {

struct OverlaySeries {
    std::string run;
    QString name;
    int slot = 0;                      // of its look: a colour, then the same colours dotted
    RunScale scale;                    // of its places
    CurveSeries loss;                  // of training
    std::vector<double> eval_x, eval;  // validations
    size_t rows = 0;                   // of the record that are in it
    MetricPoint last_row;              // of those
};

// Goes on from `before` where that holds the first rows of the same run: a long run that trains costs its new rows.
OverlaySeries overlay_series(const RunDetail& run, const RunScale& scale, int slot, double smoothing,
                             OverlaySeries before = {});

class OverlayPlot : public StepPlot {
public:
    explicit OverlayPlot(const Theme& theme, QWidget* parent = nullptr);

    // All of them stand against axis(). baseline: index of a series; -1: none. difference: what is drawn of the others
    // is their line less its. fit() is due.
    void show_series(std::vector<OverlaySeries> series, int baseline, bool difference);
    void set_smoothing(double smoothing);  // fit() is due
    // What was shown, to go on from: nothing is, until show_series.
    std::vector<OverlaySeries> take_series() { return std::exchange(series_, {}); }
    void set_clip(bool on) { clip_ = on; }

    int64_t points() const override { return static_cast<int64_t>(places_.size()); }
    double step_at(int64_t index) const override { return places_[static_cast<size_t>(index)]; }
    int64_t nearest(double step) const override { return nearest_place(places_, step); }
    StepRange whole() const override;
    void fit() override;
    void set_theme(const Theme& theme) override;
    // A column a run: its line, or its difference, at its own places.
    std::string table() const override;

    const std::vector<OverlaySeries>& series() const { return series_; }
    // As drawn: the loss, or its difference.
    const CurveSeries& shown(size_t series) const { return difference_ ? differences_[series] : series_[series].loss; }
    QString value_text(double value) const;
    const QColor& color_of(const OverlaySeries& series) const;
    const PlotMarks& marks() const { return *marks_; }

private:
    struct Graphs {
        QCPGraph *raw, *line, *validation;
    };
    bool shows_raw() const;
    void find_differences();
    void show_line(size_t index, StepRange steps);
    void show_labels();
    void show_gaps(StepRange steps);
    CurveSeries::Bounds bounds(StepRange steps) const;
    void fit_values(StepRange steps);

    std::vector<OverlaySeries> series_;
    std::vector<CurveSeries> differences_;  // from the baseline, where they are wanted
    std::vector<Graphs> graphs_;
    std::vector<double> places_;
    int baseline_ = -1;
    bool difference_ = false, clip_ = true;
    PlotMarks* marks_;
};

}  // namespace lathe
