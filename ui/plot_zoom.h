// What the mouse and the keys do to the part of a plot that is seen. A drag over a rectangle shows it alone, a flat one
// its steps; Shift-drag or the middle button moves; Ctrl and the wheel zoom where the mouse is; a double click shows
// all. With the keyboard: + − 0, arrows. Owned by its plot; the rectangle and the frame of a focused plot are drawn in
// its top layer. Thread: GUI.
#pragma once

#include <optional>

#include "ui/step_plot.h"

namespace lathe {

class PlotZoom : public QCPLayerable {
    Q_OBJECT

public:
    explicit PlotZoom(StepPlot* plot);
    bool eventFilter(QObject* watched, QEvent* event) override;

    void show_all();
    void zoom_by(double factor, double at);         // of the steps; < 1: nearer
    void move_by(double steps, double values = 0);  // shares of what is seen
    std::optional<StepPlot::ValueRange> moved(std::optional<StepPlot::ValueRange> range, double share) const;

Q_SIGNALS:
    void zoomed();                       // or moved, or all is seen again: fit() is due
    void clicked(const QPointF& place);  // without a drag
    void wanted_mark(int direction);     // Ctrl and an arrow: the next one to the right (1), left (-1)

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override { painter->setAntialiasing(true); }
    void draw(QCPPainter* painter) override;

private:
    // Of what was seen when the button went down.
    struct Hold {
        StepPlot::StepRange steps;
        std::optional<StepPlot::ValueRange> values;
    };
    void on_press(const QMouseEvent* event);
    void on_move(const QPointF& place);
    void on_release();
    bool on_wheel(QWheelEvent* event);
    bool on_key(const QKeyEvent* event);
    void show(StepPlot::StepRange steps, std::optional<StepPlot::ValueRange> values);
    QRectF box() const;  // between press and mouse, within the axes
    bool drags() const;

    StepPlot* plot_;
    std::optional<QPointF> pressed_;
    QPointF mouse_;
    std::optional<Hold> hold_;  // while it moves
};

// The layer of a plot for what is drawn over it without drawing its curves again.
QCPLayer* layer_over(QCustomPlot* plot);

}  // namespace lathe
