#include "ui/conversation_list.h"

#include <QKeyEvent>
#include <QMenu>
#include <QSignalBlocker>
#include <chrono>

#include "ui/conversation_delegate.h"
#include "ui/conversation_text.h"

namespace lathe {

namespace {

using namespace std::chrono_literals;
using Roles = ConversationDelegate;

constexpr size_t kSearchedBytes = 20000;  // of a turn

bool matches(const Conversation& conversation, const QString& filter) {
    if (filter.isEmpty() || title_of(conversation).contains(filter, Qt::CaseInsensitive)) return true;
    return std::any_of(conversation.turns.begin(), conversation.turns.end(), [&](const ChatTurn& turn) {
        return beginning_of(turn.text, kSearchedBytes).contains(filter, Qt::CaseInsensitive);
    });
}

}  // namespace

ConversationList::ConversationList(Conversations& conversations, QWidget* parent)
    : FilterList(Roles::kIdRole, parent), conversations_(conversations) {
    list_->setItemDelegate(new ConversationDelegate(list_));
    list_->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::DoubleClicked);
    list_->setContextMenuPolicy(Qt::CustomContextMenu);
    list_->setUniformItemSizes(true);
    list_->installEventFilter(this);
    times_.setInterval(30s);
    times_.start();
    connect(&times_, &QTimer::timeout, list_->viewport(), QOverload<>::of(&QWidget::update));
    connect(&conversations, &Conversations::list_changed, this, &ConversationList::fill);
    connect(list_, &QListWidget::itemChanged, this, &ConversationList::on_edited);
    connect(list_, &QWidget::customContextMenuRequested, this, &ConversationList::show_menu);
    connect(list_, &QListWidget::currentItemChanged, this, [this] {
        const std::string id = current();
        if (!id.empty() && id != open_) Q_EMIT chosen(id);
    });
    retranslate();
}

void ConversationList::set_open(const std::string& id) {
    open_ = id;
    select(id);
}

// Rows are changed in place: a name that is being edited, the scroll position and the focus stay.
void ConversationList::fill() {
    const QSignalBlocker quiet(list_);
    int row = 0;
    for (const ConversationState& state : conversations_.all()) {
        if (!matches(state.kept, filter_->text())) continue;
        if (row == list_->count()) {
            auto* item = new QListWidgetItem(list_);
            item->setFlags(item->flags() | Qt::ItemIsEditable);
        }
        QListWidgetItem* item = list_->item(row++);
        const QString title = title_of(state.kept);
        item->setText(title);
        item->setToolTip(title + QLatin1Char('\n') + tr("F2 renames, Delete deletes"));
        item->setData(Roles::kIdRole, QString::fromStdString(state.kept.id));
        item->setData(Roles::kTimeRole, static_cast<qlonglong>(state.kept.updated_at_ms));
        item->setData(Roles::kAnsweringRole, state.answering.has_value());
        item->setData(Roles::kFailedRole, state.error.has_value());
    }
    while (list_->count() > row) delete list_->takeItem(row);
    nothing_->setVisible(row == 0);
    set_open(open_);
}

void ConversationList::on_edited(QListWidgetItem* item) {
    const std::string id = id_of(item);
    const ConversationState* state = conversations_.find(id);
    if (state == nullptr || item->text() == title_of(state->kept)) return;
    conversations_.rename(id, item->text().trimmed().toStdString());
    fill();
}

void ConversationList::rename_open() {
    if (QListWidgetItem* item = list_->currentItem()) list_->editItem(item);
}

void ConversationList::show_menu(const QPoint& place) {
    QListWidgetItem* item = list_->itemAt(place);
    if (item == nullptr) return;
    const std::string id = id_of(item);
    QMenu menu(this);
    connect(menu.addAction(tr("Rename")), &QAction::triggered, this, [this, item] { list_->editItem(item); });
    connect(menu.addAction(tr("Delete")), &QAction::triggered, this, [this, id] { Q_EMIT removal_wanted(id); });
    menu.exec(list_->viewport()->mapToGlobal(place));
}

bool ConversationList::eventFilter(QObject* watched, QEvent* event) {
    if (watched != list_ || event->type() != QEvent::KeyPress) return false;
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key != Qt::Key_Delete || current().empty()) return false;
    Q_EMIT removal_wanted(current());
    return true;
}

void ConversationList::retranslate() {
    filter_->setPlaceholderText(tr("Filter"));
    filter_->setAccessibleName(tr("Filter the conversations"));
    filter_->setToolTip(tr("Shows the conversations with these words in title or text"));
    list_->setAccessibleName(tr("Conversations"));
    list_->setToolTip(tr("Conversations, the last one sent to first"));
    nothing_->setText(tr("No conversation has these words."));
    fill();
}

}  // namespace lathe
