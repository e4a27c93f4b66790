// What a conversation is answered with: the model, and how its tokens are drawn. Thread: GUI.
#pragma once

#include "ui/cards.h"
#include "ui/model_picker.h"
#include "ui/sample_form.h"

namespace lathe {

class ChatSettings : public Card {
    Q_OBJECT

public:
    explicit ChatSettings(const PageContext& context, QWidget* parent = nullptr);
    ModelSource model() const { return picker_->source(); }
    QString model_title() const { return picker_->title(); }
    const SampleConfig& sample() const { return form_->sample(); }
    void show_settings(const ModelSource& model, const SampleConfig& sample);

Q_SIGNALS:
    void model_chosen();  // by the user, or because the run in training ended
    void sample_chosen();

protected:
    void changeEvent(QEvent* event) override;

private:
    void reset();
    void retranslate();

    ModelPicker* picker_;
    SampleForm* form_;
    QLabel *model_label_, *sample_label_, *note_;
    QPushButton* reset_;
};

}  // namespace lathe
