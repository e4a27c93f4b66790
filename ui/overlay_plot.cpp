#include "ui/overlay_plot.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "ui/csv_text.h"
#include "ui/level_of_detail.h"
#include "ui/number_text.h"
#include "ui/run_list.h"
#include "ui/run_marks.h"

namespace lathe {

namespace {

constexpr int kLeastMargin = 20, kIntervals = 6, kLongestName = 22, kNameStart = 7, kNameEnd = 14;
constexpr size_t kMostDots = 150;
constexpr size_t kFewRuns = 3;  // more would hide each other's lines behind their values

CurveSeries difference_of(const CurveSeries& loss, const CurveSeries& base) {
    CurveSeries difference;
    int64_t next = 0;
    for (int64_t i = 0; i < loss.size(); ++i) {
        while (next < base.size() && base.place(next) < loss.place(i)) ++next;
        difference.append(loss.place(i), loss.line()[i] - base.line_before(next, loss.place(i)));
    }
    return difference;
}

bool holds_first_rows(const OverlaySeries& before, const RunDetail& run, const RunScale& scale) {
    if (before.run != run.summary.run || before.scale != scale || before.rows > run.metrics.size()) return false;
    if (before.rows == 0) return true;
    const MetricPoint& row = run.metrics[before.rows - 1];  // other ones, where it was trained anew from a checkpoint
    return row.step == before.last_row.step && row.loss == before.last_row.loss &&
           row.elapsed_s == before.last_row.elapsed_s;
}

QString short_name(const QString& name) {
    // Runs of a sweep differ at their ends.
    return name.size() > kLongestName ? name.left(kNameStart) + QChar(0x2026) + name.right(kNameEnd) : name;
}

}  // namespace

OverlaySeries overlay_series(const RunDetail& run, const RunScale& scale, int slot, double smoothing,
                             OverlaySeries before) {
    OverlaySeries series;
    if (holds_first_rows(before, run, scale)) series = std::move(before);
    series.run = run.summary.run;
    series.name = name_of(run.summary);
    series.slot = slot;
    series.scale = scale;
    if (series.loss.smoothing() != smoothing) series.loss.set_smoothing(smoothing);
    // The last row's validation may have come after it.
    for (size_t row = series.rows == 0 ? 0 : series.rows - 1; row < run.metrics.size(); ++row) {
        const MetricPoint& point = run.metrics[row];
        const double place = scale.place_of(point);
        if (place < series.loss.last_place()) continue;  // of another machine's clock
        if (row >= series.rows) series.loss.append(place, point.loss);
        if (!point.eval_loss || !std::isfinite(*point.eval_loss)) continue;
        if (row < series.rows && series.last_row.eval_loss) continue;
        series.eval_x.push_back(place);
        series.eval.push_back(*point.eval_loss);
    }
    series.rows = run.metrics.size();
    if (series.rows > 0) series.last_row = run.metrics.back();
    return series;
}

OverlayPlot::OverlayPlot(const Theme& theme, QWidget* parent)
    : StepPlot(theme, tick_text, parent), marks_(new PlotMarks(this, theme)) {  // a child of the plot
    setAntialiasedElement(QCP::aePlottables, false);                            // each graph says for itself
}

void OverlayPlot::show_series(std::vector<OverlaySeries> series, int baseline, bool difference) {
    series_ = std::move(series);
    baseline_ = baseline < static_cast<int>(series_.size()) ? baseline : -1;
    difference_ = difference && baseline_ >= 0;
    places_.clear();
    for (const OverlaySeries& one : series_) {
        std::vector<double> all;
        all.reserve(std::max(places_.size(), one.loss.places().size()));
        std::set_union(places_.begin(), places_.end(), one.loss.places().begin(), one.loss.places().end(),
                       std::back_inserter(all));
        places_ = std::move(all);
    }
    places_.erase(std::unique(places_.begin(), places_.end()), places_.end());
    find_differences();
    graphs_.clear();
    clearGraphs();
    for (size_t i = 0; i < series_.size(); ++i) {
        graphs_.push_back({addGraph(), add_open_graph(), add_open_graph()});
        for (QCPGraph* graph : {graphs_[i].raw, graphs_[i].line}) graph->setAdaptiveSampling(false);  // loses gaps
    }
}

void OverlayPlot::set_smoothing(double smoothing) {
    for (OverlaySeries& one : series_)
        if (one.loss.smoothing() != smoothing) one.loss.set_smoothing(smoothing);
    find_differences();
}

void OverlayPlot::find_differences() {
    differences_.clear();
    if (!difference_) return;
    for (const OverlaySeries& one : series_)
        differences_.push_back(difference_of(one.loss, series_[static_cast<size_t>(baseline_)].loss));
}

StepPlot::StepRange OverlayPlot::whole() const {
    return {0, places_.empty() ? 0 : places_.back()};
}

bool OverlayPlot::shows_raw() const {
    return !difference_ && series_.size() <= kFewRuns;
}

void OverlayPlot::fit() {
    const StepRange steps = seen_steps();
    set_steps(steps.first, steps.last, kIntervals);
    for (size_t i = 0; i < series_.size(); ++i) show_line(i, steps);
    show_gaps(steps);
    show_labels();
    fit_values(steps);
    cut_edges(zoomed() || std::any_of(graphs_.begin(), graphs_.end(),
                                      [this](const Graphs& graphs) { return reaches_out(*graphs.line); }));
    set_right_margin(std::max<int>(marks_->label_room(), kLeastMargin));
}

void OverlayPlot::show_line(size_t index, StepRange steps) {
    const CurveSeries& loss = shown(index);
    const auto [raw, line, validation] = graphs_[index];
    const QColor color = color_of(series_[index]);
    raw->setVisible(shows_raw());
    if (shows_raw()) {
        raw->data()->set(thinned(loss.places(), loss.values(), steps.first, steps.last, columns()), true);
        raw->setAntialiased(false);
        raw->setPen(series_pen(blend(color, theme().surface, stroke::kRawOpacity), stroke::kHair));
    }
    QPen pen = series_pen(color, stroke::kSeries);
    if (series_[index].slot >= static_cast<int>(theme().data.size())) pen.setStyle(Qt::DotLine);
    if (static_cast<int>(index) == baseline_) pen.setStyle(Qt::DashLine);
    line->setPen(pen);
    line->setAntialiased(true);
    line->data()->set(thinned(loss.places(), loss.line(), steps.first, steps.last, columns()), true);
    validation->setLineStyle(QCPGraph::lsNone);
    validation->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(theme().surface, 1.5), color, stroke::kPoint + 2));
    validation->data()->clear();
    if (difference_) return;
    const OverlaySeries& one = series_[index];
    const auto at = [&one](auto place) { return static_cast<size_t>(place - one.eval_x.begin()); };
    const size_t first = at(std::lower_bound(one.eval_x.begin(), one.eval_x.end(), steps.first)),
                 end = at(std::upper_bound(one.eval_x.begin(), one.eval_x.end(), steps.last));
    // So many that they would touch are drawn now and then.
    for (size_t i = first; i < end; i += (end - first) / kMostDots + 1) validation->addData(one.eval_x[i], one.eval[i]);
}

