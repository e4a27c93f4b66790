// The mouse over a plot along a run: a cross-hair at the nearest point with a read-out, and what zooms
// (plot_zoom.h). Several cross-hairs go together when moved() of each is show_at() of the others. Owned by its
// plot, in whose top layer it is drawn by itself, so that a move of the mouse draws no curve. Thread: GUI.
#pragma once

#include <functional>
#include <vector>

#include "ui/plot_zoom.h"

namespace lathe {

class PlotCursor : public QCPLayerable {
    Q_OBJECT

public:
    struct Line {
        QString text;
        QColor color;
        bool strong = true;
    };
    // What to say about point `index`.
    using Readout = std::function<std::vector<Line>(int64_t index)>;

    PlotCursor(StepPlot* plot, Readout readout);

    bool eventFilter(QObject* watched, QEvent* event) override;
    // As if the mouse were over this step; NaN: nowhere. Tells no one.
    void show_at(double step);
    // That are read out now; empty: it is nowhere.
    std::vector<Line> lines() const;
    PlotZoom* zoom() const { return zoom_; }

Q_SIGNALS:
    void zoomed();            // or all is seen again
    void moved(double step);  // by the mouse; NaN: it left

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override { painter->setAntialiasing(true); }
    void draw(QCPPainter* painter) override;

private:
    int64_t point() const;  // -1: it is nowhere
    void draw_readout(QCPPainter* painter, double x, const std::vector<Line>& lines) const;

    StepPlot* plot_;
    PlotZoom* zoom_;
    Readout readout_;
    double step_;  // NaN: nowhere
};

}  // namespace lathe
