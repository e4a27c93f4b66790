#include "ui/queue_panel.h"

#include <QKeyEvent>
#include <QPainter>
#include <QSignalBlocker>
#include <QStyledItemDelegate>
#include <algorithm>

#include "ui/error_text.h"
#include "ui/number_text.h"
#include "ui/paint_parts.h"

namespace lathe {

namespace {

constexpr int kIdRole = Qt::UserRole, kErrorRole = Qt::UserRole + 1, kRow = 34, kNumber = 28;

class Delegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& /*index*/) const override {
        return {space::kWide, kRow};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Theme& theme = current_theme();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const bool selected = (option.state & QStyle::State_Selected) != 0;
        if (selected || (option.state & QStyle::State_MouseOver) != 0) {
            painter->setPen(selected && (option.state & QStyle::State_HasFocus) != 0 ? QPen(theme.accent, 2)
                                                                                     : QPen(Qt::NoPen));
            painter->setBrush(theme.raised);
            painter->drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), radius::kControl, radius::kControl);
        }
        const QRectF line = QRectF(option.rect).adjusted(space::kSmall, 0, -space::kSmall, 0);
        paint_text(*painter, QRectF(line.left(), line.top(), kNumber, line.height()), count_text(index.row() + 1),
                   TextRole::caption, theme.muted);
        const QRectF words = line.adjusted(kNumber, 0, 0, 0);
        const double name = paint_text(*painter, words, index.data().toString(), TextRole::body, theme.text);
        paint_text(*painter, words.adjusted(name + space::kGrid, 0, 0, 0), index.data(kErrorRole).toString(),
                   TextRole::caption, theme.bad);
        painter->restore();
    }
};

}  // namespace

QueuePanel::QueuePanel(RunQueue& queue, QWidget* parent)
    : Card(parent),
      queue_(queue),
      list_(new QListWidget),
      hint_(make_label(TextRole::body, Tone::muted)),
      go_on_(make_button(ButtonKind::plain)),
      start_(make_button(ButtonKind::quiet)),
      remove_(make_button(ButtonKind::quiet)),
      undo_(make_button(ButtonKind::quiet)) {
    list_->setItemDelegate(new Delegate(list_));
    list_->setDragDropMode(QAbstractItemView::InternalMove);
    list_->setDefaultDropAction(Qt::MoveAction);
    list_->setUniformItemSizes(true);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setMouseTracking(true);
    list_->installEventFilter(this);
    hint_->setWordWrap(true);
    for (QWidget* control : std::initializer_list<QWidget*>{undo_, remove_, start_, go_on_})
        header()->addWidget(control);
    content()->addWidget(list_, 1);
    content()->addWidget(hint_);
    connect(&queue, &RunQueue::changed, this, &QueuePanel::refresh);
    // Once the drop is done: the list moves its rows after it has told.
    connect(
        list_->model(), &QAbstractItemModel::rowsRemoved, this,
        [this] {
            if (!filling_) on_dragged();
        },
        Qt::QueuedConnection);
    connect(
        list_->model(), &QAbstractItemModel::rowsMoved, this,
        [this] {
            if (!filling_) on_dragged();
        },
        Qt::QueuedConnection);
    connect(list_, &QListWidget::currentRowChanged, this, [this] {
        for (QPushButton* button : {start_, remove_}) button->setEnabled(!current().empty());
    });
    connect(go_on_, &QPushButton::clicked, this, [this] {
        if (queue_.busy())
            queue_.hold(!queue_.held());
        else
            queue_.go_on();
    });
    connect(start_, &QPushButton::clicked, this, [this] { queue_.start_now(current()); });
    connect(remove_, &QPushButton::clicked, this, &QueuePanel::remove_current);
    connect(undo_, &QPushButton::clicked, this, [this] { queue_.undo(); });
    retranslate();
}

std::string QueuePanel::current() const {
    const QListWidgetItem* item = list_->currentItem();
    return item == nullptr ? std::string() : item->data(kIdRole).toString().toStdString();
}

