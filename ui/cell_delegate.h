// Edits a cell of the table of examples as text of several lines. Thread: GUI.
#pragma once

#include <QPlainTextEdit>
#include <QStyledItemDelegate>

namespace lathe {

class CellEdit : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit CellEdit(QWidget* parent);

Q_SIGNALS:
    void ended(int rows, int cells);  // and where to go on: rows down, or cells on
    void given_up();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void inputMethodEvent(QInputMethodEvent* event) override;

private:
    bool composing_ = false, ends_after_commit_ = false;
};

class CellDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    // The next editor begins with all of its text chosen: what is typed replaces it.
    void choose_all() { chooses_all_ = true; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override;
    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void ended(int rows, int cells);

private:
    mutable bool chooses_all_ = false;
};

}  // namespace lathe
