// The desktop around the window while a run trains: an icon in the tray with its progress, a notification at the end of
// a long one, the machine kept awake, the engine told to leave room, a question where the power comes from a battery.
// Thread: GUI.
#pragma once

#include <QElapsedTimer>
#include <QMenu>
#include <QSystemTrayIcon>
#include <QTimer>

#include "ui/awake.h"
#include "ui/preferences.h"
#include "ui/run_watch.h"

namespace lathe {

class Desktop : public QObject {
    Q_OBJECT

public:
    // `power` is the folder that battery.h reads.
    Desktop(EngineLink& engine, RunWatch& run, Preferences& preferences, QWidget& window,
            QString power = QStringLiteral("/sys/class/power_supply"));

    bool has_tray() const { return tray_ != nullptr; }
    const Awake& awake() const { return awake_; }
    void retranslate();
    // Of a run that ended: heading and text of its notification.
    static std::pair<QString, QString> end_words(const RunDetail& run);

Q_SIGNALS:
    void battery_in_use();   // while a run trains; once until mains power is back
    void battery_no_more();  //
    void quit_wanted();      // from the tray
    void notified(const QString& heading, const QString& text);

private:
    void on_state();
    void on_step();
    void look_at_power();
    void apply();
    void make_tray();
    void paint_tray();

    EngineLink& engine_;
    RunWatch& run_;
    Preferences& preferences_;
    QWidget& window_;
    const QString power_;
    Awake awake_;
    QTimer power_timer_;
    bool on_battery_ = false, leaves_room_ = false, was_busy_ = false;
    QElapsedTimer busy_since_;
    QSystemTrayIcon* tray_ = nullptr;
    QMenu menu_;
    QAction* show_;
    QAction* pause_;
    QAction* stop_;
    QAction* quit_;
    int painted_percent_ = -1;
};

// With the progress of a run as a ring, 0 to 1; below 0 without.
QIcon tray_icon(double progress);

}  // namespace lathe
