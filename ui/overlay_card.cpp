#include "ui/overlay_card.h"

#include <QSignalBlocker>

#include "ui/error_text.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr int kPlotHeight = 150, kSliderWidth = 84, kMostSmoothing = 99, kUsualSmoothing = 60;  // in hundredths
constexpr int kBaselineWidth = 12;                                                              // characters
const QString kAxisKey = QStringLiteral("runs/axis"), kSmoothingKey = QStringLiteral("runs/smoothing"),
              kBaselineKey = QStringLiteral("runs/baseline"), kDifferenceKey = QStringLiteral("runs/difference");

}  // namespace

OverlayCard::OverlayCard(const RunOverlay& overlay, QSettings& settings, QWidget* parent)
    : Card(parent),
      overlay_(overlay),
      settings_(settings),
      plot_(new OverlayPlot(current_theme())),
      hint_(make_label(TextRole::body, Tone::muted)),
      axis_(new Segments(3)),
      smoothing_word_(make_label(TextRole::caption, Tone::muted)),
      smoothing_(new QSlider(Qt::Horizontal)),
      baseline_(new DropDown),
      kind_(new Segments(2)) {
    plot_->setMinimumHeight(kPlotHeight);
    hint_->setWordWrap(true);
    hint_->setAlignment(Qt::AlignCenter);
    smoothing_->setRange(0, kMostSmoothing);
    smoothing_->setFixedWidth(kSliderWidth);
    smoothing_->setValue(settings.value(kSmoothingKey, kUsualSmoothing).toInt());
    baseline_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    baseline_->setMinimumContentsLength(kBaselineWidth);
    axis_->set_current(settings.value(kAxisKey, 0).toInt());
    kind_->set_current(settings.value(kDifferenceKey, false).toBool() ? 1 : 0);
    for (QWidget* control : std::initializer_list<QWidget*>{smoothing_word_, smoothing_, axis_, baseline_, kind_})
        header()->addWidget(control);
    content()->addWidget(plot_, 1);
    content()->addWidget(hint_, 1);
    connect(&overlay, &RunOverlay::changed, this, &OverlayCard::refresh);
    connect(smoothing_, &QSlider::valueChanged, this, &OverlayCard::keep);
    connect(axis_, &Segments::chosen, this, &OverlayCard::keep);
    connect(kind_, &Segments::chosen, this, &OverlayCard::keep);
    connect(baseline_, &QComboBox::activated, this, &OverlayCard::keep);
}

void OverlayCard::keep() {
    settings_.setValue(kAxisKey, axis_->current());
    settings_.setValue(kSmoothingKey, smoothing_->value());
    settings_.setValue(kBaselineKey, baseline_->currentData());
    settings_.setValue(kDifferenceKey, kind_->current() == 1);
    refresh();
}

void OverlayCard::fill_baselines() {
    const QSignalBlocker quiet(baseline_);
    const QString wanted = settings_.value(kBaselineKey).toString();
    baseline_->clear();
    baseline_->addItem(tr("No baseline"), QString());
    for (const RunDetail* run : overlay_.details())
        baseline_->addItem(tr("Baseline: %1").arg(name_of(run->summary)), QString::fromStdString(run->summary.run));
    baseline_->setCurrentIndex(std::max(0, baseline_->findData(wanted)));
}

void OverlayCard::refresh() {
    fill_baselines();
    const auto details = overlay_.details();
    const auto axis = static_cast<OverlayAxis>(std::max(0, axis_->current()));
    std::vector<OverlaySeries> series;
    int base = -1;
    for (const RunDetail* run : details) {
        if (run->summary.run == baseline()) base = static_cast<int>(series.size());
        series.push_back(overlay_series(*run, axis, overlay_.color_of(run->summary.run)));
    }
    const bool any = !series.empty();
    plot_->setVisible(any);
    hint_->setVisible(!any);
    for (QWidget* control : std::initializer_list<QWidget*>{smoothing_word_, smoothing_, axis_, baseline_})
        control->setVisible(any);
    kind_->setVisible(any && base >= 0);
    smoothing_word_->setText(tr("smoothing %1").arg(fixed_text(smoothing_->value() / 100.0, 2)));
    set_aside(overlay_.left_out() > 0
                  ? tr("and %1 more: six are drawn").arg(count_text(static_cast<int64_t>(overlay_.left_out())))
                  : QString());
    if (overlay_.reading() && !any)
        hint_->setText(tr("Reading the runs…"));
    else if (overlay_.error())
        hint_->setText(error_text(*overlay_.error()));
    else
        hint_->setText(tr("Tick runs in the table (Space) to draw their curves over each other."));
    plot_->show_series(std::move(series), axis, smoothing_->value() / 100.0, base, kind_->current() == 1);
}

void OverlayCard::retranslate() {
    set_title(tr("Loss of the ticked runs"));
    plot_->setAccessibleName(tr("Losses of the ticked runs"));
    axis_->set_words({tr("Steps"), tr("Tokens"), tr("Time")});
    axis_->setToolTip(
        tr("What the runs are drawn against: runs with other batches compare by tokens, on other machines "
           "by time"));
    kind_->set_words({tr("Reference"), tr("Difference")});
    kind_->setToolTip(tr("The baseline as a dashed line, or each loss less the baseline's: below zero is better"));
    smoothing_->setAccessibleName(tr("Smoothing"));
    smoothing_->setToolTip(
        tr("How much of the line is its past: 0 draws each step, 0.99 the trend alone. Costs nothing."));
    baseline_->setAccessibleName(tr("Baseline"));
    baseline_->setToolTip(tr("The run that the others are held against"));
    refresh();
}

}  // namespace lathe
