#include "ui/sample_card.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>
#include <QSignalBlocker>
#include <algorithm>
#include <array>

#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr int kMark = 10, kLeast = 184, kSlider = 96, kArrow = 24;
constexpr std::array kTones = {Tone::ok, Tone::warn, Tone::bad};

int64_t sample_steps(const std::string& config_json) {
    const QJsonObject config = QJsonDocument::fromJson(QByteArray::fromStdString(config_json)).object();
    return config[QLatin1String("train")].toObject()[QLatin1String("sample_steps")].toInteger();
}

// Of a probability.
class ColorMark : public QWidget {
public:
    explicit ColorMark(Tone tone) : tone_(tone) { setFixedSize(kMark, kMark); }

protected:
    void paintEvent(QPaintEvent* /*event*/) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(blend(tone_color(current_theme(), tone_), current_theme().surface, 0.7));
        painter.drawRoundedRect(rect(), radius::kChip, radius::kChip);
    }

private:
    Tone tone_;
};

}  // namespace

SampleCard::SampleCard(QWidget* parent)
    : Card(parent),
      back_(make_icon_button(QStringLiteral("chevron_left"))),
      slider_(new Slider(Qt::Horizontal)),
      on_(make_icon_button(QStringLiteral("chevron"))),
      chat_(make_button(ButtonKind::link)),
      prompt_(new ElidedLabel(TextRole::body, Tone::muted)),
      flow_(new TokenFlow),
      empty_(make_label(TextRole::body, Tone::muted)),
      legend_(new QWidget) {
    slider_->setFixedWidth(kSlider);
    slider_->setPageStep(1);
    for (QPushButton* arrow : {back_, on_}) arrow->setFixedSize(kArrow, kArrow);
    for (QWidget* part : std::initializer_list<QWidget*>{back_, slider_, on_, chat_}) header()->addWidget(part);
    auto* holder = new QWidget;
    auto* column = new QVBoxLayout(holder);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(flow_);
    column->addStretch(1);
    area_ = make_scroll_area(holder);
    empty_->setWordWrap(true);
    auto* words = new QHBoxLayout(legend_);
    words->setContentsMargins(0, 0, 0, 0);
    words->setSpacing(space::kSmall);
    legend_words_.push_back(make_label(TextRole::caption, Tone::muted));
    words->addWidget(legend_words_.back());
    for (const Tone tone : kTones) {
        words->addSpacing(space::kTiny);
        words->addWidget(new ColorMark(tone));
        legend_words_.push_back(make_label(TextRole::caption, Tone::muted));
        words->addWidget(legend_words_.back());
    }
    words->addStretch(1);
    content()->addWidget(prompt_);
    content()->addWidget(area_, 1);
    content()->addWidget(empty_);
    content()->addWidget(legend_);
    content()->addStretch(0);
    setMinimumHeight(kLeast);
    connect(chat_, &QPushButton::clicked, this, &SampleCard::chat_wanted);
    connect(back_, &QPushButton::clicked, this, [this] { show_sample(shown_ - 1); });
    connect(on_, &QPushButton::clicked, this, [this] { show_sample(shown_ + 1); });
    connect(slider_, &QSlider::valueChanged, this, qOverload<int>(&SampleCard::show_sample));
}

void SampleCard::show_latest(const RunDetail& run) {
    const auto last = static_cast<int>(run.samples.size()) - 1;
    if (run_ == nullptr || of_run_ != run.summary.run || shown_ > last) follows_ = true;
    run_ = &run;
    of_run_ = run.summary.run;
    never_ = !run.config_json.empty() && sample_steps(run.config_json) == 0;
    if (follows_ || shown_ < 0) shown_ = last;
    show_sample();
}

void SampleCard::show_sample(int index) {
    if (run_ == nullptr || run_->samples.empty()) return;
    const auto last = static_cast<int>(run_->samples.size()) - 1;
    shown_ = std::clamp(index, 0, last);
    follows_ = shown_ == last;
    show_sample();
}

void SampleCard::show_sample() {
    const bool any = shown_ >= 0;
    const auto count = static_cast<int>(run_->samples.size());
    if (any) {
        const Sampled& sample = run_->samples[static_cast<size_t>(shown_)];
        flow_->set_sample(sample);
        prompt_->set_text(QString::fromStdString(sample.prompt).simplified());
        legend_->setVisible(!sample.tokens.empty());
    } else {
        legend_->hide();
    }
    const QSignalBlocker blocker(slider_);
    slider_->setRange(0, std::max(0, count - 1));
    slider_->setValue(shown_);
    for (QWidget* part : std::initializer_list<QWidget*>{back_, slider_, on_}) part->setVisible(count > 1);
    back_->setEnabled(shown_ > 0);
    on_->setEnabled(shown_ + 1 < count);
    for (QWidget* part : std::initializer_list<QWidget*>{prompt_, area_}) part->setVisible(any);
    empty_->setVisible(!any);
    retranslate();
}

void SampleCard::set_can_chat(bool can) {
    chat_->setVisible(can);
}

void SampleCard::retranslate() {
    if (shown_ < 0 || static_cast<size_t>(shown_) >= run_->samples.size()) {
        set_title(tr("Latest sample"));
    } else {
        const QString step = count_text(run_->samples[static_cast<size_t>(shown_)].step);
        set_title((follows_ ? tr("Latest sample · step %1") : tr("Sample · step %1")).arg(step));
    }
    set_words(back_, {}, tr("The sample before"));
    set_words(on_, {}, tr("The sample after"));
    slider_->setAccessibleName(tr("Samples of the run"));
    slider_->setToolTip(tr("What the model wrote at each sample of the run, from the first to the latest"));
    set_words(chat_, tr("chat with these weights"), tr("Opens the chat with the newest weights of this run"));
    empty_->setText(never_ ? tr("This run writes no samples: sample_steps is 0.")
                           : tr("What the model writes will be here as soon as the run comes to sample_steps."));
    const QStringList words{tr("probability"), tr("> 0.8"), tr("0.5–0.8"), tr("< 0.5")};
    for (size_t i = 0; i < legend_words_.size(); ++i) legend_words_[i]->setText(words[static_cast<qsizetype>(i)]);
}

}  // namespace lathe
