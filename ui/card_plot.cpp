#include "ui/card_plot.h"

#include <algorithm>
#include <cmath>

#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr int kTopMargin = 12,  // half a label; QCustomPlot hides one that would be cut
    kRightMargin = 20, kLabelGap = 8, kEdge = 6;
constexpr int64_t kLeastColumns = 800;  // also of a plot that has no size yet

class RoundTicker : public QCPAxisTickerFixed {
public:
    RoundTicker(double step, CardPlot::TickText text) : text_(std::move(text)) {
        setTickStep(step);
        setScaleStrategy(ssNone);
    }

protected:
    QString getTickLabel(double tick, const QLocale&, QChar, int) override { return text_(tick, tickStep()); }

private:
    CardPlot::TickText text_;
};

// Points on the edge of the axes are drawn whole, unless `cut`, which its plot owns.
class OpenGraph : public QCPGraph {
public:
    OpenGraph(QCPAxis* x, QCPAxis* y, const bool& cut) : QCPGraph(x, y), cut_(cut) {}

protected:
    QRect clipRect() const override {
        const int edge = cut_ ? 0 : kEdge;
        return QCPGraph::clipRect().adjusted(-edge, -edge, edge, edge);
    }

private:
    const bool& cut_;
};

}  // namespace

AxisScale round_scale(double lowest, double highest, int intervals) {
    if (!std::isfinite(lowest) || !std::isfinite(highest)) return {};
    double range = highest - lowest;
    if (range <= std::abs(highest) * 1e-9) {  // flat: a tenth of it to both sides
        range = highest == 0 ? 1 : std::abs(highest) * 0.2;
        lowest -= range / 2;
        highest += range / 2;
    }
    const double step = round_number(range / intervals);
    return {.lower = std::floor(lowest / step + 1e-9) * step,
            .upper = std::ceil(highest / step - 1e-9) * step,
            .step = step};
}

CardPlot::CardPlot(const Theme& theme, TickText tick_text, QWidget* parent)
    : QCustomPlot(parent), theme_(&theme), tick_text_(std::move(tick_text)) {
    setBackground(Qt::NoBrush);
    setAttribute(Qt::WA_OpaquePaintEvent, false);  // the card shows through
    setPlottingHint(QCP::phFastPolylines);         // else a noisy line of a thousand points takes a second
    setAntialiasedElements(QCP::aePlottables | QCP::aeFills | QCP::aeScatters | QCP::aeItems | QCP::aeOther);
    axisRect()->setAutoMargins(QCP::msLeft | QCP::msBottom);
    axisRect()->setBackground(Qt::NoBrush);
    set_right_margin(kRightMargin);
    for (QCPAxis* axis : {xAxis, yAxis}) {
        axis->setBasePen(Qt::NoPen);
        axis->setTickPen(Qt::NoPen);
        axis->setSubTicks(false);
        axis->setNumberFormat(QStringLiteral("g"));  // no typeset powers: 2e-4 as everywhere
        axis->setTickLength(0);
        axis->setTickLabelFont(text_font(TextRole::caption));
        axis->setTickLabelPadding(kLabelGap);
        axis->setPadding(0);
    }
    xAxis->grid()->setVisible(false);
    CardPlot::set_theme(theme);
}

void CardPlot::set_theme(const Theme& theme) {
    theme_ = &theme;
    for (QCPAxis* axis : {xAxis, yAxis}) axis->setTickLabelColor(theme.muted);
    yAxis->grid()->setPen(QPen(theme.line, stroke::kHair));
    yAxis->grid()->setZeroLinePen(QPen(theme.line, stroke::kHair));
}

