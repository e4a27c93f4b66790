// A QCustomPlot in the house's look: no frame, hairline grid (horizontal only), muted labels, value range between round
// numbers, or powers of ten apart. What a card's plot shows lies on top of it: curve_plot.h, memory_plot.h. Thread:
// GUI.
#pragma once

#include <functional>

#include "ui/qcustomplot_header.h"
#include "ui/run_axis.h"
#include "ui/theme.h"

namespace lathe {

// Round numbers around [lowest, highest], `step` (1, 2 or 5 times a power of ten) apart, about `intervals` of them.
struct AxisScale {
    double lower = 0, upper = 1, step = 1;
};
AxisScale round_scale(double lowest, double highest, int intervals);

class CardPlot : public QCustomPlot {
public:
    using TickText = std::function<QString(double value, double step)>;

    CardPlot(const Theme& theme, TickText tick_text, QWidget* parent = nullptr);

    // Colours alone; data stays.
    virtual void set_theme(const Theme& theme);
    const Theme& theme() const { return *theme_; }
    // What the x axis stands for: how its ticks are written. Step unless it is told.
    void set_axis(RunAxis axis) { axis_ = axis; }
    RunAxis axis() const { return axis_; }
    // A value axis of equal factors; what is not above zero lies below it. From the next fit on.
    void set_log(bool on) { log_ = on; }
    bool log() const { return log_; }

    // At the given place and size, for pictures; the widget's own size and pixels do not matter.
    void draw_on(QPainter& painter, const QRect& place);
    // The same as lines and texts, which an SVG keeps.
    void draw_vectors(QCPPainter& painter, const QRect& place);
    // The wheel zooms by itself, not with Ctrl alone; else it scrolls the page.
    void take_wheel() { takes_wheel_ = true; }
    bool takes_wheel() const { return takes_wheel_; }

protected:
    void wheelEvent(QWheelEvent* event) override;
    // First and last place on the x axis; round ticks, about `intervals` of them.
    void set_steps(double first, double last, int intervals);
    void set_values(double lowest, double highest, int intervals);
    // These values and no others, whatever their ticks.
    void set_values_exactly(double lower, double upper, int intervals);
    void set_right_margin(int pixels);
    void show_ticks(bool shown);  // without data they say nothing
    // A graph whose points on the edge are not cut, as long as every value is in range: see cut_edges().
    QCPGraph* add_open_graph();
    void cut_edges(bool on) { cuts_edges_ = on; }
    // Whether a point of it is above or below what the value axis shows.
    bool reaches_out(const QCPGraph& graph) const;
    // Of the screen, that a line is thinned out to (level_of_detail.h).
    int64_t columns() const;
    QPen series_pen(const QColor& color, double width) const;

private:
    void set_log_ticks(double lower, double upper, int intervals);

    const Theme* theme_;
    TickText tick_text_;
    RunAxis axis_ = RunAxis::step;
    bool takes_wheel_ = false, log_ = false, cuts_edges_ = false;
};

}  // namespace lathe
