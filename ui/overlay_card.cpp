#include "ui/overlay_card.h"

#include <QSignalBlocker>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/error_text.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr int kPlotHeight = 150, kSliderWidth = 84, kMostInHundredths = 99, kUsualInHundredths = 60;
constexpr int kBaselineWidth = 12;  // characters
const QString kAxisKey = QStringLiteral("runs/axis"), kSmoothingKey = QStringLiteral("runs/smoothing"),
              kBaselineKey = QStringLiteral("runs/baseline"), kDifferenceKey = QStringLiteral("runs/difference"),
              kPlotKey = QStringLiteral("overlay");

}  // namespace

OverlayCard::OverlayCard(const RunOverlay& overlay, QSettings& settings, QWidget* parent)
    : OverlayCard(new OverlayPlot(current_theme()), overlay, settings, parent) {}

OverlayCard::OverlayCard(OverlayPlot* plot, const RunOverlay& overlay, QSettings& settings, QWidget* parent)
    : PlotCard(plot, kPlotKey, CurveSettings(settings), parent),
      overlay_(overlay),
      stored_(settings),
      plot_(plot),
      hint_(make_label(TextRole::body, Tone::muted)),
      bar_(new QWidget),
      axis_(new Segments(4)),
      smoothing_word_(make_label(TextRole::caption, Tone::muted)),
      smoothing_(new Slider(Qt::Horizontal)),
      baseline_(new DropDown),
      kind_(new Segments(2)) {
    plot_->setMinimumHeight(kPlotHeight);
    hint_->setWordWrap(true);
    hint_->setAlignment(Qt::AlignCenter);
    smoothing_->setRange(0, kMostInHundredths);
    smoothing_->setFixedWidth(kSliderWidth);
    smoothing_->setValue(settings.value(kSmoothingKey, kUsualInHundredths).toInt());
    baseline_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    baseline_->setMinimumContentsLength(kBaselineWidth);
    axis_->set_current(std::clamp(settings.value(kAxisKey, 0).toInt(), 0, static_cast<int>(RunAxis::epoch)));
    kind_->set_current(settings.value(kDifferenceKey, false).toBool() ? 1 : 0);
    for (QWidget* control : std::initializer_list<QWidget*>{baseline_, kind_})
        header()->insertWidget(header()->count() - 1, control);  // before the menu
    auto* row = new QHBoxLayout(bar_);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kSmall);
    row->addWidget(axis_);
    row->addStretch(1);
    row->addWidget(smoothing_word_);
    row->addWidget(smoothing_);
    content()->insertWidget(0, bar_);
    content()->addWidget(hint_, 1);
    apply_look();
    connect(&overlay, &RunOverlay::changed, this, &OverlayCard::gather);
    connect(smoothing_, &QSlider::valueChanged, this, [this](int hundredths) {
        stored_.setValue(kSmoothingKey, hundredths);
        plot_->set_smoothing(hundredths / 100.0);
        show_smoothing();
        refresh();
    });
    connect(axis_, &Segments::chosen, this, &OverlayCard::keep);
    connect(kind_, &Segments::chosen, this, &OverlayCard::keep);
    connect(baseline_, &QComboBox::activated, this, &OverlayCard::keep);
}

void OverlayCard::keep() {
    stored_.setValue(kAxisKey, axis_->current());
    stored_.setValue(kBaselineKey, baseline_->currentData());
    stored_.setValue(kDifferenceKey, kind_->current() == 1);
    gather();
}

void OverlayCard::apply_look() {
    PlotCard::apply_look();
    plot_->set_clip(settings().clip(key()));
}

void OverlayCard::fill_baselines() {
    const QSignalBlocker quiet(baseline_);
    const QString wanted = stored_.value(kBaselineKey).toString();
    baseline_->clear();
    baseline_->addItem(tr("No baseline"), QString());
    for (const RunDetail* run : overlay_.details())
        baseline_->addItem(tr("Baseline: %1").arg(name_of(run->summary)), QString::fromStdString(run->summary.run));
    baseline_->setCurrentIndex(std::max(0, baseline_->findData(wanted)));
}

std::vector<RunScale> OverlayCard::scales() {
    const auto wanted = static_cast<RunAxis>(std::max(0, axis_->current()));
    std::vector<RunScale> scales;
    for (const RunDetail* run : overlay_.details()) scales.push_back(scale_of(*run, wanted));
    const bool known =
        std::all_of(scales.begin(), scales.end(), [wanted](const RunScale& scale) { return scale.axis == wanted; });
    if (!known) std::fill(scales.begin(), scales.end(), RunScale{});
    axis_->setToolTip(
        !known
            ? tr("Not every ticked run has this in its record, so that they are drawn by steps. An older run that was "
                 "set by steps does not say how many of them are a pass over its data.")
            : tr("What the runs are drawn against: runs with other batches compare by tokens, on other machines by "
                 "time, with other data by passes over it. Costs nothing."));
    return scales;
}

