// What a mark on a curve is, beside it: a title, its words, what can be done with it, and the marks to its left and
// right. Escape or the cross closes it, and the focus goes back to where it was. Lies over its parent. Thread: GUI.
#pragma once

#include <QFrame>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <functional>
#include <vector>

#include "ui/controls.h"

namespace lathe {

class MarkPanel : public QFrame {
    Q_OBJECT

public:
    struct Deed {
        QString text, tooltip;
        std::function<void()> act;
    };
    explicit MarkPanel(QWidget* parent);

    // Beside a place of the parent, within it.
    void show_mark(const QString& title, const QString& text, const std::vector<Deed>& deeds, const QPoint& beside);
    void set_neighbours(bool left, bool right);
    void retranslate();
    void close_panel();

Q_SIGNALS:
    void wanted(int direction);  // the mark to the left (-1), to the right (1)

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QLabel* title_;
    QLabel* text_;
    QPushButton* left_;
    QPushButton* right_;
    QPushButton* close_;
    QHBoxLayout* deeds_;
    QPointer<QWidget> came_from_;
};

}  // namespace lathe
