#include "ui/run_plot_card.h"

#include "ui/number_text.h"
#include "ui/run_list.h"

namespace lathe {

namespace {

const RunDetail kNoRun;

}  // namespace

RunPlotCard::RunPlotCard(StepPlot* plot, const QString& key, const CurveSettings& settings, QWidget* parent)
    : PlotCard(plot, key, settings, parent), run_(&kNoRun) {}

void RunPlotCard::begin(const RunDetail& run) {
    run_ = &run;
    scale_ = scale_of(run, settings().axis());
    show_zoom_of(run.summary.run, scale_.axis);
    apply_look();
}

void RunPlotCard::set_names(const QString& title, const QString& description) {
    PlotCard::set_names(title, description, name_of(run_->summary), QString::fromStdString(run_->summary.run));
}

PlotCursor::Line RunPlotCard::place_line(int64_t index) const {
    const auto row = static_cast<size_t>(index);
    QString text = place_text(plot().step_at(index), scale_.axis);
    if (scale_.axis != RunAxis::step && row < run_->metrics.size())
        text = tr("%1 · step %2").arg(text, count_text(run_->metrics[row].step));
    return {text, plot().theme().muted, false};
}

}  // namespace lathe
