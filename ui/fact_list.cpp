#include "ui/fact_list.h"

#include "ui/controls.h"

namespace lathe {

FactList::FactList(Values values, QWidget* parent) : QWidget(parent), values_(values), grid_(new QGridLayout(this)) {
    grid_->setContentsMargins(0, 0, 0, 0);
    grid_->setHorizontalSpacing(space::kCard);
    grid_->setVerticalSpacing(space::kTiny);
    grid_->setColumnStretch(1, 1);
}

void FactList::set_facts(const std::vector<Fact>& facts) {
    while (rows_.size() < facts.size()) add_row();
    for (size_t i = 0; i < rows_.size(); ++i) {
        const bool there = i < facts.size() && !facts[i].value.isEmpty();
        const auto& [name, value] = rows_[i];
        for (QLabel* label : {name, value}) label->setVisible(there);
        if (!there) continue;
        name->setText(facts[i].name);
        value->setText(facts[i].value);
        set_tone(value, facts[i].tone);
    }
}

void FactList::add_row() {
    const auto row = static_cast<int>(rows_.size());
    QLabel* name = make_label(TextRole::caption, Tone::muted);
    const bool at_right = values_ == Values::at_right;
    QLabel* value = make_label(at_right ? TextRole::caption : TextRole::body);
    if (at_right) value->setAlignment(Qt::AlignRight | Qt::AlignTop);
    value->setWordWrap(true);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    grid_->addWidget(name, row, 0, Qt::AlignTop);
    grid_->addWidget(value, row, 1);
    rows_.emplace_back(name, value);
}

}  // namespace lathe
