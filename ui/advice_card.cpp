#include "ui/advice_card.h"

#include "ui/tuning_advice.h"

namespace lathe {

AdviceCard::AdviceCard(QWidget* parent)
    : Card(parent), reach_(make_label(TextRole::caption)), method_(make_label(TextRole::caption, Tone::muted)) {
    for (QLabel* label : {reach_, method_}) {
        label->setWordWrap(true);
        content()->addWidget(label);
    }
    hide();
}

void AdviceCard::show_advice(const RunConfig& config, const DataInspection* data, const EstimateDone* estimate) {
    const bool tuning = config.base_model.has_value() && data != nullptr && data->documents > 0;
    setVisible(tuning);
    if (!tuning) return;
    reach_->setText(reach_text(*data));
    method_->setText(estimate != nullptr && estimate->parameters > 0
                         ? method_text(*estimate, reach_of(*data), method_of(config))
                         : QString());
    method_->setVisible(!method_->text().isEmpty());
}

void AdviceCard::retranslate() {
    set_title(tr("What it can teach"));
    setToolTip(tr("Rules of thumb, from the number of examples, the tokens to learn and the memory there is"));
}

}  // namespace lathe
