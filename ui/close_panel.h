// What closing the window is to mean for the run that trains and for what is being made: go on without a window, or
// save and stop. Lies over the window as the command palette does; Esc goes back. Thread: GUI.
#pragma once

#include <QFrame>
#include <QPointer>
#include <set>

#include "ui/controls.h"
#include "ui/preferences.h"
#include "ui/run_watch.h"

namespace lathe {

class ClosePanel : public QFrame {
    Q_OBJECT

public:
    // `tray`: there is an icon to come back by; else the window is minimised.
    ClosePanel(EngineLink& engine, RunWatch& run, Preferences& preferences, bool tray, QWidget* window);
    // Closing at once would cut something off.
    bool is_needed() const { return run_.is_busy() || engine_.is_making(); }
    void open();
    // Saves, stops, and then done().
    void save_and_stop();

Q_SIGNALS:
    void stopping();       // nothing is to begin any more
    void hidden_wanted();  // the work goes on
    void done();           // it has ended: the window may close

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void place();
    void tell();
    void on_jobs();
    void remember(OnClose choice);

    EngineLink& engine_;
    RunWatch& run_;
    Preferences& preferences_;
    const bool tray_;
    bool stopping_ = false;
    std::set<RequestId> cancelled_;
    QPointer<QWidget> came_from_;
    QLabel* title_;
    QLabel* text_;
    Switch* remember_;
    QLabel* remember_word_;
    QPushButton* go_on_;
    QPushButton* stop_;
    QPushButton* back_;
};

}  // namespace lathe
