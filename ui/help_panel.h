// The panel beside the pages that says what the current one is for; F1 shows and hides it. Thread: GUI.
#pragma once

#include <QFrame>

#include "ui/controls.h"

namespace lathe {

class HelpPanel : public QFrame {
    Q_OBJECT

public:
    explicit HelpPanel(QWidget* parent = nullptr);
    void show_page(const QString& page, const QString& name);
    QPushButton* close_button() const { return close_; }

Q_SIGNALS:
    void closed();

private:
    QLabel* title_;
    QLabel* text_;
    QPushButton* close_;
};

}  // namespace lathe
