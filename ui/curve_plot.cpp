#include "ui/curve_plot.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lathe {

namespace {

constexpr int64_t kDottedPoints = 40;  // fewer are drawn as points too
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// The value with `share` of the others below it.
double quantile(std::vector<double>& values, double share) {
    const auto index = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1) + 0.5);
    std::nth_element(values.begin(), values.begin() + index, values.end());
    return values[static_cast<size_t>(index)];
}

}  // namespace

CurvePlot::CurvePlot(const Theme& theme, Look look, TickText tick_text, QWidget* parent)
    : CardPlot(theme, std::move(tick_text), parent),
      look_(look),
      raw_graph_(addGraph()),
      line_graph_(add_open_graph()) {
    raw_graph_->setVisible(look_.smooth);
    restyle();
}

void CurvePlot::set_data(const std::vector<double>& steps, const std::vector<double>& values, double smoothing) {
    smoothing_ = !look_.smooth ? 0 : smoothing < 0 ? smoothing_for(static_cast<int64_t>(steps.size())) : smoothing;
    average_ = DebiasedAverage(smoothing_);
    steps_.clear();
    values_.clear();
    smoothed_.clear();
    raw_graph_->data()->clear();
    line_graph_->data()->clear();
    for (size_t i = 0; i < std::min(steps.size(), values.size()); ++i) append(steps[i], values[i]);
    restyle();
}

void CurvePlot::append(double step, double value) {
    const double finite = std::isfinite(value) ? value : kNaN;
    steps_.push_back(step);
    values_.push_back(finite);
    smoothed_.push_back(average_.next(finite));
    raw_graph_->addData(step, finite);
    line_graph_->addData(step, smoothed_.back());
    if (points() == kDottedPoints) restyle();
}

void CurvePlot::fit() {
    const bool few = points() < kDottedPoints && planned_last_ <= kDottedPoints;
    const double first = few && !steps_.empty() ? steps_.front() : 0;
    set_steps(first, std::max(last_step(), planned_last_), look_.step_intervals);
    const Bounds range = bounds();
    if (std::isnan(range.lowest)) return set_values(0, 1, look_.value_intervals);
    set_values(look_.from_zero ? std::min(0.0, range.lowest) : range.lowest, range.highest, look_.value_intervals);
}

CurvePlot::Bounds CurvePlot::bounds() const {
    std::vector<double> raw, line;
    for (size_t i = 0; i < values_.size(); ++i) {
        if (!std::isfinite(values_[i])) continue;
        raw.push_back(values_[i]);
        line.push_back(smoothed_[i]);
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
    QColor quiet = color;
    quiet.setAlphaF(stroke::kRawOpacity);
    raw_graph_->setPen(series_pen(quiet, stroke::kRaw));
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

}  // namespace lathe
