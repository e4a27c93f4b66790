#include "ui/plot_cursor.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lathe {

namespace {

constexpr double kLine = 18, kNowhere = std::numeric_limits<double>::quiet_NaN();

}  // namespace

PlotCursor::PlotCursor(StepPlot* plot, Readout readout)
    : QCPLayerable(plot, layer_over(plot)->name()), plot_(plot), readout_(std::move(readout)), step_(kNowhere) {
    plot->setMouseTracking(true);
    plot->installEventFilter(this);
    if (!plot->can_zoom()) return;
    zoom_ = new PlotZoom(plot);  // a child of the plot, as this is
    connect(zoom_, &PlotZoom::zoomed, this, &PlotCursor::zoomed);
}

bool PlotCursor::eventFilter(QObject* /*watched*/, QEvent* event) {
    if (event->type() == QEvent::MouseMove || event->type() == QEvent::Leave) {
        const bool over = event->type() == QEvent::MouseMove;
        show_at(over ? plot_->xAxis->pixelToCoord(static_cast<QMouseEvent*>(event)->position().x()) : kNowhere);
        Q_EMIT moved(step_);
    }
    return false;
}

void PlotCursor::show_at(double step) {
    step_ = step;
    layer()->replot();
}

void PlotCursor::draw(QCPPainter* painter) {
    const QRect area = plot_->axisRect()->rect();
    if (std::isnan(step_) || plot_->points() == 0 || !plot_->xAxis->range().contains(step_)) return;
    const int64_t index = plot_->nearest(step_);
    const double x = plot_->xAxis->coordToPixel(plot_->step_at(index));
    if (x < area.left() || x > area.right() + 1) return;
    painter->setPen(QPen(plot_->theme().faint, stroke::kHair));
    painter->drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    draw_readout(painter, x, readout_(index));
}

void PlotCursor::draw_readout(QCPPainter* painter, double x, const std::vector<Line>& lines) const {
    const Theme& theme = plot_->theme();
    const QRect area = plot_->axisRect()->rect();
    double width = 0;
    for (const Line& line : lines) {
        const QFontMetricsF metrics(text_font(line.strong ? TextRole::label : TextRole::caption));
        width = std::max(width, metrics.horizontalAdvance(line.text));
    }
    const QSizeF size(std::ceil(width) + 2 * space::kGrid, static_cast<double>(lines.size()) * kLine + space::kGrid);
    const bool right = x + space::kGrid + size.width() <= area.right();
    const double left = right ? x + space::kGrid : std::max<double>(area.left(), x - space::kGrid - size.width());
    const QRectF box(QPointF(left, area.top() + std::max(0.0, (area.height() - size.height()) * 0.25)), size);
    painter->setPen(QPen(theme.line, stroke::kHair));
    painter->setBrush(theme.raised);
    painter->drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius::kControl, radius::kControl);
    double top = box.top() + space::kGrid / 2.0;
    for (const Line& line : lines) {
        painter->setFont(text_font(line.strong ? TextRole::label : TextRole::caption));
        painter->setPen(line.color);
        painter->drawText(QRectF(box.left() + space::kGrid, top, size.width(), kLine), Qt::AlignLeft | Qt::AlignVCenter,
                          line.text);
        top += kLine;
    }
}

}  // namespace lathe
