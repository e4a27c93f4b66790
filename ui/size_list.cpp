#include "ui/size_list.h"

#include "ui/controls.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr size_t kMostRows = 12;

}  // namespace

SizeList::SizeList(QWidget* parent) : QWidget(parent), grid_(new QGridLayout(this)) {
    grid_->setContentsMargins(0, 0, 0, 0);
    grid_->setColumnStretch(0, 1);
    grid_->setVerticalSpacing(space::kTiny);
}

void SizeList::set_files(const std::vector<std::pair<std::string, int64_t>>& files) {
    while (QLayoutItem* item = grid_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    int64_t rest = 0;
    for (size_t i = 0; i < files.size(); ++i) {
        if (i < kMostRows)
            add(QString::fromStdString(files[i].first), files[i].second, Tone::text);
        else
            rest += files[i].second;
    }
    if (files.size() > kMostRows) add(tr("and %1 more").arg(files.size() - kMostRows), rest, Tone::muted);
}

void SizeList::add(const QString& name, int64_t bytes, Tone tone) {
    const int row = grid_->count() / 2;
    auto* label = new ElidedLabel(TextRole::mono, tone);
    label->set_text(name);
    QLabel* size = make_label(TextRole::caption, tone);
    size->setText(bytes_text(static_cast<double>(bytes)));
    grid_->addWidget(label, row, 0);
    grid_->addWidget(size, row, 1, Qt::AlignRight);
}

}  // namespace lathe
