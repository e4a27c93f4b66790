// Draws one row of the list of conversations: title, and under it when, or that it is being answered. Thread: GUI.
#pragma once

#include <QStyledItemDelegate>

namespace lathe {

class ConversationDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    static constexpr int kIdRole = Qt::UserRole, kTimeRole = Qt::UserRole + 1, kAnsweringRole = Qt::UserRole + 2,
                         kFailedRole = Qt::UserRole + 3;
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    // What is being typed is not overwritten because the row changes.
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override;
};

}  // namespace lathe
