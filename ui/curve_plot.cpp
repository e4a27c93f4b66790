#include "ui/curve_plot.h"

#include <algorithm>
#include <cmath>

#include "ui/csv_text.h"
#include "ui/level_of_detail.h"
#include "ui/run_marks.h"

namespace lathe {

namespace {

constexpr int64_t kDottedPoints = 40;  // fewer are drawn as points too

}  // namespace

CurvePlot::CurvePlot(const Theme& theme, Look look, TickText tick_text, QWidget* parent)
    : StepPlot(theme, std::move(tick_text), parent),
      look_(look),
      raw_graph_(addGraph()),
      line_graph_(add_open_graph()),
      marks_(new PlotMarks(this, theme)) {                                                // a child of the plot
    setAntialiasedElement(QCP::aePlottables, false);                                      // each graph says for itself
    for (QCPGraph* graph : {raw_graph_, line_graph_}) graph->setAdaptiveSampling(false);  // it would lose gaps
    raw_graph_->setVisible(look_.smooth);
    restyle();
}

void CurvePlot::set_data(const std::vector<double>& steps, const std::vector<double>& values, double smoothing) {
    series_ = {};
    for (size_t i = 0; i < std::min(steps.size(), values.size()); ++i) series_.append(steps[i], values[i]);
    set_smoothing(smoothing);
    restyle();
}

void CurvePlot::set_smoothing(double smoothing) {
    series_.set_smoothing(look_.smooth ? smoothing : 0);
}

void CurvePlot::append(double step, double value) {
    series_.append(step, value);
    if (points() == kDottedPoints) restyle();
}

StepPlot::StepRange CurvePlot::whole() const {
    const bool few = axis() == RunAxis::step && points() < kDottedPoints && planned_last_ <= kDottedPoints;
    return {few && points() > 0 ? step_at(0) : 0, std::max(series_.last_place(), planned_last_)};
}

void CurvePlot::fit() {
    show_ticks(points() > 0);
    const StepRange steps = seen_steps();
    set_steps(steps.first, steps.last, look_.step_intervals);
    show_points(steps);
    show_gaps(steps);
    fit_values(steps);
    cut_edges(zoomed() || reaches_out(*line_graph_));
}

void CurvePlot::fit_values(StepRange steps) {
    if (zoomed_values())
        return set_values_exactly(zoomed_values()->lower, zoomed_values()->upper, look_.value_intervals);
    const CurveSeries::Bounds range = bounds(steps);
    if (std::isnan(range.lowest)) return set_values(0, 1, look_.value_intervals);
    const bool from_zero = look_.from_zero && !(log() && range.lowest > 0);
    set_values(from_zero ? std::min(0.0, range.lowest) : range.lowest, range.highest, look_.value_intervals);
}

void CurvePlot::show_points(StepRange steps) {
    const QVector<QCPGraphData> raw = thinned(series_.places(), series_.values(), steps.first, steps.last, columns());
    const bool dense = raw.size() > columns();
    raw_graph_->data()->set(raw, true);
    line_graph_->data()->set(thinned(series_.places(), series_.line(), steps.first, steps.last, columns()), true);
    // A column of noise is a stroke from its lowest to its highest value: a hairline without antialiasing will do.
    raw_graph_->setAntialiased(!dense);
    const QColor quiet = blend(theme().data[static_cast<size_t>(look_.color)], theme().surface, stroke::kRawOpacity);
    raw_graph_->setPen(series_pen(quiet, dense ? stroke::kHair : stroke::kRaw));
}

void CurvePlot::show_gaps(StepRange steps) {
    std::vector<PlotMark> gaps;
    for (const int64_t index : gap_starts(series_.places(), series_.values(), steps.first, steps.last, columns()))
        gaps.push_back(gap_mark(step_at(index), static_cast<size_t>(index)));
    marks_->set_gaps(std::move(gaps));
}

CurveSeries::Bounds CurvePlot::bounds(StepRange steps) const {
    return series_.bounds(steps.first, steps.last, {.clip = clip_, .log = log()});
}

void CurvePlot::set_theme(const Theme& theme) {
    CardPlot::set_theme(theme);
    marks_->set_theme(theme);
    restyle();
}

void CurvePlot::restyle() {
    const QColor color = theme().data[static_cast<size_t>(look_.color)];
    line_graph_->setPen(series_pen(color, stroke::kSeries));
    const bool dotted = points() < kDottedPoints;
    line_graph_->setScatterStyle(dotted ? QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(color), color, stroke::kPoint)
                                        : QCPScatterStyle());
}

std::string CurvePlot::table() const {
    const std::string extra = extra_column();
    std::string lines =
        std::string(axis_name(axis())) + ',' + quantity_ + ",smoothed" + (extra.empty() ? "" : ',' + extra) + '\n';
    const StepRange seen = seen_steps();
    const std::vector<double>& steps = series_.places();
    for (auto i = std::lower_bound(steps.begin(), steps.end(), seen.first) - steps.begin();
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
