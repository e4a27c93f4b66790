#include "ui/filter_list.h"

#include <QEvent>
#include <QSignalBlocker>
#include <algorithm>

namespace lathe {

bool has_words(const QString& text, const QString& filter) {
    const QStringList words = filter.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::all_of(words.begin(), words.end(),
                       [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

FilterList::FilterList(int id_role, QWidget* parent)
    : QWidget(parent),
      filter_(new QLineEdit),
      list_(new QListWidget),
      nothing_(make_label(TextRole::caption, Tone::muted)),
      id_role_(id_role) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kSmall);
    filter_->setFont(text_font(TextRole::body));
    filter_->setClearButtonEnabled(true);
    nothing_->setWordWrap(true);
    nothing_->setContentsMargins(space::kSmall, 0, 0, 0);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->setMouseTracking(true);
    column->addWidget(filter_);
    column->addWidget(nothing_);
    column->addWidget(list_, 1);
    connect(filter_, &QLineEdit::textChanged, this, [this] { fill(); });
}

std::string FilterList::id_of(const QListWidgetItem* item) const {
    return item == nullptr ? std::string() : item->data(id_role_).toString().toStdString();
}

void FilterList::select(const std::string& id) {
    if (id_of(list_->currentItem()) == id) return;  // the list stays where it was scrolled to
    const QSignalBlocker quiet(list_);
    list_->setCurrentItem(nullptr);
    for (int row = 0; row < list_->count(); ++row)
        if (id_of(list_->item(row)) == id) list_->setCurrentRow(row);
}

void FilterList::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace lathe