void OverlayCard::showEvent(QShowEvent* event) {
    PlotCard::showEvent(event);
    gather();
}

void OverlayCard::gather() {
    if (!isVisible()) return;
    fill_baselines();
    const std::vector<RunScale> scales = this->scales();
    std::vector<OverlaySeries> before = plot_->take_series(), series;
    const double smoothing = smoothing_->value() / 100.0;
    int base = -1;
    for (const RunDetail* run : overlay_.details()) {
        const std::string& id = run->summary.run;
        if (id == baseline()) base = static_cast<int>(series.size());
        const auto shown = std::find_if(before.begin(), before.end(), [&](const auto& one) { return one.run == id; });
        series.push_back(overlay_series(*run, scales[series.size()], overlay_.slot_of(id), smoothing,
                                        shown == before.end() ? OverlaySeries() : std::move(*shown)));
    }
    const RunAxis axis = scales.empty() ? RunAxis::step : scales.front().axis;
    const bool any = !series.empty();
    const bool difference = base >= 0 && kind_->current() == 1;
    // Differences lie elsewhere than losses: they have a zoom of their own.
    if (const auto shown = std::pair(axis, difference); std::exchange(shown_, shown) != shown)
        show_zoom_of(difference ? "difference" : "loss", axis);
    plot_->show_series(std::move(series), base, difference);
    for (QWidget* part : std::initializer_list<QWidget*>{plot_, bar_, baseline_, menu()->button()})
        part->setVisible(any);
    kind_->setVisible(any && base >= 0);
    show_hint(any);
    refresh();
}

void OverlayCard::show_smoothing() {
    smoothing_word_->setText(tr("smoothing %1").arg(fixed_text(smoothing_->value() / 100.0, 2)));
}

void OverlayCard::show_hint(bool any) {
    show_smoothing();
    set_aside(overlay_.left_out() > 0 ? tr("and %1 more: %2 are drawn")
                                            .arg(count_text(static_cast<int64_t>(overlay_.left_out())),
                                                 count_text(static_cast<int64_t>(RunOverlay::kMostRuns)))
                                      : QString());
    hint_->setVisible(!any);
    if (overlay_.reading() && !any)
        hint_->setText(tr("Reading the runs…"));
    else if (overlay_.error())
        hint_->setText(error_text(*overlay_.error()));
    else
        hint_->setText(tr("Tick runs in the table (Space) to draw their curves over each other."));
}

std::vector<PlotCursor::Line> OverlayCard::readout(int64_t index) const {
    const double place = plot_->step_at(index);
    struct Value {
        double value;
        const OverlaySeries* series;
    };
    std::vector<Value> values;
    for (size_t i = 0; i < plot_->series().size(); ++i)
        values.push_back({plot_->shown(i).line_at(place), &plot_->series()[i]});
    std::erase_if(values, [](const Value& value) { return std::isnan(value.value); });
    // As the lines lie.
    std::stable_sort(values.begin(), values.end(), [](const Value& a, const Value& b) { return a.value > b.value; });
    std::vector<PlotCursor::Line> lines{{place_text(place, plot_->axis()), plot_->theme().muted, false}};
    for (const auto& [value, series] : values)
        lines.push_back({series->name + QLatin1Char(' ') + plot_->value_text(value), plot_->color_of(*series)});
    return lines;
}

void OverlayCard::retranslate() {
    set_names(tr("Loss of the ticked runs"), tr("Losses of the ticked runs"));
    axis_->set_words({tr("Steps"), tr("Tokens"), tr("Time"), tr("Passes")});
    axis_->setAccessibleName(tr("What the runs are drawn against"));
    kind_->set_words({tr("Reference"), tr("Difference")});
    kind_->setToolTip(tr("The baseline as a dashed line, or each loss less the baseline's: below zero is better"));
    smoothing_->setAccessibleName(tr("Smoothing"));
    smoothing_->setToolTip(
        tr("How much of the line is its past: 0 draws each step, 0.99 the trend alone. Costs nothing."));
    baseline_->setAccessibleName(tr("Baseline"));
    baseline_->setToolTip(tr("The run that the others are held against"));
    PlotCard::retranslate();
    gather();
}

}  // namespace lathe
