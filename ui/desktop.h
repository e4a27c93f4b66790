// The desktop around the window: an icon in the tray with the progress of the run, a notification at the end of a long
// one and of other long work, a question where it trains on a battery, the machine kept awake while there is long work,
// the engine told to leave room, the window hidden while the work goes on. Thread: GUI.
#pragma once

#include <QElapsedTimer>
#include <QMenu>
#include <QSystemTrayIcon>
#include <QTimer>
#include <chrono>

#include "ui/awake.h"
#include "ui/preferences.h"
#include "ui/run_watch.h"

namespace lathe {

// Where it finds itself.
struct DesktopPlace {
    QString power = QStringLiteral("/sys/class/power_supply");  // that battery.h reads
    bool tray = QSystemTrayIcon::isSystemTrayAvailable();
    std::chrono::milliseconds long_work = std::chrono::minutes(1);  // the end of shorter work was waited for
};

class Desktop : public QObject {
    Q_OBJECT

public:
    Desktop(EngineLink& engine, RunWatch& run, Preferences& preferences, QWidget& window, DesktopPlace place = {});

    bool has_tray() const { return tray_ != nullptr; }
    const Awake& awake() const { return awake_; }
    void retranslate();
    // Into the tray, where there is one: the program and its work go on. And back.
    void hide_window();
    void show_window();
    // Of a run that ended: heading and text of its notification.
    static std::pair<QString, QString> end_words(const RunDetail& run);
    // Of other long work, by the engine's answer to it.
    static std::pair<QString, QString> end_words(const LongJob& job, const EventBody& answer);

Q_SIGNALS:
    void battery_in_use();   // while a run trains; once a run, until mains power is back
    void battery_no_more();  // or no run
    void quit_wanted();      // from the tray
    void notified(const QString& heading, const QString& text);

private:
    void on_state();
    void on_job_end(const LongJob& job, const EventBody& answer);
    void tell_end(const std::pair<QString, QString>& words, int64_t took_ms);
    void on_step();
    void look_at_power();
    void tell_power(bool battery);
    void apply();
    void make_tray();
    void paint_tray();

    EngineLink& engine_;
    RunWatch& run_;
    Preferences& preferences_;
    QWidget& window_;
    const DesktopPlace place_;
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
