#include "ui/conversation_delegate.h"

#include <QLineEdit>
#include <QPainter>

#include "ui/number_text.h"
#include "ui/paint_parts.h"

namespace lathe {

namespace {

constexpr int kRow = 50, kTitleLine = 20, kTimeLine = 16;
constexpr double kDot = 7;

}  // namespace

QSize ConversationDelegate::sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& /*index*/) const {
    return {space::kWide, kRow};
}

void ConversationDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const {
    const Theme& theme = current_theme();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool selected = (option.state & QStyle::State_Selected) != 0;
    const bool hovered = (option.state & QStyle::State_MouseOver) != 0;
    const bool focused = selected && (option.state & QStyle::State_HasFocus) != 0;
    const QRectF row = QRectF(option.rect).adjusted(1, 1, -1, -1);
    if (selected || hovered) {
        painter->setPen(focused ? QPen(theme.accent, 2) : QPen(Qt::NoPen));
        painter->setBrush(selected ? blend(theme.text, theme.raised, 0.06) : theme.raised);
        painter->drawRoundedRect(row, radius::kControl, radius::kControl);
    }
    const bool answering = index.data(kAnsweringRole).toBool(), failed = index.data(kFailedRole).toBool();
    QRectF inner = row.adjusted(space::kSmall, space::kTiny + 2, -space::kSmall, -space::kTiny);
    if (answering || failed) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(answering ? theme.ok : theme.bad);
        painter->drawEllipse(QPointF(inner.right() - kDot / 2, inner.top() + kTitleLine / 2.0), kDot / 2, kDot / 2);
    }
    const QRectF title(inner.left(), inner.top(), inner.width() - (answering || failed ? kDot + space::kSmall : 0),
                       kTitleLine);
    paint_text(*painter, title, index.data(Qt::DisplayRole).toString(), TextRole::body, theme.text);
    const QString when = answering ? tr("answering…")
                         : failed  ? tr("the answer failed")
                                   : time_text(index.data(kTimeRole).toLongLong());
    paint_text(*painter, {inner.left(), inner.top() + kTitleLine, inner.width(), kTimeLine}, when, TextRole::caption,
               theme.muted);
    painter->restore();
}

void ConversationDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const {
    const auto* line = qobject_cast<QLineEdit*>(editor);
    if (line == nullptr || !line->isModified()) QStyledItemDelegate::setEditorData(editor, index);
}

void ConversationDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                                const QModelIndex& /*index*/) const {
    editor->setGeometry(option.rect.adjusted(0, space::kTiny, 0, -space::kTiny));  // both lines
}

}  // namespace lathe
