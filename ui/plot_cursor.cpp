#include "ui/plot_cursor.h"

#include <algorithm>
#include <cmath>

namespace lathe {

namespace {

constexpr double kFewestSteps = 4;     // that can be zoomed to
constexpr double kClick = 4;           // pixels; a shorter drag is none
constexpr double kWheelFactor = 0.85;  // for a notch of 120
constexpr double kLine = 18, kSelection = 0.15;
const QString kLayer = QStringLiteral("cursor");

QCPLayer* own_layer(QCustomPlot* plot) {
    if (plot->layer(kLayer) == nullptr) {
        plot->addLayer(kLayer);
        plot->layer(kLayer)->setMode(QCPLayer::lmBuffered);
    }
    return plot->layer(kLayer);
}

}  // namespace

PlotCursor::PlotCursor(CurvePlot* plot, Readout readout)
    : QCPLayerable(plot, own_layer(plot)->name()), plot_(plot), readout_(std::move(readout)) {
    plot->setMouseTracking(true);
    plot->installEventFilter(this);
}

bool PlotCursor::eventFilter(QObject* /*watched*/, QEvent* event) {
    switch (event->type()) {
        case QEvent::MouseMove:
            on_move(static_cast<QMouseEvent*>(event));
            break;
        case QEvent::MouseButtonPress:
            if (static_cast<QMouseEvent*>(event)->button() != Qt::LeftButton || plot_->points() == 0) break;
            pressed_ = static_cast<QMouseEvent*>(event)->position().x();
            if (plot_->zoomed()) held_ = CurvePlot::StepRange{plot_->xAxis->range().lower, plot_->xAxis->range().upper};
            break;
        case QEvent::MouseButtonRelease:
            on_release();
            break;
        case QEvent::MouseButtonDblClick:
            pressed_ = -1;
            plot_->zoom({});
            Q_EMIT zoomed();
            break;
        case QEvent::Wheel:
            if (plot_->takes_wheel()) on_wheel(static_cast<QWheelEvent*>(event));
            break;
        case QEvent::Leave:
            mouse_ = -1;
            layer()->replot();
            break;
        default:
            break;
    }
    return false;
}

void PlotCursor::on_move(const QMouseEvent* event) {
    mouse_ = event->position().x();
    if (held_) {
        const double moved = step_of(pressed_) - step_of(mouse_);
        const CurvePlot::StepRange all = plot_->whole();
        const double by = std::clamp(moved, all.first - held_->first, all.last - held_->last);
        show_steps(held_->first + by, held_->last + by);
        return;
    }
    layer()->replot();
}

void PlotCursor::on_release() {
    const double from = pressed_, to = mouse_;
    const bool panned = held_.has_value();
    pressed_ = -1;
    held_.reset();
    if (panned || from < 0 || to < 0 || std::abs(to - from) < kClick) return;
    show_steps(step_of(std::min(from, to)), step_of(std::max(from, to)));
}

void PlotCursor::on_wheel(const QWheelEvent* event) {
    if (plot_->points() == 0 || event->angleDelta().y() == 0) return;
    const double factor = std::pow(kWheelFactor, event->angleDelta().y() / 120.0);
    const double at = step_of(event->position().x());
    const QCPRange seen = plot_->xAxis->range();
    show_steps(at - (at - seen.lower) * factor, at + (seen.upper - at) * factor);
}

void PlotCursor::show_steps(double first, double last) {
    const CurvePlot::StepRange all = plot_->whole();
    const double least = std::min(kFewestSteps, all.last - all.first);
    if (last - first < least) {
        const double middle = (first + last) / 2;
        first = middle - least / 2;
        last = middle + least / 2;
    }
    first = std::max(first, all.first);
    last = std::min(last, all.last);
    const bool everything = first <= all.first && last >= all.last;
    plot_->zoom(everything ? std::nullopt : std::optional(CurvePlot::StepRange{first, last}));
    Q_EMIT zoomed();
}

void PlotCursor::applyDefaultAntialiasingHint(QCPPainter* painter) const {
    painter->setAntialiasing(true);
}

void PlotCursor::draw(QCPPainter* painter) {
    const QRect area = plot_->axisRect()->rect();
    if (mouse_ < area.left() || mouse_ > area.right() || plot_->points() == 0) return;
    if (pressed_ >= 0 && !held_ && std::abs(mouse_ - pressed_) >= kClick) {
        QColor color = plot_->theme().text;
        color.setAlphaF(static_cast<float>(kSelection));
        const double from = std::clamp<double>(pressed_, area.left(), area.right());
        painter->fillRect(QRectF(std::min(from, mouse_), area.top(), std::abs(mouse_ - from), area.height()), color);
    }
    const int64_t index = plot_->nearest(step_of(mouse_));
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
