// Edits a cell of the table of examples as text of several lines. Who leaves it while an input method composes a
// syllable takes the syllable along. Thread: GUI.
#pragma once

#include <QPlainTextEdit>
#include <QStyledItemDelegate>
#include <QTimer>
#include <optional>

namespace lathe {

class CellEdit : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit CellEdit(QWidget* parent);
    // What is still composed becomes text.
    void take_composed();

Q_SIGNALS:
    void ended(int rows, int cells);  // and where to go on: rows down, or cells on
    void given_up();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void inputMethodEvent(QInputMethodEvent* event) override;

private:
    struct Way {
        int rows, cells;
    };
    void leave(Way way);
    void go();

    QString preedit_;
    std::optional<Way> way_;  // to go once the syllable is text
    QTimer no_commit_;        // the input method does not answer
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
