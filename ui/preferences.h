// What the user wants of the program around the pages; kept in the settings under program/. Thread: GUI.
#pragma once

#include <QObject>
#include <QSettings>

namespace lathe {

// What closing the window means while a run trains.
enum class OnClose { ask, go_on_in_tray, save_and_stop };

class Preferences : public QObject {
    Q_OBJECT

public:
    explicit Preferences(QSettings& settings, QObject* parent = nullptr) : QObject(parent), settings_(settings) {}

    bool keeps_awake() const { return flag("keep_awake", true); }
    bool notifies() const { return flag("notify", true); }
    bool leaves_room() const { return flag("leave_room", false); }
    OnClose on_close() const;
    bool knows_the_way() const { return flag("toured", false); }  // the first-run tour was seen or skipped

    void set_keeps_awake(bool on) { set_flag("keep_awake", on); }
    void set_notifies(bool on) { set_flag("notify", on); }
    void set_leaves_room(bool on) { set_flag("leave_room", on); }
    void set_on_close(OnClose choice);
    void set_knows_the_way(bool on) { set_flag("toured", on); }

Q_SIGNALS:
    void changed();

private:
    bool flag(const char* name, bool standard) const;
    void set_flag(const char* name, bool on);

    QSettings& settings_;
};

}  // namespace lathe
