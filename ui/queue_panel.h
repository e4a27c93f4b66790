// The queue of runs in a card: what waits, in its order, dragged or moved by Alt+Up and Alt+Down; an entry that failed
// keeps its error. Thread: GUI.
#pragma once

#include <QListWidget>

#include "ui/cards.h"
#include "ui/run_queue.h"

namespace lathe {

class QueuePanel : public Card {
    Q_OBJECT

public:
    explicit QueuePanel(RunQueue& queue, QWidget* parent = nullptr);
    void refresh();
    void retranslate();
    std::string current() const;  // "": none
    // What can be done here, for the palette: the button that starts, holds and continues has the word of what it does.
    QPushButton* go_on_button() const { return go_on_; }
    QPushButton* start_button() const { return start_; }
    QPushButton* remove_button() const { return remove_; }
    QPushButton* undo_button() const { return undo_; }

Q_SIGNALS:
    void removed(const QString& name);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void move_current(int by);
    void remove_current();
    void on_dragged();

    RunQueue& queue_;
    QListWidget* list_;
    QLabel* hint_;
    QPushButton* go_on_;
    QPushButton* start_;
    QPushButton* remove_;
    QPushButton* undo_;
    bool filling_ = false;
};

}  // namespace lathe
