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

constexpr int kLeastMargin = 20;  // half a tick label
constexpr int kMostDots = 150;
constexpr double kEndShare = 0.85;  // lines that end beyond this share of the axis need room for their names

}  // namespace

LossPlot::LossPlot(const Theme& theme, QWidget* parent)
    : CurvePlot(theme, {.color = 0, .smooth = true, .from_zero = false, .step_intervals = 9, .value_intervals = 5},
                tick_text, parent),
      validation_(add_open_graph()) {
    set_quantity("loss");
    restyle();
}

void LossPlot::set_validation(const std::vector<double>& steps, const std::vector<double>& losses) {
    validation_->data()->clear();
    for (size_t i = 0; i < std::min(steps.size(), losses.size()); ++i) add_validation(steps[i], losses[i]);
}

void LossPlot::add_validation(double step, double loss) {
    validation_->data()->remove(step);
    validation_->addData(step, std::isfinite(loss) ? loss : NAN);  // NAN: a gap
}

void LossPlot::fit() {
    show_labels();
    CurvePlot::fit();
    const QCPRange steps = xAxis->range();
    // So many that they would touch are their line alone, which is drawn fast.
    const auto seen = validation_->data()->findEnd(steps.upper) - validation_->data()->findBegin(steps.lower);
    const bool dense = seen > kMostDots;
    validation_->setScatterStyle(dense ? QCPScatterStyle(QCPScatterStyle::ssNone) : dots_);
    validation_->setPen(series_pen(theme().data[1], dense ? stroke::kHair : stroke::kSeries));
    validation_->setAntialiased(!dense);
    const bool at_the_end = series().last_place() > steps.lower + kEndShare * steps.size();
    set_right_margin(at_the_end ? std::max<int>(marks().label_room(), kLeastMargin) : kLeastMargin);
}

void LossPlot::show_labels() {
    std::vector<EndLabel> labels;
    const double train = last_smoothed(), last_step = series().last_place();
    if (std::isfinite(train))
        labels.push_back({last_step, train, Words::tr("train") + QLatin1Char(' ') + loss_text(train), theme().data[0]});
    if (!validation_->data()->isEmpty() && std::isfinite((validation_->data()->constEnd() - 1)->value)) {
        const QCPGraphData& last = *(validation_->data()->constEnd() - 1);
        labels.push_back({std::max(last.key, last_step), last.value,
                          Words::tr("validation") + QLatin1Char(' ') + loss_text(last.value), theme().data[1]});
    }
    if (zoomed()) labels.clear();
    set_labels(std::move(labels));
}

CurveSeries::Bounds LossPlot::bounds(StepRange steps) const {
    CurveSeries::Bounds all = CurvePlot::bounds(steps);
    const auto end = validation_->data()->constEnd();
    for (auto point = validation_->data()->findBegin(steps.first, false); point != end && point->key <= steps.last;
         ++point)
        if (!log() || point->value > 0) all.add(point->value);
    return all;
}

double LossPlot::validation_at(double step) const {
    const auto next = validation_->data()->findBegin(std::nextafter(step, INFINITY), false);
    return next == validation_->data()->constBegin() ? NAN : (next - 1)->value;
}

double LossPlot::extra_at(int64_t index) const {
    const auto at = validation_->data()->findBegin(step_at(index), false);
    return at != validation_->data()->constEnd() && at->key == step_at(index) ? at->value : NAN;
}

void LossPlot::set_theme(const Theme& theme) {
    CurvePlot::set_theme(theme);
    restyle();
}

void LossPlot::restyle() {
    const QColor color = theme().data[1];
    // A ring of the card's colour keeps the points apart from the line beneath.
    dots_ = QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(theme().surface, 1.5), color, stroke::kPoint + 3);
    validation_->setScatterStyle(dots_);
}

}  // namespace lathe
