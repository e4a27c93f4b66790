#include "ui/plot_cursor.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lathe {

namespace {

constexpr int kLine = 18;
constexpr double kNowhere = std::numeric_limits<double>::quiet_NaN();

}  // namespace

PlotCursor::PlotCursor(StepPlot* plot, Readout readout)
    : QCPLayerable(plot, layer_over(plot)->name()),
      plot_(plot),
      zoom_(new PlotZoom(plot)),  // a child of the plot, as this is
      readout_(std::move(readout)),
      step_(kNowhere) {
    plot->setMouseTracking(true);
    plot->installEventFilter(this);
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

int64_t PlotCursor::point() const {
    const QCPRange seen = plot_->xAxis->range();
    if (std::isnan(step_) || plot_->points() == 0 || !seen.contains(step_)) return -1;
    const int64_t index = plot_->nearest(step_);
    return seen.contains(plot_->step_at(index)) ? index : -1;
}

std::vector<PlotCursor::Line> PlotCursor::lines() const {
    return point() < 0 ? std::vector<Line>{} : readout_(point());
}

void PlotCursor::draw(QCPPainter* painter) {
    if (point() < 0) return;
    const QRect area = plot_->axisRect()->rect();
    const double x = plot_->xAxis->coordToPixel(plot_->step_at(point()));
    painter->setPen(QPen(plot_->theme().faint, stroke::kHair));
    painter->drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    draw_readout(painter, x, lines());
}

void PlotCursor::draw_readout(QCPPainter* painter, double x, const std::vector<Line>& lines) const {
    const Theme& theme = plot_->theme();
    const QRect area = plot_->axisRect()->rect();
    double width = 0;
    for (const Line& line : lines) {
        const QFontMetricsF metrics(text_font(line.strong ? TextRole::label : TextRole::caption));
        width = std::max(width, metrics.horizontalAdvance(line.text));
    }
    // More than go below each other go into columns, as many as go beside each other.
    const auto count = static_cast<int>(lines.size());
    const int column = static_cast<int>(std::ceil(width)) + space::kGrid;
    const int rows_seen = std::max(1, (area.height() - space::kGrid) / kLine);
    const int columns = std::clamp((count + rows_seen - 1) / rows_seen, 1, std::max(1, area.width() / column));
    const int rows = (count + columns - 1) / columns;
    const QSizeF size(columns * column + space::kGrid, rows * kLine + space::kGrid);
    const bool right = x + space::kGrid + size.width() <= area.right();
    const double left = right ? x + space::kGrid : std::max<double>(area.left(), x - space::kGrid - size.width());
    const QRectF box(QPointF(left, area.top() + std::max(0.0, (area.height() - size.height()) * 0.25)), size);
    painter->setPen(QPen(theme.line, stroke::kHair));
    painter->setBrush(theme.raised);
    painter->drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius::kControl, radius::kControl);
    for (int i = 0; i < count; ++i) {
        const Line& line = lines[static_cast<size_t>(i)];
        painter->setFont(text_font(line.strong ? TextRole::label : TextRole::caption));
        painter->setPen(line.color);
        const QPointF place(box.left() + space::kGrid + static_cast<double>(i / rows) * column,
                            box.top() + space::kGrid / 2.0 + i % rows * kLine);
        painter->drawText(QRectF(place, QSizeF(column, kLine)), Qt::AlignLeft | Qt::AlignVCenter, line.text);
    }
}

}  // namespace lathe
