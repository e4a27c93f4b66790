// A QCustomPlot in the house's look: no frame, hairline grid (horizontal only), muted labels, value range between round
// numbers. What a card's plot shows lies on top of it: curve_plot.h, memory_plot.h. Thread: GUI.
#pragma once

#include <functional>

#include "ui/qcustomplot_header.h"
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

    // At the given place and size, for pictures; the widget's own size and pixels do not matter.
    void draw_on(QPainter& painter, const QRect& place);
    // Else the wheel scrolls the page.
    void take_wheel() { takes_wheel_ = true; }
    bool takes_wheel() const { return takes_wheel_; }

protected:
    void wheelEvent(QWheelEvent* event) override;
    // First and last step; ticks every `1, 2, 5 · 10^n` of them.
    void set_steps(double first, double last, int intervals);
    void set_values(double lowest, double highest, int intervals);
    void set_right_margin(int pixels);
    void show_ticks(bool shown);  // without data they say nothing
    // A graph whose points on the edge are not cut; for values that are always in range.
    QCPGraph* add_open_graph();
    QPen series_pen(const QColor& color, double width) const;

private:
    const Theme* theme_;
    TickText tick_text_;
    bool takes_wheel_ = false;
};

}  // namespace lathe
