// What concerns the whole window, above its pages: a workspace that can only be read, a database that was damaged,
// power from a battery, a dropped file that is nothing Lathe knows. Thread: GUI.
#pragma once

#include <QWidget>

#include "ui/cards.h"
#include "ui/preferences.h"
#include "ui/run_list.h"
#include "ui/run_watch.h"

namespace lathe {

class WindowNotices : public QWidget {
    Q_OBJECT

public:
    WindowNotices(RunWatch& run, RunList& runs, Preferences& preferences, QWidget* parent = nullptr);
    void ask_about_battery();
    void battery_no_more();
    void refuse_drop(const QString& path);
    void retranslate();
    const Banner& workspace() const { return *workspace_; }
    const Banner& notice() const { return *notice_; }

private:
    void show_workspace();

    RunWatch& run_;
    RunList& runs_;
    Preferences& preferences_;
    Banner* workspace_;
    Banner* notice_;
    bool asks_about_battery_ = false;
};

}  // namespace lathe
