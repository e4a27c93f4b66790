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

constexpr int kLeastMargin = 20;    // half a tick label
constexpr double kEndShare = 0.85;  // lines that end beyond this share of the axis need room for their names

}  // namespace

LossPlot::LossPlot(const Theme& theme, QWidget* parent)
    : CurvePlot(theme, {.color = 0, .smooth = true, .from_zero = false, .step_intervals = 9, .value_intervals = 5},
                tick_text, parent),
      validation_(add_open_graph()),
      overlay_(new PlotMarks(this, theme)) {  // a child of the plot
    restyle();
}

void LossPlot::set_data(const std::vector<double>& steps, const std::vector<double>& values, double smoothing) {
    CurvePlot::set_data(steps, values, smoothing);
    broken_steps_.clear();
    searched_ = 0;
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
    find_broken_steps();
    std::vector<PlotMark> marks;
    for (const double step : broken_steps_) marks.push_back({step, Words::tr("not finite"), Tone::bad});
    marks.insert(marks.end(), marks_.begin(), marks_.end());
    overlay_->set_marks(std::move(marks));

    std::vector<EndLabel> labels;
    const double train = last_smoothed();
    if (std::isfinite(train))
        labels.push_back(
            {last_step(), train, Words::tr("train") + QLatin1Char(' ') + loss_text(train), theme().data[0]});
    if (!validation_->data()->isEmpty()) {
        const QCPGraphData& last = *(validation_->data()->constEnd() - 1);
        labels.push_back({std::max(last.key, last_step()), last.value,
                          Words::tr("validation") + QLatin1Char(' ') + loss_text(last.value), theme().data[1]});
    }
    if (zoomed()) labels.clear();
    overlay_->set_labels(std::move(labels));
    CurvePlot::fit();
    const QCPRange steps = xAxis->range();
    const bool at_the_end = last_step() > steps.lower + kEndShare * steps.size();
    set_right_margin(at_the_end ? std::max<int>(overlay_->label_room(), kLeastMargin) : kLeastMargin);
}

CurvePlot::Bounds LossPlot::bounds(StepRange steps) const {
    Bounds all = CurvePlot::bounds(steps);
    for (const QCPGraphData& point : *validation_->data()) {
        if (point.key < steps.first || point.key > steps.last) continue;
        all.lowest = std::fmin(all.lowest, point.value);
        all.highest = std::fmax(all.highest, point.value);
    }
    return all;
}

double LossPlot::validation_at(double step) const {
    const auto next = validation_->data()->findBegin(std::nextafter(step, INFINITY), false);
    return next == validation_->data()->constBegin() ? NAN : (next - 1)->value;
}

void LossPlot::find_broken_steps() {
    for (; searched_ < points(); ++searched_) {
        const bool follows_one = searched_ > 0 && !std::isfinite(value_at(searched_ - 1));
        if (!std::isfinite(value_at(searched_)) && !follows_one) broken_steps_.push_back(step_at(searched_));
    }
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
