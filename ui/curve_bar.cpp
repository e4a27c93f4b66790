#include "ui/curve_bar.h"

#include <QSignalBlocker>
#include <cmath>

#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr int kSliderWidth = 92, kLeastSlider = 40, kHundred = 100;

}  // namespace

CurveBar::CurveBar(CurveSettings& settings, QWidget* parent)
    : QWidget(parent),
      settings_(settings),
      axis_word_(make_label(TextRole::caption, Tone::muted)),
      axis_(new Segments(4)),
      smoothing_word_(make_label(TextRole::caption, Tone::muted)),
      smoothing_(new Slider(Qt::Horizontal)),
      follow_(make_button(ButtonKind::quiet)) {
    smoothing_->setRange(0, static_cast<int>(std::lround(kHundred * kMostSmoothing)));
    smoothing_->setPageStep(10);
    smoothing_->setMinimumWidth(kLeastSlider);
    smoothing_->setMaximumWidth(kSliderWidth);
    follow_->setCheckable(true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kSmall);
    for (QWidget* part : std::initializer_list<QWidget*>{axis_word_, axis_}) row->addWidget(part);
    row->addStretch(1);
    for (QWidget* part : std::initializer_list<QWidget*>{smoothing_word_, smoothing_, follow_}) row->addWidget(part);
    connect(axis_, &Segments::chosen, this, [this](int index) {
        settings_.set_axis(static_cast<RunAxis>(index));
        Q_EMIT axis_changed();
    });
    connect(smoothing_, &QSlider::valueChanged, this, [this](int value) {
        settings_.set_smoothing(value / static_cast<double>(kHundred));
        Q_EMIT smoothing_changed(settings_.smoothing());
    });
    connect(follow_, &QPushButton::clicked, this, [this](bool on) {
        settings_.set_smoothing(on ? -1 : kUsualSmoothing);
        Q_EMIT smoothing_changed(settings_.smoothing());
    });
}

void CurveBar::show_run(double smoothing, RunAxis axis) {
    shown_ = smoothing;
    shown_axis_ = axis;
    const QSignalBlocker blocker(smoothing_);
    smoothing_->setValue(static_cast<int>(std::lround(kHundred * smoothing)));
    smoothing_word_->setText(tr("smoothing %1").arg(fixed_text(smoothing, 2)));
    follow_->setChecked(settings_.smoothing() < 0);
    axis_->set_current(static_cast<int>(axis));
    axis_->setToolTip(axis == settings_.axis() ? tr("What the curves stand against. Costs nothing.")
                      : settings_.axis() == RunAxis::epoch
                          ? tr("This run was set by steps, and its record does not say how many of them are a pass "
                               "over the data; the "
                               "next run is shown as chosen.")
                          : tr("The record of this run has its steps alone; the next run is shown as chosen."));
}

void CurveBar::retranslate() {
    axis_word_->setText(tr("by"));
    axis_->setAccessibleName(tr("What the curves stand against"));
    axis_->set_words({tr("step"), tr("tokens"), tr("time"), tr("passes")});
    smoothing_->setAccessibleName(tr("Smoothing"));
    smoothing_->setToolTip(
        tr("How much of the line is its past: 0 draws each step, 0.99 the trend alone; 0.6 is usual. Costs nothing."));
    set_words(follow_, tr("auto"), tr("Smooths by the number of steps: the more there are, the smoother"));
    show_run(shown_, shown_axis_);
}

}  // namespace lathe
