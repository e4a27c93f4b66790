#include "ui/plot_zoom.h"

#include <algorithm>
#include <cmath>

namespace lathe {

namespace {

constexpr double kClick = 4;           // pixels; a shorter drag is none
constexpr double kFlat = 14;           // a rectangle that is lower zooms along the steps alone
constexpr double kWheelFactor = 0.85;  // for a notch of 120
constexpr double kKeyFactor = 0.7, kKeyMove = 0.1;
constexpr double kSelection = 0.15;
const QString kLayer = QStringLiteral("cursor");

}  // namespace

QCPLayer* layer_over(QCustomPlot* plot) {
    if (plot->layer(kLayer) == nullptr) {
        plot->addLayer(kLayer);
        plot->layer(kLayer)->setMode(QCPLayer::lmBuffered);
    }
    return plot->layer(kLayer);
}

PlotZoom::PlotZoom(StepPlot* plot) : QCPLayerable(plot, layer_over(plot)->name()), plot_(plot) {
    plot->setFocusPolicy(Qt::StrongFocus);
    plot->installEventFilter(this);
}

bool PlotZoom::eventFilter(QObject* /*watched*/, QEvent* event) {
    switch (event->type()) {
        case QEvent::MouseButtonPress:
            on_press(static_cast<QMouseEvent*>(event));
            return false;
        case QEvent::MouseMove:
            on_move(static_cast<QMouseEvent*>(event)->position());
            return false;
        case QEvent::MouseButtonRelease:
            on_release();
            return false;
        case QEvent::MouseButtonDblClick:
            pressed_.reset();
            show_all();
            return false;
        case QEvent::Wheel:
            return on_wheel(static_cast<QWheelEvent*>(event));
        case QEvent::KeyPress:
            return on_key(static_cast<QKeyEvent*>(event));
        case QEvent::FocusIn:
        case QEvent::FocusOut:
            layer()->replot();
            return false;
        default:
            return false;
    }
}

void PlotZoom::on_press(const QMouseEvent* event) {
    const bool left = event->button() == Qt::LeftButton, middle = event->button() == Qt::MiddleButton;
    if ((!left && !middle) || plot_->points() == 0) return;
    pressed_ = mouse_ = event->position();
    if (middle || event->modifiers().testFlag(Qt::ShiftModifier))
        hold_ = Hold{plot_->seen_steps(), plot_->zoomed_values()};
}

bool PlotZoom::drags() const {
    return pressed_ && QLineF(*pressed_, mouse_).length() >= kClick;
}

// By a share of what is seen; on a log axis by a factor.
std::optional<StepPlot::ValueRange> PlotZoom::moved(std::optional<StepPlot::ValueRange> range, double share) const {
    if (!range) return range;
    if (plot_->yAxis->scaleType() == QCPAxis::stLogarithmic) {
        const double factor = std::pow(range->upper / range->lower, share);
        return StepPlot::ValueRange{range->lower * factor, range->upper * factor};
    }
    const double up = share * (range->upper - range->lower);
    return StepPlot::ValueRange{range->lower + up, range->upper + up};
}

void PlotZoom::on_move(const QPointF& place) {
    mouse_ = place;
    if (!pressed_) return;
    if (!hold_) return layer()->replot();
    const QRectF area(plot_->axisRect()->rect());
    const QPointF by = *pressed_ - mouse_;
    const double steps = by.x() / area.width() * (hold_->steps.last - hold_->steps.first);
    show({hold_->steps.first + steps, hold_->steps.last + steps}, moved(hold_->values, -by.y() / area.height()));
}

QRectF PlotZoom::box() const {
    const QRectF area(plot_->axisRect()->rect());
    const auto inside = [&](const QPointF& place) {
        return QPointF(std::clamp(place.x(), area.left(), area.right()),
                       std::clamp(place.y(), area.top(), area.bottom()));
    };
    return QRectF(inside(*pressed_), inside(mouse_)).normalized();  // also one without height
}

void PlotZoom::on_release() {
    const bool moved = hold_.has_value(), dragged = drags(), pressed = pressed_.has_value();
    const QRectF chosen = pressed ? box() : QRectF();
    pressed_.reset();
    hold_.reset();
    if (pressed && !dragged && !moved) Q_EMIT clicked(mouse_);
    if (!dragged || moved || chosen.width() < kClick) return layer()->replot();
    const StepPlot::StepRange steps{plot_->xAxis->pixelToCoord(chosen.left()),
                                    plot_->xAxis->pixelToCoord(chosen.right())};
    if (chosen.height() < kFlat) return show(steps, plot_->zoomed_values());
    show(steps,
         StepPlot::ValueRange{plot_->yAxis->pixelToCoord(chosen.bottom()), plot_->yAxis->pixelToCoord(chosen.top())});
}

bool PlotZoom::on_wheel(QWheelEvent* event) {
    const bool zooms = plot_->takes_wheel() || event->modifiers().testFlag(Qt::ControlModifier);
    if (!zooms || plot_->points() == 0 || event->angleDelta().y() == 0) return false;
    zoom_by(std::pow(kWheelFactor, event->angleDelta().y() / 120.0), plot_->xAxis->pixelToCoord(event->position().x()));
    event->accept();  // else the page would scroll too
    return true;
}

bool PlotZoom::on_key(const QKeyEvent* event) {
    const int key = event->key();
    const bool ctrl = event->modifiers().testFlag(Qt::ControlModifier);
    if (key == Qt::Key_Escape && pressed_) {
        pressed_.reset();
        hold_.reset();
        layer()->replot();
        return true;
    }
    if (plot_->points() == 0 || event->modifiers().testFlag(Qt::AltModifier)) return false;
    const double middle = (plot_->seen_steps().first + plot_->seen_steps().last) / 2;
    if (ctrl && (key == Qt::Key_Right || key == Qt::Key_Left)) {
        Q_EMIT wanted_mark(key == Qt::Key_Right ? 1 : -1);
        return true;
    }
    if (ctrl) return false;
    if (key == Qt::Key_Plus || key == Qt::Key_Equal) {
        zoom_by(kKeyFactor, middle);
    } else if (key == Qt::Key_Minus) {
        zoom_by(1 / kKeyFactor, middle);
    } else if (key == Qt::Key_0) {
        show_all();
    } else if ((key == Qt::Key_Right || key == Qt::Key_Left) && plot_->zoomed()) {
        move_by(key == Qt::Key_Right ? kKeyMove : -kKeyMove);
    } else if ((key == Qt::Key_Up || key == Qt::Key_Down) && plot_->zoomed_values()) {
        move_by(0, key == Qt::Key_Up ? kKeyMove : -kKeyMove);
    } else {
        return false;
    }
    return true;
}

void PlotZoom::show_all() {
    plot_->zoom({});
    Q_EMIT zoomed();
}

void PlotZoom::zoom_by(double factor, double at) {
    const StepPlot::StepRange seen = plot_->seen_steps();
    show({at - (at - seen.first) * factor, at + (seen.last - at) * factor}, plot_->zoomed_values());
}

void PlotZoom::move_by(double steps, double values) {
    const StepPlot::StepRange seen = plot_->seen_steps();
    const double by = steps * (seen.last - seen.first);
    show({seen.first + by, seen.last + by}, moved(plot_->zoomed_values(), values));
}

void PlotZoom::show(StepPlot::StepRange steps, std::optional<StepPlot::ValueRange> values) {
    plot_->zoom_within(steps, values);
    Q_EMIT zoomed();
}

void PlotZoom::draw(QCPPainter* painter) {
    const QRectF area(plot_->axisRect()->rect());
    if (plot_->hasFocus()) {
        painter->setPen(QPen(plot_->theme().accent, stroke::kHair));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(plot_->rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius::kChip, radius::kChip);
    }
    if (!drags() || hold_) return;
    QColor color = plot_->theme().text;
    color.setAlphaF(static_cast<float>(kSelection));
    const QRectF chosen = box();
    // A flat one means all of the height.
    painter->fillRect(
        chosen.height() < kFlat ? QRectF(chosen.left(), area.top(), chosen.width(), area.height()) : chosen, color);
}

}  // namespace lathe
