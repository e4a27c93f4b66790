#include "ui/chat_settings.h"

#include <QEvent>

#include "ui/conversations.h"

namespace lathe {

namespace {

constexpr int kPickerLetters = 12;

}  // namespace

ChatSettings::ChatSettings(const PageContext& context, QWidget* parent)
    : Card(parent),
      picker_(new ModelPicker(context, ModelPicker::Live::offered)),
      form_(new SampleForm),
      model_label_(make_label(TextRole::label)),
      sample_label_(make_label(TextRole::label)),
      note_(make_label(TextRole::caption, Tone::muted)),
      reset_(make_button(ButtonKind::quiet)) {
    header()->addWidget(reset_);
    picker_->setMinimumContentsLength(kPickerLetters);
    note_->setWordWrap(true);
    content()->addWidget(model_label_);
    content()->addWidget(picker_);
    content()->addSpacing(space::kSmall);
    content()->addWidget(sample_label_);
    content()->addWidget(form_);
    content()->addWidget(note_);
    content()->addStretch(1);
    connect(picker_, &ModelPicker::chosen, this, &ChatSettings::model_chosen);
    connect(form_, &SampleForm::edited, this, &ChatSettings::sample_chosen);
    connect(reset_, &QPushButton::clicked, this, &ChatSettings::reset);
    retranslate();
}

void ChatSettings::show_settings(const ModelSource& model, const SampleConfig& sample) {
    form_->set_sample(sample);
    picker_->set_source(model);
}

void ChatSettings::reset() {
    form_->set_sample(default_sample());
    Q_EMIT sample_chosen();
}

void ChatSettings::retranslate() {
    set_title(tr("Settings"));
    model_label_->setText(tr("Model"));
    sample_label_->setText(tr("Sampling"));
    note_->setText(tr("Kept with this conversation; a new one begins with them."));
    picker_->setAccessibleName(tr("Model"));
    picker_->setToolTip(tr("The weights that answer: a run in training, its checkpoints, a model folder"));
    set_words(reset_, tr("Reset"), tr("Sampling as Lathe has it at first"));
}

void ChatSettings::changeEvent(QEvent* event) {
    Card::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace lathe
