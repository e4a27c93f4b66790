#include "ui/fact_list.h"

#include "ui/controls.h"

namespace lathe {

FactList::FactList(QWidget* parent) : QWidget(parent), grid_(new QGridLayout(this)) {
    grid_->setContentsMargins(0, 0, 0, 0);
    grid_->setHorizontalSpacing(space::kCard);
    grid_->setVerticalSpacing(space::kTiny);
    grid_->setColumnStretch(1, 1);
}

void FactList::set_facts(const std::vector<std::pair<QString, QString>>& facts) {
    while (rows_.size() < facts.size()) add_row();
    for (size_t i = 0; i < rows_.size(); ++i) {
        const bool there = i < facts.size() && !facts[i].second.isEmpty();
        const auto& [name, value] = rows_[i];
        for (QLabel* label : {name, value}) label->setVisible(there);
        if (!there) continue;
        name->setText(facts[i].first);
        value->setText(facts[i].second);
    }
}

void FactList::add_row() {
    const auto row = static_cast<int>(rows_.size());
    QLabel* name = make_label(TextRole::caption, Tone::muted);
    QLabel* value = make_label(TextRole::body);
    value->setWordWrap(true);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    grid_->addWidget(name, row, 0, Qt::AlignTop);
    grid_->addWidget(value, row, 1);
    rows_.emplace_back(name, value);
}

}  // namespace lathe