void OverlayPlot::show_gaps(StepRange steps) {
    std::vector<PlotMark> gaps;
    for (const OverlaySeries& one : series_)
        for (const int64_t index : gap_starts(one.loss.places(), one.loss.values(), steps.first, steps.last, columns()))
            gaps.push_back(gap_mark(one.loss.place(index), static_cast<size_t>(index), short_name(one.name)));
    marks_->set_gaps(std::move(gaps));
}

void OverlayPlot::show_labels() {
    std::vector<EndLabel> labels;
    for (size_t i = 0; i < series_.size() && !zoomed(); ++i) {
        const ValuePyramid& line = shown(i).line();
        int64_t end = line.size();
        while (end > 0 && std::isnan(line[end - 1])) --end;
        if (end == 0) continue;
        labels.push_back({shown(i).place(end - 1), line[end - 1],
                          short_name(series_[i].name) + QLatin1Char(' ') + value_text(line[end - 1]),
                          color_of(series_[i])});
    }
    marks_->set_labels(std::move(labels));
}

CurveSeries::Bounds OverlayPlot::bounds(StepRange steps) const {
    CurveSeries::Bounds all;
    for (size_t i = 0; i < series_.size(); ++i) {
        const CurveSeries::Bounds own =
            shown(i).bounds(steps.first, steps.last, {.clip = clip_, .log = log() && !difference_, .raw = shows_raw()});
        all.add(own.lowest);
        all.add(own.highest);
        if (difference_) continue;
        const OverlaySeries& one = series_[i];
        for (size_t at = 0; at < one.eval.size(); ++at)
            if (one.eval_x[at] >= steps.first && one.eval_x[at] <= steps.last && (!log() || one.eval[at] > 0))
                all.add(one.eval[at]);
    }
    if (difference_ && std::isfinite(all.lowest)) all.add(0);
    return all;
}

void OverlayPlot::fit_values(StepRange steps) {
    const CurveSeries::Bounds all = bounds(steps);
    const bool any = std::isfinite(all.lowest);
    show_ticks(any);
    if (zoomed_values()) return set_values_exactly(zoomed_values()->lower, zoomed_values()->upper, kIntervals);
    set_values(any ? all.lowest : 0, any ? all.highest : 1, kIntervals);
}

QString OverlayPlot::value_text(double value) const {
    return difference_ ? signed_text(value, 3) : loss_text(value);
}

const QColor& OverlayPlot::color_of(const OverlaySeries& series) const {
    return theme().data[static_cast<size_t>(series.slot) % theme().data.size()];
}

void OverlayPlot::set_theme(const Theme& theme) {
    StepPlot::set_theme(theme);
    marks_->set_theme(theme);
}

std::string OverlayPlot::table() const {
    std::string lines = axis_name(axis());
    for (const OverlaySeries& one : series_) lines += ',' + csv_field(one.name.toStdString());
    lines += '\n';
    const StepRange seen = seen_steps();
    for (int64_t row = std::lower_bound(places_.begin(), places_.end(), seen.first) - places_.begin();
         row < points() && step_at(row) <= seen.last; ++row) {
        add_number(lines, step_at(row));
        for (size_t i = 0; i < series_.size(); ++i) {
            lines += ',';
            const CurveSeries& loss = shown(i);
            const int64_t own = loss.nearest(step_at(row));
            if (own >= 0 && loss.place(own) == step_at(row)) add_number(lines, loss.line()[own]);
        }
        lines += '\n';
    }
    return lines;
}

}  // namespace lathe