void CardPlot::draw_on(QPainter& painter, const QRect& place) {
    QImage image(place.size() * painter.device()->devicePixelRatioF(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(painter.device()->devicePixelRatioF());
    image.fill(Qt::transparent);
    {
        QCPPainter plot_painter(&image);
        toPainter(&plot_painter, place.width(), place.height());
    }
    painter.drawImage(place.topLeft(), image);
}

void CardPlot::draw_vectors(QCPPainter& painter, const QRect& place) {
    painter.save();
    painter.setMode(QCPPainter::pmVectorized);
    painter.translate(place.topLeft());
    toPainter(&painter, place.width(), place.height());
    painter.restore();
}

void CardPlot::show_ticks(bool shown) {
    xAxis->setTickLabels(shown);
    yAxis->setTickLabels(shown);
}

// The page scrolls; what zooms has looked at it before (plot_zoom.h).
void CardPlot::wheelEvent(QWheelEvent* event) {
    event->ignore();
}

void CardPlot::set_steps(double first, double last, int intervals) {
    if (last <= first) last = first + 1;
    const RunAxis axis = axis_;
    xAxis->setTicker(QSharedPointer<RoundTicker>::create(
        axis_step((last - first) / intervals, axis),
        [axis](double value, double step) { return axis_tick(value, step, axis); }));
    xAxis->setRange(first, last);
}

void CardPlot::set_values(double lowest, double highest, int intervals) {
    if (log_ && lowest > 0 && std::isfinite(highest)) {
        const double margin = std::pow(highest / lowest, 0.04) * 1.001;
        return set_values_exactly(lowest / margin, highest * margin, intervals);
    }
    const AxisScale scale = round_scale(lowest, highest, intervals);
    yAxis->setScaleType(QCPAxis::stLinear);
    yAxis->setTicker(QSharedPointer<RoundTicker>::create(scale.step, tick_text_));
    yAxis->setRange(scale.lower, scale.upper);
}

void CardPlot::set_values_exactly(double lower, double upper, int intervals) {
    const bool factors = log_ && lower > 0;
    yAxis->setScaleType(factors ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    if (factors) {
        set_log_ticks(lower, upper, intervals);
    } else {
        yAxis->setTicker(QSharedPointer<RoundTicker>::create(round_number((upper - lower) / intervals), tick_text_));
    }
    yAxis->setRange(lower, upper);
}

// Powers of ten; between them 2 and 5, then round numbers, where there would be too few.
void CardPlot::set_log_ticks(double lower, double upper, int intervals) {
    const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    const int first = static_cast<int>(std::floor(std::log10(lower))), last = static_cast<int>(std::log10(upper)) + 1;
    const double decades = std::log10(upper / lower);
    if (decades < 1) {
        const double step = round_number((upper - lower) / intervals);
        for (double tick = std::ceil(lower / step) * step; tick <= upper; tick += step)
            ticker->addTick(tick, tick_text_(tick, step));
    } else {
        const int stride = std::max(1, static_cast<int>(decades / (2 * intervals)));
        for (int power = first; power <= last; power += stride)
            for (const double factor : {1.0, 2.0, 5.0}) {
                const double tick = factor * std::pow(10.0, power);
                if ((factor == 1 || decades < 3) && tick >= lower && tick <= upper)
                    ticker->addTick(tick, tick_text_(tick, tick));
            }
    }
    yAxis->setTicker(ticker);
}

void CardPlot::set_right_margin(int pixels) {
    axisRect()->setMargins(QMargins(0, kTopMargin, pixels, 0));
}

QCPGraph* CardPlot::add_open_graph() {
    return new OpenGraph(xAxis, yAxis, cuts_edges_);
}  // registers itself with its plot, which owns it

bool CardPlot::reaches_out(const QCPGraph& graph) const {
    return std::any_of(graph.data()->constBegin(), graph.data()->constEnd(), [this](const QCPGraphData& point) {
        return std::isfinite(point.value) && !yAxis->range().contains(point.value);
    });
}

int64_t CardPlot::columns() const {
    return std::max<int64_t>(kLeastColumns, axisRect()->width());
}

QPen CardPlot::series_pen(const QColor& color, double width) const {
    return {color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin};
}

}  // namespace lathe
