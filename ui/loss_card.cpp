#include "ui/loss_card.h"

#include <QSignalBlocker>
#include <cmath>

#include "ui/curve_card.h"
#include "ui/number_text.h"
#include "ui/run_marks.h"

namespace lathe {

namespace {

constexpr int kPlotHeight = 180, kSliderWidth = 92, kMostSmoothing = 99;  // in hundredths

}  // namespace

LossCard::LossCard(QWidget* parent)
    : Card(parent),
      plot_(new LossPlot(current_theme())),
      smoothing_word_(make_label(TextRole::caption, Tone::muted)),
      smoothing_(new QSlider(Qt::Horizontal)),
      follow_(make_button(ButtonKind::quiet)),
      picture_(make_button(ButtonKind::quiet)),
      table_(make_button(ButtonKind::quiet)) {
    plot_->setMinimumHeight(kPlotHeight);
    plot_->take_wheel();
    smoothing_->setRange(0, kMostSmoothing);
    smoothing_->setFixedWidth(kSliderWidth);
    for (QWidget* control : std::initializer_list<QWidget*>{smoothing_word_, smoothing_, follow_, picture_, table_})
        header()->addWidget(control);
    content()->addWidget(plot_, 1);
    auto* cursor = new PlotCursor(plot_, [this](int64_t index) { return readout(index); });
    connect(cursor, &PlotCursor::zoomed, this, &LossCard::refresh);
    connect(smoothing_, &QSlider::valueChanged, this, &LossCard::on_slider);
    connect(follow_, &QPushButton::clicked, this, [this] {
        follows_ = true;
        plot_->set_smoothing(-1);
        refresh();
    });
    connect(picture_, &QPushButton::clicked, this, &LossCard::picture_wanted);
    connect(table_, &QPushButton::clicked, this, &LossCard::table_wanted);
}

void LossCard::set_run(const RunDetail& run) {
    plot_->zoom({});
    plot_->set_data(steps_of(run), values_of(run, &MetricPoint::loss), follows_ ? -1 : plot_->smoothing());
    plot_->set_validation({}, {});
    for (const MetricPoint& point : run.metrics)
        if (point.eval_loss) add_validation(point);
    plot_->set_last_step(planned_last_step(run));
    set_marks(run);
    refresh();
}

void LossCard::append(const RunDetail& run, int first) {
    for (size_t i = static_cast<size_t>(first); i < run.metrics.size(); ++i)
        plot_->append(static_cast<double>(run.metrics[i].step), run.metrics[i].loss);
}

void LossCard::add_validation(const MetricPoint& point) {
    plot_->add_validation(static_cast<double>(point.step), *point.eval_loss);
}

void LossCard::set_marks(const RunDetail& run) {
    plot_->set_marks(run_marks(run));
}

void LossCard::refresh() {
    show_smoothing();
    plot_->fit();
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void LossCard::on_slider(int value) {
    follows_ = false;
    plot_->set_smoothing(value / 100.0);
    refresh();
}

void LossCard::show_smoothing() {
    const QSignalBlocker blocker(smoothing_);
    smoothing_->setValue(static_cast<int>(std::lround(100 * plot_->smoothing())));
    smoothing_word_->setText(tr("smoothing %1").arg(fixed_text(plot_->smoothing(), 2)));
    const bool any = plot_->points() > 0;
    for (QWidget* control : std::initializer_list<QWidget*>{smoothing_word_, smoothing_, picture_, table_})
        control->setVisible(any);
    follow_->setVisible(any && !follows_);
}

std::vector<PlotCursor::Line> LossCard::readout(int64_t index) const {
    const Theme& theme = plot_->theme();
    std::vector<PlotCursor::Line> lines;
    lines.push_back({tr("step %1").arg(count_text(std::llround(plot_->step_at(index)))), theme.muted, false});
    lines.push_back({tr("train %1").arg(loss_text(plot_->smoothed_at(index))), theme.data[0]});
    if (plot_->smoothing() > 0)
        lines.push_back({tr("this step %1").arg(loss_text(plot_->value_at(index))), theme.muted, false});
    const double validation = plot_->validation_at(plot_->step_at(index));
    if (std::isfinite(validation)) lines.push_back({tr("validation %1").arg(loss_text(validation)), theme.data[1]});
    return lines;
}

void LossCard::set_theme(const Theme& theme) {
    plot_->set_theme(theme);
    refresh();
}

void LossCard::retranslate() {
    set_title(tr("Loss"));
    plot_->setAccessibleName(tr("Loss of each step"));
    plot_->setAccessibleDescription(
        tr("Turn the wheel or drag to see some steps alone; drag again to move; double-click to see all."));
    smoothing_->setAccessibleName(tr("Smoothing"));
    smoothing_->setToolTip(
        tr("How much of the line is its past: 0 draws each step, 0.99 the trend alone. Costs nothing."));
    set_words(follow_, tr("auto"), tr("Smooth by the number of steps again"));
    set_words(picture_, QStringLiteral("PNG"), tr("Save all curves of the run as a picture"));
    set_words(table_, QStringLiteral("CSV"), tr("Save every step of the run as a table"));
    refresh();
}

}  // namespace lathe
