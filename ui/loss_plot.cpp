#include "ui/loss_plot.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "ui/number_text.h"

namespace lathe {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(LossPlot)
};

constexpr double kEndShare = 0.85;  // lines that end beyond this share of the axis need room for their names

}  // namespace

LossPlot::LossPlot(const Theme& theme, QWidget* parent)
    : CurvePlot(theme, {.color = 0, .smooth = true, .from_zero = false, .step_intervals = 9, .value_intervals = 5},
                tick_text, parent),
      validation_(add_open_graph()),
      overlay_(new PlotMarks(this, theme)) {  // a child of the plot
    restyle();
}

void LossPlot::set_validation(const std::vector<double>& steps, const std::vector<double>& losses) {
    validation_->data()->clear();
    for (size_t i = 0; i < std::min(steps.size(), losses.size()); ++i) add_validation(steps[i], losses[i]);
}

void LossPlot::add_validation(double step, double loss) {
    validation_->data()->remove(step);
    if (std::isfinite(loss)) validation_->addData(step, loss);
}

void LossPlot::set_marks(std::vector<PlotMark> marks) {
    marks_ = std::move(marks);
}

void LossPlot::fit() {
    std::vector<PlotMark> marks = broken_steps();
    marks.insert(marks.end(), marks_.begin(), marks_.end());
    overlay_->set_marks(std::move(marks));

    std::vector<EndLabel> labels;
    const double train = last_smoothed();
    if (std::isfinite(train))
        labels.push_back(
            {last_step(), train, Words::tr("train") + QLatin1Char(' ') + loss_text(train), theme().data[0]});
    if (!validation_->data()->isEmpty()) {
        const QCPGraphData& last = *(validation_->data()->constEnd() - 1);
        const double step = std::max(last.key, last.key > kEndShare * last_step() ? last_step() : last.key);
        labels.push_back(
            {step, last.value, Words::tr("validation") + QLatin1Char(' ') + loss_text(last.value), theme().data[1]});
    }
    overlay_->set_labels(std::move(labels));
    CurvePlot::fit();
    const QCPRange steps = xAxis->range();
    const bool at_the_end = last_step() > steps.lower + kEndShare * steps.size();
    set_right_margin(at_the_end ? std::max<int>(overlay_->label_room(), space::kCard) : space::kCard);
}

CurvePlot::Bounds LossPlot::bounds() const {
    Bounds all = CurvePlot::bounds();
    for (const QCPGraphData& point : *validation_->data()) {
        all.lowest = std::fmin(all.lowest, point.value);
        all.highest = std::fmax(all.highest, point.value);
    }
    return all;
}

// The first step of every stretch without a finite loss.
std::vector<PlotMark> LossPlot::broken_steps() const {
    std::vector<PlotMark> marks;
    bool whole = true;
    for (int64_t i = 0; i < points(); ++i) {
        const bool finite = std::isfinite(smoothed_at(i));
        if (whole && !finite) marks.push_back({step_at(i), Words::tr("not finite"), Tone::bad});
        whole = finite;
    }
    return marks;
}

void LossPlot::set_theme(const Theme& theme) {
    CurvePlot::set_theme(theme);
    overlay_->set_theme(theme);
    restyle();
}

void LossPlot::restyle() {
    const QColor color = theme().data[1];
    validation_->setPen(series_pen(color, stroke::kSeries));
    // A ring of the card's colour keeps the points apart from the line beneath.
    validation_->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(theme().surface, 1.5), color, stroke::kPoint + 3));
}

}  // namespace lathe
