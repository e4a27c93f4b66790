#include "ui/file_list.h"

#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QPainter>
#include <QStyledItemDelegate>

#include "ui/dropped.h"
#include "ui/number_text.h"
#include "ui/paint_parts.h"

namespace lathe {

namespace {

constexpr int kRow = 28, kMostRows = 5, kFolderRole = Qt::UserRole, kSizeRole = Qt::UserRole + 1;

class Delegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {120, kRow}; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Theme& theme = current_theme();
        QRectF line(option.rect);
        if ((option.state & QStyle::State_Selected) != 0) {
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen((option.state & QStyle::State_HasFocus) != 0 ? QPen(theme.accent, 2) : QPen(Qt::NoPen));
            painter->setBrush(blend(theme.text, theme.raised, 0.1));
            painter->drawRoundedRect(line.adjusted(1, 1, -1, -1), radius::kControl, radius::kControl);
        }
        line.adjust(space::kSmall, 0, -space::kSmall, 0);
        const QString size = index.data(kSizeRole).toString();
        const double used = paint_text(*painter, line, size, TextRole::caption,
                                       size.isEmpty() ? theme.bad : theme.muted, Qt::AlignRight);
        line.adjust(0, 0, -used - space::kGrid, 0);
        const double name = paint_text(*painter, line, index.data().toString(), TextRole::body, theme.text);
        paint_text(*painter, line.adjusted(name + space::kSmall, 0, 0, 0), index.data(kFolderRole).toString(),
                   TextRole::caption, theme.muted);
    }
};

}  // namespace

FileList::FileList(QWidget* parent)
    : QWidget(parent),
      list_(new QListWidget),
      empty_(new ElidedLabel(TextRole::caption, Tone::muted)),
      add_files_(make_button(ButtonKind::quiet)),
      add_folder_(make_button(ButtonKind::quiet)),
      remove_(make_button(ButtonKind::quiet)),
      write_(make_button(ButtonKind::quiet)),
      edit_(make_button(ButtonKind::quiet)) {
    setAcceptDrops(true);
    setFocusProxy(list_);
    list_->setItemDelegate(new Delegate(this));
    list_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setFrameShape(QFrame::NoFrame);
    list_->setProperty("role", QStringLiteral("field"));
    const auto row_of = [](std::initializer_list<QWidget*> parts) {
        auto* row = new QHBoxLayout;
        row->setSpacing(space::kTiny);
        for (QWidget* part : parts) row->addWidget(part);
        row->addStretch(1);
        return row;
    };
    write_->setObjectName(QStringLiteral("write_examples"));
    edit_->setObjectName(QStringLiteral("edit_examples"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kTiny);
    column->addWidget(list_);
    column->addLayout(row_of({add_files_, add_folder_, remove_}));
    QHBoxLayout* examples = row_of({write_, edit_});
    examples->addWidget(empty_, 100);
    column->addLayout(examples);
    connect(add_files_, &QPushButton::clicked, this, [this] {
        add(QFileDialog::getOpenFileNames(
            window(), tr("Add text to train on"), QDir::homePath(),
            tr("Data (*.txt *.md *.html *.docx *.pdf *.jsonl *.json *.csv *.tsv);;All files (*)")));
    });
    connect(add_folder_, &QPushButton::clicked, this, [this] {
        const QString folder =
            QFileDialog::getExistingDirectory(window(), tr("Add a folder of text"), QDir::homePath());
        if (!folder.isEmpty()) add({folder});
    });
    connect(remove_, &QPushButton::clicked, this, &FileList::remove_chosen);
    connect(write_, &QPushButton::clicked, this, [this] { Q_EMIT table_wanted({}); });
    connect(edit_, &QPushButton::clicked, this, [this] { Q_EMIT table_wanted(chosen_table()); });
    connect(list_, &QListWidget::itemSelectionChanged, this, [this] {
        const bool any = !list_->selectedItems().isEmpty();
        remove_->setVisible(any);
        edit_->setVisible(!chosen_table().isEmpty());
        empty_->setVisible(!any);
    });
    show_files();
}

void FileList::set_files(const QStringList& files) {
    if (files == files_) return;
    files_ = files;
    show_files();
}

void FileList::add(const QStringList& files) {
    const qsizetype before = files_.size();
    for (const QString& file : files)
        if (!files_.contains(file)) files_ << file;
    if (files_.size() == before) return;
    show_files();
    Q_EMIT changed();
}

void FileList::remove_chosen() {
    QStringList left;
    for (int i = 0; i < list_->count(); ++i)
        if (!list_->item(i)->isSelected()) left << files_[i];
    if (left == files_) return;
    files_ = left;
    show_files();
    Q_EMIT changed();
}

void FileList::show_files() {
    list_->clear();
    for (const QString& file : files_) {
        const QFileInfo info(file);
        auto* item = new QListWidgetItem(info.fileName(), list_);
        item->setData(kFolderRole, info.path());
        item->setData(kSizeRole, info.isDir()    ? tr("folder")
                                 : info.exists() ? bytes_text(static_cast<double>(info.size()))
                                                 : QString());
        item->setToolTip(info.exists() ? file : tr("%1 is not there").arg(file));
    }
    const int rows = std::clamp(list_->count(), 1, kMostRows);
    list_->setFixedHeight(rows * kRow + space::kGrid);
    list_->setVisible(list_->count() > 0);
    remove_->hide();
    edit_->hide();
    empty_->set_text(tr("or drop them here"));
    empty_->show();
}

// The one that is chosen, where a table can be made of it.
QString FileList::chosen_table() const {
    const QList<QListWidgetItem*> chosen = list_->selectedItems();
    if (chosen.size() != 1) return {};
    const QString file = files_[list_->row(chosen.front())], ending = QFileInfo(file).suffix().toLower();
    return QStringList{QStringLiteral("jsonl"), QStringLiteral("json"), QStringLiteral("csv"), QStringLiteral("tsv")}
                   .contains(ending)
               ? file
               : QString();
}

bool FileList::event(QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Delete || key == Qt::Key_Backspace) {
            remove_chosen();
            return true;
        }
    }
    return QWidget::event(event);
}

void FileList::dragEnterEvent(QDragEnterEvent* event) {
    // What is no data is the window's.
    dragged_ = look_at_paths(local_paths(*event->mimeData()));
    if (dragged_.kind == Dropped::Kind::data) event->acceptProposedAction();
}

void FileList::dropEvent(QDropEvent* event) {
    event->acceptProposedAction();
    add(dragged_.paths);
    QStringList names;
    for (const QString& path : dragged_.left_out) names << QFileInfo(path).fileName();
    if (!names.isEmpty()) empty_->set_text(tr("no data, left out: %1").arg(names.join(QStringLiteral(", "))));
}

void FileList::retranslate() {
    set_words(add_files_, tr("Add files…"),
              tr("Text (.txt, .md, .html, .docx, .pdf) or rows (.jsonl, .json, .csv, .tsv) to train on"));
    set_words(write_, tr("Write examples…"),
              tr("A table of questions and answers, to type or to paste from a spreadsheet"));
    set_words(edit_, tr("Edit as a table…"),
              tr("Opens the chosen file's examples; what is not a table of Lathe's own is saved as a new file"));
    set_words(add_folder_, tr("Add folder…"),
              tr("Every such file of a folder; .json only where data.format is one of rows"));
    set_words(remove_, tr("Remove"), tr("Takes the chosen ones off the list; the files stay"));
    list_->setAccessibleName(accessibleName());
    list_->setAccessibleDescription(accessibleDescription());
    show_files();
}

}  // namespace lathe
