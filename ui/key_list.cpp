#include "ui/key_list.h"

#include <QKeyEvent>
#include <QKeySequenceEdit>
#include <QPainter>
#include <QStyledItemDelegate>

#include "ui/paint_parts.h"

namespace lathe {

namespace {

constexpr int kIdRole = Qt::UserRole, kKeysRole = Qt::UserRole + 1, kChangedRole = Qt::UserRole + 2;
constexpr int kRow = 34, kRows = 10, kKeys = 180;

// One combination, shown as soon as it is pressed; Backspace and Delete take it away.
class KeyEdit : public QKeySequenceEdit {
public:
    const QString action;  // its id

    KeyEdit(QString id, const QKeySequence& keys, const QString& name, QWidget* parent)
        : QKeySequenceEdit(keys, parent), action(std::move(id)) {
        setClearButtonEnabled(true);
        setAccessibleName(name);
        findChild<QLineEdit*>()->setAccessibleName(name);
    }

protected:
    void keyPressEvent(QKeyEvent* event) override {
        const QKeySequence before = keySequence();
        clear();
        const bool removes = event->key() == Qt::Key_Backspace || event->key() == Qt::Key_Delete;
        if (removes && event->modifiers() == Qt::NoModifier) return;
        QKeySequenceEdit::keyPressEvent(event);
        const QKeySequence pressed = keySequence();  // empty: Ctrl alone, for example
        clear();                                     // it would wait for a second combination
        setKeySequence(pressed.isEmpty() ? before : pressed);
    }
    void keyReleaseEvent(QKeyEvent* event) override { event->accept(); }
};

class KeyDelegate : public QStyledItemDelegate {
public:
    KeyDelegate(KeyBindings& bindings, std::function<void(const QString& obstacle)> say, QObject* parent)
        : QStyledItemDelegate(parent), bindings_(bindings), say_(std::move(say)) {}

    QSize sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& /*index*/) const override {
        return {0, scaled_pixels(kRow)};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QStyleOptionViewItem row(option);
        initStyleOption(&row, index);
        row.text.clear();
        row.widget->style()->drawControl(QStyle::CE_ItemViewItem, &row, painter, row.widget);
        const Theme& theme = current_theme();
        const QString keys = keys_of(index).toString(QKeySequence::NativeText);
        QRectF place = QRectF(option.rect).adjusted(space::kSmall, 0, -space::kSmall, 0);
        painter->save();
        paint_text(*painter, {place.left(), place.top(), double(scaled_pixels(kKeys)), place.height()},
                   keys.isEmpty() ? QStringLiteral("–") : keys, TextRole::mono,
                   index.data(kChangedRole).toBool() ? theme.accent : theme.text);
        place.setLeft(place.left() + scaled_pixels(kKeys) + space::kGrid);
        paint_text(*painter, place, index.data().toString(), TextRole::body, theme.muted);
        painter->restore();
    }

    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& /*option*/,
                          const QModelIndex& index) const override {
        auto* edit = new KeyEdit(index.data(kIdRole).toString(), keys_of(index),
                                 KeyList::tr("New keys of “%1”").arg(index.data().toString()), parent);
        connect(edit, &QKeySequenceEdit::keySequenceChanged, edit, [this, edit] { say_(obstacle(*edit)); });
        say_({});
        return edit;
    }
    void setEditorData(QWidget* /*editor*/, const QModelIndex& /*index*/) const override {}  // what is pressed stays
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& /*index*/) const override {
        QRect place = option.rect;
        place.setWidth(std::min(place.width(), space::kSmall + scaled_pixels(kKeys)));
        editor->setGeometry(place);
    }
    void setModelData(QWidget* editor, QAbstractItemModel* /*model*/, const QModelIndex& index) const override {
        const auto& edit = *static_cast<const KeyEdit*>(editor);
        if (edit.keySequence() != keys_of(index) && obstacle(edit).isEmpty())
            bindings_.set(edit.action, edit.keySequence());
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() != QEvent::KeyPress) return QStyledItemDelegate::eventFilter(watched, event);
        const auto* pressed = static_cast<QKeyEvent*>(event);
        // With Ctrl or Alt they are new keys like any other.
        if (pressed->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) return false;
        if (pressed->key() != Qt::Key_Return && pressed->key() != Qt::Key_Enter)
            return QStyledItemDelegate::eventFilter(watched, event);
        auto* edit = static_cast<KeyEdit*>(watched);
        if (!obstacle(*edit).isEmpty()) return true;  // other keys can be pressed
        Q_EMIT commitData(edit);
        Q_EMIT closeEditor(edit, SubmitModelCache);
        return true;
    }

