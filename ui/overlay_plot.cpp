#include "ui/overlay_plot.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/number_text.h"
#include "ui/run_list.h"
#include "ui/smoothing.h"

namespace lathe {

namespace {

constexpr size_t kColumns = 800;  // drawn at most: a lowest and a highest value each
constexpr int kLeastMargin = 20, kIntervals = 6, kLongestName = 22;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

class TimeTicker : public QCPAxisTickerTime {
protected:
    QString getTickLabel(double tick, const QLocale&, QChar, int) override { return duration_text(tick); }
};

std::vector<double> smoothed(const std::vector<double>& values, double smoothing) {
    DebiasedAverage average(smoothing);
    std::vector<double> line;
    line.reserve(values.size());
    for (const double value : values) line.push_back(average.next(value));
    return line;
}

QVector<QCPGraphData> thinned(const std::vector<double>& xs, const std::vector<double>& values) {
    QVector<QCPGraphData> points;
    const size_t column = std::max<size_t>(1, values.size() / kColumns);
    for (size_t from = 0; from < values.size(); from += column) {
        const size_t to = std::min(values.size(), from + column);
        size_t low = from, high = from;
        for (size_t i = from; i < to; ++i) {
            if (std::isnan(values[i])) continue;
            if (!(values[low] <= values[i])) low = i;
            if (!(values[high] >= values[i])) high = i;
        }
        for (const size_t i : {std::min(low, high), std::max(low, high)})
            if (points.isEmpty() || i > from || points.back().key < xs[i]) points.append({xs[i], values[i]});
    }
    return points;
}

}  // namespace

double value_at(const std::vector<double>& xs, const std::vector<double>& values, double x) {
    const auto next = std::lower_bound(xs.begin(), xs.end(), x);
    if (next == xs.end() || xs.empty()) return kNaN;
    const auto at = static_cast<size_t>(next - xs.begin());
    if (*next == x) return values[at];
    if (at == 0) return kNaN;
    const double share = (x - xs[at - 1]) / (xs[at] - xs[at - 1]);
    return values[at - 1] + share * (values[at] - values[at - 1]);
}

OverlaySeries overlay_series(const RunDetail& run, OverlayAxis axis, int color) {
    OverlaySeries series;
    series.name = name_of(run.summary);
    series.color = color;
    for (const MetricPoint& point : run.metrics) {
        double x = static_cast<double>(point.step);
        if (axis == OverlayAxis::tokens) x = static_cast<double>(point.tokens);
        if (axis == OverlayAxis::time) x = point.elapsed_s;
        if (!series.x.empty() && x < series.x.back()) continue;  // of another machine's clock
        series.x.push_back(x);
        series.value.push_back(std::isfinite(point.loss) ? point.loss : kNaN);
        if (!point.eval_loss || !std::isfinite(*point.eval_loss)) continue;
        series.eval_x.push_back(x);
        series.eval.push_back(*point.eval_loss);
    }
    return series;
}

OverlayPlot::OverlayPlot(const Theme& theme, QWidget* parent)
    : CardPlot(theme, tick_text, parent), labels_(new PlotMarks(this, theme)) {  // a child of the plot
    setAntialiasedElement(QCP::aePlottables, true);
}

void OverlayPlot::show_series(std::vector<OverlaySeries> series, OverlayAxis axis, double smoothing, int baseline,
                              bool difference) {
    series_ = std::move(series);
    axis_kind_ = axis;
    smoothing_ = smoothing;
    baseline_ = baseline < static_cast<int>(series_.size()) ? baseline : -1;
    difference_ = difference && baseline_ >= 0;
    draw();
}

void OverlayPlot::draw() {
    clearGraphs();
    shown_.clear();
    for (const OverlaySeries& one : series_) shown_.push_back(smoothed(one.value, smoothing_));
    if (difference_) {
        const OverlaySeries& base = series_[static_cast<size_t>(baseline_)];
        const std::vector<double> base_line = shown_[static_cast<size_t>(baseline_)];
        for (size_t i = 0; i < series_.size(); ++i)
            for (size_t at = 0; at < shown_[i].size(); ++at)
                shown_[i][at] -= value_at(base.x, base_line, series_[i].x[at]);
    }
    double last = 0, lowest = kNaN, highest = kNaN;
    std::vector<EndLabel> labels;
    for (size_t i = 0; i < series_.size(); ++i) {
        const OverlaySeries& one = series_[i];
        add_line(i, static_cast<int>(i) == baseline_);
        if (!difference_) add_points(i);
        if (!one.x.empty()) last = std::max(last, one.x.back());
        double end = kNaN, end_x = 0;
        for (size_t at = 0; at < shown_[i].size(); ++at) {
            if (!std::isfinite(shown_[i][at])) continue;
            lowest = std::fmin(lowest, shown_[i][at]);
            highest = std::fmax(highest, shown_[i][at]);
            end = shown_[i][at];
            end_x = one.x[at];
        }
        if (!difference_)
            for (const double value : one.eval) {
                lowest = std::fmin(lowest, value);
                highest = std::fmax(highest, value);
            }
        QString name = one.name;
        if (name.size() > kLongestName) name = name.left(kLongestName - 1) + QChar(0x2026);
        if (std::isfinite(end))
            labels.push_back({end_x, end,
                              name + QLatin1Char(' ') + (difference_ ? signed_text(end, 3) : loss_text(end)),
                              theme().data[static_cast<size_t>(one.color)]});
    }
    const bool any = std::isfinite(lowest);
    show_ticks(any);
    set_steps(0, last, kIntervals);
    if (axis_kind_ == OverlayAxis::time) {
        const auto ticker = QSharedPointer<TimeTicker>::create();
        ticker->setTickCount(kIntervals);
        xAxis->setTicker(ticker);
    }
    if (any)
        set_values(difference_ ? std::min(0.0, lowest) : lowest, difference_ ? std::max(0.0, highest) : highest,
                   kIntervals);
    else
        set_values(0, 1, kIntervals);
    labels_->set_labels(std::move(labels));
    set_right_margin(std::max<int>(labels_->label_room(), kLeastMargin));
    replot(QCustomPlot::rpQueuedReplot);
}

void OverlayPlot::add_line(size_t index, bool dashed) {
    QCPGraph* line = add_open_graph();
    QPen pen = series_pen(theme().data[static_cast<size_t>(series_[index].color)], stroke::kSeries);
    if (dashed) pen.setStyle(Qt::DashLine);
    line->setPen(pen);
    line->data()->set(thinned(series_[index].x, shown_[index]), true);
}

void OverlayPlot::add_points(size_t index) {
    const OverlaySeries& one = series_[index];
    QCPGraph* points = add_open_graph();
    points->setLineStyle(QCPGraph::lsNone);
    points->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(theme().surface, 1.5),
                                            theme().data[static_cast<size_t>(one.color)], stroke::kPoint + 2));
    for (size_t i = 0; i < one.eval.size(); ++i) points->addData(one.eval_x[i], one.eval[i]);
}

void OverlayPlot::set_theme(const Theme& theme) {
    CardPlot::set_theme(theme);
    labels_->set_theme(theme);
    draw();
}

}  // namespace lathe
