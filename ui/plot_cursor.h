// The mouse over a curve plot: a cross-hair at the nearest step with a read-out, and a zoom along the steps: drag over
// steps to see them alone, drag again to pan, double click to see all; the wheel zooms where the plot takes it. Owned
// by its plot, in whose top layer it is drawn by itself, so that a move of the mouse draws no curve. Thread: GUI.
#pragma once

#include <functional>
#include <vector>

#include "ui/curve_plot.h"

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

    PlotCursor(CurvePlot* plot, Readout readout);

    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void zoomed();  // or all is seen again

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;

private:
    void on_move(const QMouseEvent* event);
    void on_release();
    void on_wheel(const QWheelEvent* event);
    void show_steps(double first, double last);
    double step_of(double x) const { return plot_->xAxis->pixelToCoord(x); }
    void draw_readout(QCPPainter* painter, double x, const std::vector<Line>& lines) const;

    CurvePlot* plot_;
    Readout readout_;
    double mouse_ = -1, pressed_ = -1;          // x in pixels; < 0: not there
    std::optional<CurvePlot::StepRange> held_;  // what was seen when panning began
};

}  // namespace lathe
