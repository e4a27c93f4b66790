#include "ui/cell_delegate.h"

#include <QGuiApplication>
#include <QInputMethod>
#include <QKeyEvent>
#include <QPainter>
#include <chrono>

#include "ui/example_model.h"
#include "ui/paint_parts.h"

namespace lathe {

namespace {

using namespace std::chrono_literals;

constexpr auto kNoCommit = 100ms;
constexpr int kLeastHeight = 96;  // of an editor: four lines
constexpr int kMostHeight = 4000;
constexpr int kTextFlags = Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap;
constexpr QMargins kPadding(9, 7, 9, 7);

bool is_return(const QKeyEvent& event) {
    return event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
}

}  // namespace

CellEdit::CellEdit(QWidget* parent) : QPlainTextEdit(parent) {
    setFrameShape(QFrame::NoFrame);
    setProperty("role", QStringLiteral("cell"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Cell"));
    no_commit_.setSingleShot(true);
    no_commit_.setInterval(kNoCommit);
    connect(&no_commit_, &QTimer::timeout, this, [this] {
        take_composed();
        go();
    });
}

// Ctrl+Return is a line end here, and not the page's.
bool CellEdit::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && is_return(*static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    return QPlainTextEdit::event(event);
}

void CellEdit::keyPressEvent(QKeyEvent* event) {
    const bool back = event->key() == Qt::Key_Backtab;
    if (event->key() == Qt::Key_Escape) {
        preedit_.clear();
        QGuiApplication::inputMethod()->reset();
        return Q_EMIT given_up();
    }
    if (back || event->key() == Qt::Key_Tab) return leave({0, back ? -1 : 1});
    if (!is_return(*event)) return QPlainTextEdit::keyPressEvent(event);
    if ((event->modifiers() & ~Qt::KeypadModifier) == 0) return leave({1, 0});
    QGuiApplication::inputMethod()->commit();
    textCursor().insertBlock();
    ensureCursorVisible();
}

void CellEdit::inputMethodEvent(QInputMethodEvent* event) {
    const bool committed = !event->commitString().isEmpty();
    preedit_ = event->preeditString();
    QPlainTextEdit::inputMethodEvent(event);
    if (committed && preedit_.isEmpty()) go();
}

void CellEdit::leave(Way way) {
    way_ = way;
    if (preedit_.isEmpty()) return go();
    // The input method commits now, or in an event that is on its way, or never.
    no_commit_.start();
    QGuiApplication::inputMethod()->commit();
}

void CellEdit::go() {
    no_commit_.stop();
    if (const auto way = std::exchange(way_, std::nullopt)) Q_EMIT ended(way->rows, way->cells);
}

void CellEdit::take_composed() {
    if (preedit_.isEmpty()) return;
    QInputMethodEvent commit;
    commit.setCommitString(std::exchange(preedit_, {}));
    QPlainTextEdit::inputMethodEvent(&commit);
    QGuiApplication::inputMethod()->reset();
}

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Theme& theme = current_theme();
    painter->save();
    painter->setClipRect(option.rect);
    if ((option.state & QStyle::State_Selected) != 0)
        painter->fillRect(option.rect, blend(theme.text, theme.surface, 0.1));
    painter->setFont(option.font);
    painter->setPen(index.column() == ExampleModel::kTurns ? theme.muted : theme.text);
    painter->drawText(option.rect.marginsRemoved(kPadding), kTextFlags, index.data().toString());
    if ((option.state & QStyle::State_HasFocus) != 0) {
        painter->setPen(QPen(theme.accent, 2));
        painter->drawRect(option.rect.adjusted(1, 1, -1, -1));
    }
    painter->restore();
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const QRect room = QRect(0, 0, option.rect.width(), kMostHeight).marginsRemoved(kPadding);
    const QRect text = option.fontMetrics.boundingRect(room, kTextFlags, index.data().toString());
    return text.marginsAdded(kPadding).size();
}

QWidget* CellDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex& index) const {
    auto* edit = new CellEdit(parent);
    edit->setPlainText(index.data(Qt::EditRole).toString());
    if (std::exchange(chooses_all_, false))
        edit->selectAll();
    else
        edit->moveCursor(QTextCursor::End);
    auto* self = const_cast<CellDelegate*>(this);  // Qt makes editors in a const function
    const QString before = edit->toPlainText();
    connect(edit, &QPlainTextEdit::textChanged, self, [self, edit] { Q_EMIT self->commitData(edit); });
    connect(edit, &CellEdit::ended, self, [self, edit](int rows, int cells) {
        Q_EMIT self->closeEditor(edit, NoHint);
        Q_EMIT self->ended(rows, cells);
    });
    connect(edit, &CellEdit::given_up, self, [self, edit, before] {
        edit->setPlainText(before);
        Q_EMIT self->closeEditor(edit, NoHint);
    });
    return edit;
}

void CellDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const {
    auto* edit = static_cast<CellEdit*>(editor);
    const QString text = index.data(Qt::EditRole).toString();
    if (edit->toPlainText() != text) edit->setPlainText(text);  // else the caret would jump
}

void CellDelegate::setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const {
    model->setData(index, static_cast<CellEdit*>(editor)->toPlainText(), Qt::EditRole);
}

void CellDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex&) const {
    QRect place = option.rect;
    place.setHeight(std::max(place.height(), kLeastHeight));
    const int over = place.bottom() - editor->parentWidget()->rect().bottom();
    if (over > 0) place.translate(0, -std::min(over, place.top()));
    editor->setGeometry(place);
}

// Keys are the editor's own; what is left is the end of the focus.
bool CellDelegate::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride) return false;
    if (event->type() == QEvent::FocusOut) static_cast<CellEdit*>(watched)->take_composed();
    return QStyledItemDelegate::eventFilter(watched, event);
}

}  // namespace lathe
