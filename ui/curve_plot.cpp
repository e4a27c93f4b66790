#include "ui/curve_plot.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "ui/level_of_detail.h"

namespace lathe {

namespace {

constexpr int64_t kDottedPoints = 40;    // fewer are drawn as points too
constexpr int64_t kLeastColumns = 800;   // also of a plot that has no size yet
constexpr int64_t kBoundsPoints = 4096;  // that bounds() looks at
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// The value with `share` of the others below it.
double quantile(std::vector<double>& values, double share) {
    const std::ptrdiff_t index = std::lround(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + index, values.end());
    return values[static_cast<size_t>(index)];
}

void add_number(std::string& line, double number) {
    char text[32];
    line.append(text, std::to_chars(text, text + sizeof text, number).ptr);
}

}  // namespace

CurvePlot::CurvePlot(const Theme& theme, Look look, TickText tick_text, QWidget* parent)
    : StepPlot(theme, std::move(tick_text), parent),
      look_(look),
      raw_graph_(addGraph()),
      line_graph_(add_open_graph()),
      last_smoothed_(kNaN) {
    setAntialiasedElement(QCP::aePlottables, false);                                      // each graph says for itself
    for (QCPGraph* graph : {raw_graph_, line_graph_}) graph->setAdaptiveSampling(false);  // it would lose gaps
    raw_graph_->setVisible(look_.smooth);
    restyle();
}

void CurvePlot::set_data(const std::vector<double>& steps, const std::vector<double>& values, double smoothing) {
    const size_t count = std::min(steps.size(), values.size());
    steps_.assign(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(count));
    values_.clear();
    for (size_t i = 0; i < count; ++i) values_.append(values[i]);
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
    last_smoothed_ = kNaN;
    for (int64_t i = 0; i < points(); ++i) smooth_next(value_at(i));
}

void CurvePlot::smooth_next(double value) {
    const double smoothed = average_.next(value);
    if (std::isfinite(smoothed)) last_smoothed_ = smoothed;
    smoothed_.append(smoothed);
}

void CurvePlot::append(double step, double value) {
    steps_.push_back(std::max(step, last_step()));
    values_.append(value);
    if (smoothing_follows_ && points() >= follow_at_) {
        set_smoothing(-1);
    } else {
        smooth_next(value);
    }
    if (points() == kDottedPoints) restyle();
}

StepPlot::StepRange CurvePlot::whole() const {
    const bool few = axis() == RunAxis::step && points() < kDottedPoints && planned_last_ <= kDottedPoints;
    return {few && !steps_.empty() ? steps_.front() : 0, std::max(last_step(), planned_last_)};
}

void CurvePlot::fit() {
    show_ticks(points() > 0);
    const StepRange steps = seen_steps();
    set_steps(steps.first, steps.last, look_.step_intervals);
    show_points(steps);
    fit_values(steps);
    const auto is_out = [this](const QCPGraphData& point) {
        return std::isfinite(point.value) && !yAxis->range().contains(point.value);
    };
    const auto& line = *line_graph_->data();
    cut_edges(zoomed() || std::any_of(line.constBegin(), line.constEnd(), is_out));
}

void CurvePlot::fit_values(StepRange steps) {
    if (zoomed_values())
        return set_values_exactly(zoomed_values()->lower, zoomed_values()->upper, look_.value_intervals);
    const Bounds range = bounds(steps);
    if (std::isnan(range.lowest)) return set_values(0, 1, look_.value_intervals);
    const bool from_zero = look_.from_zero && !(log() && range.lowest > 0);
    set_values(from_zero ? std::min(0.0, range.lowest) : range.lowest, range.highest, look_.value_intervals);
}

int64_t CurvePlot::columns() const {
    return std::max<int64_t>(kLeastColumns, axisRect()->width());
}

void CurvePlot::show_points(StepRange steps) {
    const QVector<QCPGraphData> raw = thinned(steps_, values_, steps.first, steps.last, columns());
    const bool dense = raw.size() > columns();
    raw_graph_->data()->set(raw, true);
    line_graph_->data()->set(thinned(steps_, smoothed_, steps.first, steps.last, columns()), true);
    // A column of noise is a stroke from its lowest to its highest value: a hairline without antialiasing will do.
    raw_graph_->setAntialiased(!dense);
    const QColor quiet = blend(theme().data[static_cast<size_t>(look_.color)], theme().surface, stroke::kRawOpacity);
    raw_graph_->setPen(series_pen(quiet, dense ? stroke::kHair : stroke::kRaw));
}

std::vector<int64_t> CurvePlot::gaps_seen() const {
    return gap_starts(steps_, values_, seen_steps().first, seen_steps().last, columns());
}

CurvePlot::Bounds CurvePlot::bounds(StepRange steps) const {
    const auto first = std::lower_bound(steps_.begin(), steps_.end(), steps.first) - steps_.begin();
    const auto end = std::upper_bound(steps_.begin(), steps_.end(), steps.last) - steps_.begin();
    const ValuePyramid::Extent all = values_.extent(first, end);
    const auto drawn = [this](double value) { return std::isfinite(value) && (!log() || value > 0); };
    if (!clip_ && drawn(all.low)) return {all.low, all.high};
    const int64_t stride = std::max<int64_t>(1, (end - first) / kBoundsPoints);
    std::vector<double> raw, smooth;
    for (int64_t i = first; i < end; i += stride) {
        if (drawn(value_at(i))) raw.push_back(value_at(i));
        if (drawn(smoothed_at(i))) smooth.push_back(smoothed_at(i));
    }
    if (raw.empty() || smooth.empty()) return {kNaN, kNaN};
    if (!clip_) return {*std::min_element(raw.begin(), raw.end()), all.high};
    // Where the line begins and ends is no outlier, however few are like it.
    const double begin = smooth.front(), finish = smooth.back();  // before quantile() sorts
    return {std::min({quantile(raw, 0.005), quantile(smooth, 0.005), begin, finish}),
            std::max({quantile(raw, 0.995), quantile(smooth, 0.995), begin, finish})};
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

int64_t CurvePlot::nearest(double step) const {
    if (steps_.empty()) return -1;
    const auto next = std::lower_bound(steps_.begin(), steps_.end(), step);
    if (next == steps_.begin()) return 0;
    if (next == steps_.end() || step - *(next - 1) < *next - step) return next - steps_.begin() - 1;
    return next - steps_.begin();
}

std::string CurvePlot::table() const {
    const std::string extra = extra_column();
    std::string lines =
        std::string(axis_name(axis())) + ',' + quantity_ + ",smoothed" + (extra.empty() ? "" : ',' + extra) + '\n';
    const StepRange seen = seen_steps();
    for (auto i = std::lower_bound(steps_.begin(), steps_.end(), seen.first) - steps_.begin();
         i < points() && step_at(i) <= seen.last; ++i) {
        add_number(lines, step_at(i));
        for (const double value : {value_at(i), smoothed_at(i)}) {
            lines += ',';
            add_number(lines, value);
        }
        if (!extra.empty()) lines += ',';
        if (!extra.empty() && !std::isnan(extra_at(i))) add_number(lines, extra_at(i));
        lines += '\n';
    }
    return lines;
}

}  // namespace lathe