void QueuePanel::refresh() {
    const std::string chosen = current();
    const int row = list_->currentRow();
    filling_ = true;
    list_->clear();
    for (const QueuedRun& run : queue_.runs()) {
        const QString name = QString::fromStdString(run.name), error = run.error ? error_text(*run.error) : QString();
        auto* item = new QListWidgetItem(name, list_);
        item->setData(kIdRole, QString::fromStdString(run.id));
        item->setData(kErrorRole, error);
        item->setToolTip(error.isEmpty() ? name : name + QLatin1Char('\n') + error);
        item->setData(Qt::AccessibleTextRole, error.isEmpty() ? name : tr("%1, failed: %2").arg(name, error));
        item->setFlags(item->flags() & ~Qt::ItemIsDropEnabled);
        if (run.id == chosen) list_->setCurrentItem(item);
    }
    if (list_->currentRow() < 0 && list_->count() > 0) list_->setCurrentRow(std::clamp(row, 0, list_->count() - 1));
    filling_ = false;
    const bool any = list_->count() > 0, busy = queue_.busy();
    list_->setVisible(any);
    QString hint = tr("Runs that are added here start one after the other, each when the one before has ended.");
    if (any && queue_.held() && busy) hint = tr("The queue holds: the next run waits until you continue.");
    if (any && !busy && queue_.waiting() > 0) hint = tr("Nothing trains. Start the queue when you are ready.");
    if (any && !queue_.held() && busy) hint = tr("The next one starts when the run that trains has ended.");
    if (any && queue_.waiting() == 0) hint = tr("What is left here has failed; start it once more, or remove it.");
    hint_->setText(hint);
    go_on_->setVisible(queue_.waiting() > 0);
    if (!busy)
        set_words(go_on_, tr("Start the queue"), tr("Starts the first run; the others follow by themselves"));
    else if (queue_.held())
        set_words(go_on_, tr("Continue"), tr("The next run starts when the one that trains has ended"));
    else
        set_words(go_on_, tr("Hold"), tr("Nothing starts by itself until you continue; the run that trains goes on"));
    start_->setVisible(any);
    remove_->setVisible(any);
    for (QPushButton* button : {start_, remove_}) button->setEnabled(!current().empty());
    undo_->setVisible(queue_.can_undo());
    set_aside(queue_.waiting() > 0 ? tr("%1 waiting").arg(count_text(queue_.waiting())) : QString());
}

void QueuePanel::move_current(int by) {
    const std::string id = current();
    if (!id.empty()) queue_.move(id, list_->currentRow() + by);
}

void QueuePanel::remove_current() {
    const QListWidgetItem* item = list_->currentItem();
    if (item == nullptr) return;
    const QString name = item->text();
    queue_.remove(current());
    Q_EMIT removed(name);
}

// The list is as the user dragged it: the one that is chosen was moved.
void QueuePanel::on_dragged() {
    if (list_->count() != static_cast<int>(queue_.runs().size())) return;
    const std::string id = current();
    if (!id.empty()) queue_.move(id, list_->currentRow());
}

bool QueuePanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched != list_ || event->type() != QEvent::KeyPress) return Card::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->modifiers() == Qt::AltModifier && (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down)) {
        move_current(key->key() == Qt::Key_Up ? -1 : 1);
        return true;
    }
    if (key->key() == Qt::Key_Delete) return remove_current(), true;
    if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) return queue_.start_now(current()), true;
    return false;
}

void QueuePanel::retranslate() {
    set_title(tr("Queue"));
    list_->setAccessibleName(tr("Runs that wait"));
    list_->setToolTip(tr("Drag, or Alt+Up and Alt+Down, to change the order; Delete removes, Enter starts at once"));
    set_words(start_, tr("Start now"), tr("Before the others: at once, or as the next one where a run trains"));
    set_words(remove_, tr("Remove"), tr("Takes it out of the queue (Delete)"));
    set_words(undo_, tr("Undo"), tr("Takes back the last change of the queue"));
    refresh();
}

}  // namespace lathe
