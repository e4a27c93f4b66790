#include "ui/dataset_list.h"

#include <QPainter>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QStyledItemDelegate>

#include "ui/data_words.h"
#include "ui/number_text.h"
#include "ui/paint_parts.h"

namespace lathe {

namespace {

constexpr int kIdRole = Qt::UserRole, kLineRole = Qt::UserRole + 1, kCountRole = Qt::UserRole + 2;
constexpr int kHeader = 34, kNameLine = 20, kLine = 16, kAround = 2 * (space::kTiny + 2);
const QString kTrash = QStringLiteral("trash/");  // no data set's name has a slash

class Delegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& index) const override {
        return {space::kWide, index.data(kCountRole).isNull() ? kAround + kNameLine + kLine : kHeader};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Theme& theme = current_theme();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRectF row = QRectF(option.rect).adjusted(1, 1, -1, -1);
        if (!index.data(kCountRole).isNull()) {
            const QRectF line = row.adjusted(space::kSmall, space::kSmall, -space::kSmall, 0);
            paint_text(*painter, line, index.data().toString(), TextRole::label, theme.muted);
            paint_text(*painter, line, index.data(kCountRole).toString(), TextRole::caption, theme.muted,
                       Qt::AlignRight);
            painter->restore();
            return;
        }
        const bool selected = (option.state & QStyle::State_Selected) != 0;
        if (selected || (option.state & QStyle::State_MouseOver) != 0) {
            const bool focused = selected && (option.state & QStyle::State_HasFocus) != 0;
            painter->setPen(focused ? QPen(theme.accent, 2) : QPen(Qt::NoPen));
            painter->setBrush(selected ? blend(theme.text, theme.raised, 0.06) : theme.raised);
            painter->drawRoundedRect(row, radius::kControl, radius::kControl);
        }
        QRectF line(row.left() + space::kSmall, row.top() + space::kTiny + 1, row.width() - 2 * space::kSmall,
                    kNameLine);
        paint_text(*painter, line, index.data().toString(), TextRole::body, theme.text);
        line.translate(0, kNameLine);
        line.setHeight(kLine);
        paint_text(*painter, line, index.data(kLineRole).toString(), TextRole::caption, theme.muted);
        painter->restore();
    }
};

}  // namespace

DatasetList::DatasetList(const Datasets& datasets, QWidget* parent)
    : FilterList(kIdRole, parent), datasets_(datasets), empty_(make_button(ButtonKind::danger)) {
    empty_->setObjectName(QStringLiteral("empty_trash"));
    layout()->addWidget(empty_);
    connect(empty_, &QPushButton::clicked, this, &DatasetList::empty_wanted);
    list_->setItemDelegate(new Delegate(list_));
    setFocusProxy(list_);
    connect(&datasets, &Datasets::changed, this, &DatasetList::fill);
    connect(list_, &QListWidget::itemActivated, this, &DatasetList::choose);
    connect(list_, &QListWidget::itemClicked, this, &DatasetList::choose);
    retranslate();
}

void DatasetList::choose(const QListWidgetItem* item) {
    const QString id = QString::fromStdString(id_of(item));
    if (id.startsWith(kTrash))
        Q_EMIT restore_wanted(id.mid(kTrash.size()));
    else if (!id.isEmpty())
        Q_EMIT chosen(id);
}

void DatasetList::set_current(const QString& name) {
    current_ = name;
    select(name.toStdString());
}

void DatasetList::add_group(const QString& title, const std::vector<DatasetEntry>& entries) {
    std::vector<const DatasetEntry*> shown;
    for (const DatasetEntry& entry : entries)
        if (QString::fromStdString(entry.name).contains(filter_->text(), Qt::CaseInsensitive)) shown.push_back(&entry);
    if (shown.empty()) return;
    auto* header = new QListWidgetItem(title, list_);
    header->setFlags(Qt::NoItemFlags);  // the arrows pass over it
    header->setData(kCountRole, count_text(static_cast<int64_t>(shown.size())));
    for (const DatasetEntry* entry : shown) {
        const QString name = QString::fromStdString(entry->name), line = dataset_line(*entry);
        auto* item = new QListWidgetItem(name, list_);
        item->setData(kIdRole, entry->trashed ? kTrash + name : name);
        item->setData(kLineRole, line);
        item->setData(Qt::AccessibleTextRole, title + QStringLiteral(": ") + name + QStringLiteral(", ") + line);
        item->setToolTip(entry->trashed ? tr("Enter takes it out of the trash") : name + QLatin1Char('\n') + line);
    }
}

void DatasetList::fill() {
    const QSignalBlocker quiet(list_);
    const int scrolled = list_->verticalScrollBar()->value();
    list_->clear();
    add_group(tr("Data sets"), datasets_.all());
    add_group(tr("In the trash"), datasets_.trashed());
    set_current(current_);
    list_->verticalScrollBar()->setValue(scrolled);
    empty_->setVisible(!datasets_.trashed().empty());
    nothing_->setVisible(list_->count() == 0);
    nothing_->setText(datasets_.all().empty() ? tr("None saved yet.") : tr("None has these words."));
}

void DatasetList::retranslate() {
    filter_->setPlaceholderText(tr("Filter"));
    filter_->setAccessibleName(tr("Filter the data sets"));
    filter_->setToolTip(tr("Shows the data sets with these words in their name"));
    list_->setAccessibleName(tr("Data sets"));
    list_->setToolTip(tr("Enter opens the chosen one"));
    set_words(empty_, tr("Empty the trash"), tr("Deletes the data sets and versions in it from the disk, for good"));
    fill();
}

}  // namespace lathe