private:
    static QKeySequence keys_of(const QModelIndex& index) { return index.data(kKeysRole).value<QKeySequence>(); }
    QString obstacle(const KeyEdit& edit) const { return bindings_.obstacle(edit.action, edit.keySequence()); }

    KeyBindings& bindings_;
    std::function<void(const QString& obstacle)> say_;
};

}  // namespace

KeyList::KeyList(KeyBindings& bindings, QWidget* parent)
    : FilterList(kIdRole, parent), bindings_(bindings), says_(make_label(TextRole::caption, Tone::muted)) {
    auto* delegate = new KeyDelegate(
        bindings, [this](const QString& obstacle) { say(obstacle); }, list_);
    list_->setItemDelegate(delegate);
    list_->setEditTriggers(QAbstractItemView::NoEditTriggers);  // edit() alone
    says_->setWordWrap(true);
    layout()->addWidget(says_);
    set_height();
    connect(list_, &QListWidget::itemClicked, this, &KeyList::edit);
    connect(list_, &QListWidget::itemActivated, this, &KeyList::edit);
    connect(delegate, &QAbstractItemDelegate::closeEditor, this,
            [this](QWidget* /*editor*/, QAbstractItemDelegate::EndEditHint hint) {
                if (hint == QAbstractItemDelegate::RevertModelCache) say({});
            });
    connect(&bindings, &KeyBindings::changed, this, &KeyList::fill);
    retranslate();
}

// Some desktops activate what is clicked, too.
void KeyList::edit(QListWidgetItem* item) {
    if (!list_->isPersistentEditorOpen(item)) list_->editItem(item);
}

void KeyList::say(const QString& obstacle) {
    says_->setText(obstacle.isEmpty()
                       ? tr("A click or Enter on a row, the new keys, Enter; Esc leaves the old ones, Backspace takes "
                            "them away. The keys of a page are heard while it is in view.")
                       : obstacle);
    set_tone(says_, obstacle.isEmpty() ? Tone::muted : Tone::warn);
}

// Rows are changed in place: the scroll position, what is chosen and the focus stay.
void KeyList::fill() {
    int row = 0;
    for (const CommandPalette::Offer& offer : bindings_.actions()) {
        const QString keys = offer.action->shortcut().toString(QKeySequence::NativeText), name = offer.name();
        const QString standard = bindings_.standard(offer.id).toString(QKeySequence::NativeText);
        const bool listed = !filter_->text().trimmed().isEmpty() || !keys.isEmpty() || !standard.isEmpty();
        if (offer.action->text().isEmpty() || !listed) continue;
        if (!has_words(name + QLatin1Char(' ') + keys, filter_->text())) continue;
        if (row == list_->count()) {
            auto* item = new QListWidgetItem(list_);
            item->setFlags(item->flags() | Qt::ItemIsEditable);
        }
        QListWidgetItem* item = list_->item(row++);
        const bool changed = bindings_.chosen().count(offer.id) != 0;
        item->setText(name);
        item->setData(Qt::AccessibleTextRole, keys.isEmpty() ? name : name + QStringLiteral(", ") + keys);
        item->setData(kIdRole, offer.id);
        item->setData(kKeysRole, offer.action->shortcut());
        item->setData(kChangedRole, changed);
        item->setToolTip(!changed             ? offer.action->toolTip()
                         : standard.isEmpty() ? tr("Has no keys by default")
                                              : tr("Standard: %1").arg(standard));
    }
    while (list_->count() > row) delete list_->takeItem(row);
    nothing_->setVisible(row == 0);
}

void KeyList::set_height() {
    list_->setFixedHeight(kRows * scaled_pixels(kRow));
    list_->doItemsLayout();
}

void KeyList::changeEvent(QEvent* event) {
    FilterList::changeEvent(event);
    if (event->type() == QEvent::FontChange) set_height();
}

void KeyList::retranslate() {
    filter_->setPlaceholderText(tr("Search every action, or keys"));
    filter_->setAccessibleName(tr("Search the keys"));
    filter_->setToolTip(tr("Shows the actions with these words or keys, also those that have no keys yet"));
    list_->setAccessibleName(tr("Keys of the actions"));
    nothing_->setText(tr("No action has these words."));
    say({});
    fill();
}

}  // namespace lathe
