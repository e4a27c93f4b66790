#include "ui/curve_plot.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lathe {

namespace {

constexpr int64_t kDottedPoints = 40;    // fewer are drawn as points too
constexpr int64_t kColumns = 800;        // drawn at most: a lowest and a highest value each
constexpr int64_t kBoundsPoints = 4096;  // that bounds() looks at
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// The value with `share` of the others below it.
double quantile(std::vector<double>& values, double share) {
    const std::ptrdiff_t index = std::lround(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + index, values.end());
    return values[static_cast<size_t>(index)];
}

}  // namespace

CurvePlot::CurvePlot(const Theme& theme, Look look, TickText tick_text, QWidget* parent)
    : CardPlot(theme, std::move(tick_text), parent),
      look_(look),
      raw_graph_(addGraph()),
      line_graph_(add_open_graph()) {
    setAntialiasedElement(QCP::aePlottables, false);  // each graph says for itself
    raw_graph_->setVisible(look_.smooth);
    restyle();
}

void CurvePlot::set_data(const std::vector<double>& steps, const std::vector<double>& values, double smoothing) {
    const size_t count = std::min(steps.size(), values.size());
    steps_.assign(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(count));
    values_.clear();
    for (size_t i = 0; i < count; ++i) values_.push_back(std::isfinite(values[i]) ? values[i] : kNaN);
    set_smoothing(smoothing);
    restyle();
}

void CurvePlot::set_smoothing(double smoothing) {
    smoothing_follows_ = smoothing < 0;
    smoothing_ = !look_.smooth ? 0 : smoothing_follows_ ? smoothing_for(points()) : smoothing;
    smooth();
}

void CurvePlot::smooth() {
    follow_at_ = points() + points() / 8 + 1;
    average_ = DebiasedAverage(smoothing_);
    smoothed_.clear();
    for (const double value : values_) smoothed_.push_back(average_.next(value));
}

void CurvePlot::append(double step, double value) {
    const double finite = std::isfinite(value) ? value : kNaN;
    steps_.push_back(step);
    values_.push_back(finite);
    if (smoothing_follows_ && points() >= follow_at_) {
        set_smoothing(-1);
    } else {
        smoothed_.push_back(average_.next(finite));
    }
    if (points() == kDottedPoints) restyle();
}

CurvePlot::StepRange CurvePlot::whole() const {
    const bool few = points() < kDottedPoints && planned_last_ <= kDottedPoints;
    return {few && !steps_.empty() ? steps_.front() : 0, std::max(last_step(), planned_last_)};
}

void CurvePlot::fit() {
    show_ticks(points() > 0);
    const StepRange steps = zoom_.value_or(whole());
    set_steps(steps.first, steps.last, look_.step_intervals);
    show_points(steps);
    const Bounds range = bounds(steps);
    if (std::isnan(range.lowest)) return set_values(0, 1, look_.value_intervals);
    set_values(look_.from_zero ? std::min(0.0, range.lowest) : range.lowest, range.highest, look_.value_intervals);
}

// QCustomPlot gets no more than a screen can show: a long noisy line is what takes it longest.
void CurvePlot::show_points(StepRange steps) {
    const auto begin = std::lower_bound(steps_.begin(), steps_.end(), steps.first) - steps_.begin();
    const auto past = std::upper_bound(steps_.begin(), steps_.end(), steps.last) - steps_.begin();
    // One more at each side: the line leaves the picture instead of ending in it.
    const int64_t first = std::max<int64_t>(0, begin - 1), end = std::min<int64_t>(points(), past + 1);
    const int64_t column = std::max<int64_t>(1, (end - first) / kColumns);
    QVector<QCPGraphData> raw, line;
    for (int64_t from = first; from < end; from += column) {
        const int64_t to = std::min(end, from + column);
        int64_t low = from, high = from;
        for (int64_t i = from; i < to; ++i) {
            if (std::isnan(value_at(i))) continue;
            if (!(value_at(low) <= value_at(i))) low = i;  // also where it is NaN
            if (!(value_at(high) >= value_at(i))) high = i;
        }
        const double middle = step_at(from + (to - from) / 2);
        raw.append({middle, value_at(low)});
        if (low != high) raw.append({middle, value_at(high)});
        line.append({step_at(to - 1), smoothed_at(to - 1)});
    }
    raw_graph_->data()->set(raw, true);
    line_graph_->data()->set(line, true);
    // A column of noise is a stroke from its lowest to its highest value: a hairline without antialiasing will do.
    raw_graph_->setAntialiased(column == 1);
    const QColor quiet = blend(theme().data[static_cast<size_t>(look_.color)], theme().surface, stroke::kRawOpacity);
    raw_graph_->setPen(series_pen(quiet, column == 1 ? stroke::kRaw : stroke::kHair));
}

CurvePlot::Bounds CurvePlot::bounds(StepRange steps) const {
    const auto first = std::lower_bound(steps_.begin(), steps_.end(), steps.first) - steps_.begin();
    const auto end = std::upper_bound(steps_.begin(), steps_.end(), steps.last) - steps_.begin();
    const int64_t stride = std::max<int64_t>(1, (end - first) / kBoundsPoints);
    std::vector<double> raw, line;
    for (int64_t i = first; i < end; i += stride) {
        if (!std::isfinite(value_at(i))) continue;
        raw.push_back(value_at(i));
        line.push_back(smoothed_at(i));
    }
    if (raw.empty()) return {kNaN, kNaN};
    const auto [low, high] = std::minmax_element(line.begin(), line.end());
    return {std::min(*low, quantile(raw, 0.005)), std::max(*high, quantile(raw, 0.995))};
}

void CurvePlot::set_theme(const Theme& theme) {
    CardPlot::set_theme(theme);
    restyle();
}

void CurvePlot::restyle() {
    const QColor color = theme().data[static_cast<size_t>(look_.color)];
    line_graph_->setPen(series_pen(color, stroke::kSeries));
    const bool dotted = points() < kDottedPoints;
    line_graph_->setScatterStyle(dotted ? QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(color), color, stroke::kPoint)
                                        : QCPScatterStyle());
}

double CurvePlot::last_smoothed() const {
    const auto last =
        std::find_if(smoothed_.rbegin(), smoothed_.rend(), [](double value) { return std::isfinite(value); });
    return last == smoothed_.rend() ? kNaN : *last;
}

int64_t CurvePlot::nearest(double step) const {
    if (steps_.empty()) return -1;
    const auto next = std::lower_bound(steps_.begin(), steps_.end(), step);
    if (next == steps_.begin()) return 0;
    if (next == steps_.end() || step - *(next - 1) < *next - step) return next - steps_.begin() - 1;
    return next - steps_.begin();
}

}  // namespace lathe
