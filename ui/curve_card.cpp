#include "ui/curve_card.h"

#include <cmath>

#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr int kPlotHeight = 84;

}  // namespace

CurveCard::CurveCard(double MetricPoint::*quantity, const QString& key, const CurvePlot::Look& look,
                     ValueText value_text, const CurveSettings& settings, QWidget* parent)
    : CurveCard(quantity, key, new CurvePlot(current_theme(), look, tick_text), std::move(value_text), settings,
                parent) {}

CurveCard::CurveCard(double MetricPoint::*quantity, const QString& key, CurvePlot* plot, ValueText value_text,
                     const CurveSettings& settings, QWidget* parent)
    : RunPlotCard(plot, key, settings, parent), quantity_(quantity), value_text_(std::move(value_text)), plot_(plot) {
    plot_->setMinimumHeight(kPlotHeight);
    plot_->set_quantity(key.toStdString());
}

void CurveCard::begin(const RunDetail& run) {
    RunPlotCard::begin(run);
    plot_->set_data({}, {}, settings().smoothing());
    set_words(title_, tooltip_);
}

void CurveCard::append(const RunDetail& run, int first, int end) {
    for (auto i = static_cast<size_t>(first); i < static_cast<size_t>(end); ++i)
        plot_->append(scale().place_of(run.metrics[i]), run.metrics[i].*quantity_);
}

void CurveCard::refresh() {
    plot_->set_last_step(scale().planned_end(run()));
    const double last = plot_->last_smoothed();
    set_aside(std::isfinite(last) ? value_text_(last) : QString());
    PlotCard::refresh();
}

void CurveCard::apply_look() {
    PlotCard::apply_look();
    plot_->set_clip(settings().clip(key()));
}

std::vector<PlotCursor::Line> CurveCard::readout(int64_t index) const {
    return {place_line(index), {value_text_(plot_->value_at(index)), plot_->theme().text}};
}

void CurveCard::set_words(const QString& title, const QString& tooltip) {
    title_ = title;
    tooltip_ = tooltip;
    set_names(title, tooltip);
}

void CurveCard::retranslate() {
    set_words(title_, tooltip_);
    PlotCard::retranslate();
}

}  // namespace lathe
