#include "ui/size_dial.h"

#include <QSignalBlocker>

#include "engine/base/switches.h"
#include "ui/model_words.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr int64_t kLayersPerPosition = 2, kHead = 64, kFeedForward = 3;
constexpr int kMiddle = 5;  // where a model off the dial leaves the handle

int64_t layers_at(int position) {
    return kLayersPerPosition * (position + 1);
}

}  // namespace

ModelConfig dialled(ModelConfig model, int position) {
    const int64_t layers = layers_at(position);
    model.num_hidden_layers = layers;
    model.num_attention_heads = layers;
    model.num_key_value_heads = grouped_heads(layers);
    model.head_dim = kHead;
    model.hidden_size = layers * kHead;
    model.intermediate_size = kFeedForward * model.hidden_size;
    return model;
}

int dial_position(const ModelConfig& model) {
    for (int position = 0; position < kDialPositions; ++position) {
        const ModelConfig there = dialled(model, position);
        if (there.num_hidden_layers == model.num_hidden_layers && there.hidden_size == model.hidden_size &&
            there.num_attention_heads == model.num_attention_heads && there.head_dim == model.head_size() &&
            there.num_key_value_heads == model.num_key_value_heads &&
            there.intermediate_size == model.intermediate_size)
            return position;
    }
    return -1;
}

SizeDial::SizeDial(const RunPlan& plan, QWidget* parent)
    : Card(parent),
      plan_(plan),
      slider_(new Slider(Qt::Horizontal)),
      figures_(make_label(TextRole::caption, Tone::muted)) {
    slider_->setObjectName(QStringLiteral("size_dial"));
    slider_->setRange(0, kDialPositions - 1);
    slider_->setPageStep(2);
    figures_->setWordWrap(true);
    content()->addWidget(slider_);
    content()->addWidget(figures_);
    connect(slider_, &QSlider::valueChanged, this, &SizeDial::turned);
    // Off the dial the handle stands somewhere already: letting go of it there chooses that position.
    connect(slider_, &QSlider::sliderReleased, this, [this] {
        if (model_ && dial_position(*model_) < 0) Q_EMIT turned(slider_->value());
    });
    connect(&plan, &RunPlan::changed, this, &SizeDial::show_figures);
}

void SizeDial::set_model(const ModelConfig* model) {
    model_ = model == nullptr ? std::nullopt : std::optional(*model);
    setVisible(model != nullptr);
    if (model == nullptr) return;
    const QSignalBlocker blocker(slider_);
    const int position = dial_position(*model);
    slider_->setValue(position < 0 ? kMiddle : position);
    show_figures();
}

void SizeDial::show_figures() {
    if (!model_) return;
    QString words = dial_position(*model_) < 0
                        ? tr("In proportions of its own; the dial sets them all.")
                        : tr("%1 blocks of width %2, %3 query heads over %4 of key and value")
                              .arg(count_text(model_->num_hidden_layers), count_text(model_->hidden_size),
                                   count_text(model_->num_attention_heads), count_text(model_->num_key_value_heads));
    set_aside({});
    if (plan_.answer() && plan_.is_current() && !plan_.error()) {
        QStringList aside{tr("%1 parameters").arg(short_count_text(plan_.answer()->parameters))};
        const double seconds = plan_.seconds_of(plan_.config().train.max_steps);
        if (seconds > 0) aside << tr("about %1 here").arg(duration_text(seconds));
        set_aside(aside.join(QStringLiteral(" · ")));
    }
    figures_->setText(words);
    slider_->setAccessibleDescription(words);
}

void SizeDial::retranslate() {
    set_title(tr("Size in one dial"));
    slider_->setAccessibleName(tr("Size in one dial"));
    slider_->setToolTip(
        tr("Depth, width, heads and feed-forward together, in the usual proportions; compute grows with "
           "about the cube of it"));
    show_figures();
}

}  // namespace lathe
