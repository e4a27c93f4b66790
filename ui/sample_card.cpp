#include "ui/sample_card.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>
#include <array>

#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr int kMark = 10, kLeast = 184;
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
      chat_(make_button(ButtonKind::link)),
      prompt_(new ElidedLabel(TextRole::body, Tone::muted)),
      flow_(new TokenFlow),
      empty_(make_label(TextRole::body, Tone::muted)),
      legend_(new QWidget) {
    header()->addWidget(chat_);
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
}

void SampleCard::show_latest(const RunDetail& run) {
    const bool any = !run.samples.empty();
    step_ = any ? std::optional(run.samples.back().step) : std::nullopt;
    never_ = !run.config_json.empty() && sample_steps(run.config_json) == 0;
    if (any) {
        flow_->set_sample(run.samples.back());
        prompt_->set_text(QString::fromStdString(run.samples.back().prompt).simplified());
    }
    for (QWidget* part : std::initializer_list<QWidget*>{prompt_, area_}) part->setVisible(any);
    legend_->setVisible(any && !run.samples.back().tokens.empty());
    empty_->setVisible(!any);
    retranslate();
}

void SampleCard::set_can_chat(bool can) {
    chat_->setVisible(can);
}

void SampleCard::retranslate() {
    set_title(step_ ? tr("Latest sample · step %1").arg(count_text(*step_)) : tr("Latest sample"));
    set_words(chat_, tr("chat with these weights"), tr("Opens the chat with the newest weights of this run"));
    empty_->setText(never_ ? tr("This run writes no samples: sample_steps is 0.")
                           : tr("What the model writes will be here as soon as the run comes to sample_steps."));
    const QStringList words{tr("probability"), tr("> 0.8"), tr("0.5–0.8"), tr("< 0.5")};
    for (size_t i = 0; i < legend_words_.size(); ++i) legend_words_[i]->setText(words[static_cast<qsizetype>(i)]);
}

}  // namespace lathe
