// The tour of the first start: a card beside the rail that walks through the pages, a few words each. It can be skipped
// at any step, and taken again from the settings. Thread: GUI.
#pragma once

#include <QFrame>
#include <vector>

#include "ui/controls.h"

namespace lathe {

class Guide : public QFrame {
    Q_OBJECT

public:
    explicit Guide(QWidget* window);
    // `left`: where the rail ends.
    void begin(int left);
    // Those of the palette and the help, or what they are called.
    void set_keys(const QString& palette, const QString& help);
    int step() const { return step_; }

Q_SIGNALS:
    void page_wanted(const QString& page);
    void ended();  // gone through, or skipped

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Stop {
        const char* page;
        QString title, text;
    };
    std::vector<Stop> stops() const;
    void go_to(int step);
    void end();
    void show_step();

    int step_ = 0, left_ = 0;
    QString palette_keys_, help_keys_;
    QLabel* title_;
    QLabel* text_;
    QLabel* count_;
    QPushButton* back_;
    QPushButton* next_;
    QPushButton* skip_;
};

}  // namespace lathe
