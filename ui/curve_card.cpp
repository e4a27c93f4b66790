#include "ui/curve_card.h"

#include <QCoreApplication>
#include <cmath>

#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr int kPlotHeight = 84;

}  // namespace

double planned_last_step(const RunDetail& run) {
    const bool goes_on = run.summary.state == "running" || run.summary.state == "paused";
    return goes_on ? static_cast<double>(run.summary.max_steps) : 0;
}

std::vector<double> steps_of(const RunDetail& run) {
    std::vector<double> steps;
    for (const MetricPoint& point : run.metrics) steps.push_back(static_cast<double>(point.step));
    return steps;
}

std::vector<double> values_of(const RunDetail& run, double MetricPoint::*quantity) {
    std::vector<double> values;
    for (const MetricPoint& point : run.metrics) values.push_back(point.*quantity);
    return values;
}

CurveCard::CurveCard(double MetricPoint::*quantity, const CurvePlot::Look& look, ValueText value_text, QWidget* parent)
    : Card(parent),
      quantity_(quantity),
      value_text_(std::move(value_text)),
      plot_(new CurvePlot(current_theme(), look, tick_text)) {
    plot_->setMinimumHeight(kPlotHeight);
    content()->addWidget(plot_, 1);
    auto* cursor = new PlotCursor(plot_, [this](int64_t index) {
        return std::vector<PlotCursor::Line>{
            {tr("step %1").arg(count_text(std::llround(plot_->step_at(index)))), plot_->theme().muted, false},
            {value_text_(plot_->value_at(index)), plot_->theme().text}};
    });
    connect(cursor, &PlotCursor::zoomed, this, &CurveCard::refresh);
}

void CurveCard::set_run(const RunDetail& run) {
    plot_->zoom({});
    plot_->set_data(steps_of(run), values_of(run, quantity_));
    plot_->set_last_step(planned_last_step(run));
    refresh();
}

void CurveCard::append(const RunDetail& run, int first) {
    for (size_t i = static_cast<size_t>(first); i < run.metrics.size(); ++i)
        plot_->append(static_cast<double>(run.metrics[i].step), run.metrics[i].*quantity_);
}

void CurveCard::refresh() {
    plot_->fit();
    const double last = plot_->last_smoothed();
    set_aside(std::isfinite(last) ? value_text_(last) : QString());
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void CurveCard::set_theme(const Theme& theme) {
    plot_->set_theme(theme);
    refresh();
}

void CurveCard::set_words(const QString& title, const QString& tooltip) {
    set_title(title);
    plot_->setAccessibleName(title);
    plot_->setAccessibleDescription(tooltip);
}

}  // namespace lathe
