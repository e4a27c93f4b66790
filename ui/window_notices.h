// What concerns the whole window, above its pages: a workspace that can only be read, a database that was damaged,
// power from a battery, what was dropped and is nothing Lathe knows, or a workspace. Thread: GUI.
#pragma once

#include <QWidget>
#include <functional>

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
    // What of a drop was not taken; all of it where it is nothing that Lathe knows.
    void refuse_drop(const QStringList& paths, bool all);
    // A workspace was dropped: what to do with it.
    void offer_workspace(const QString& folder);
    void retranslate();
    const Banner& workspace() const { return *workspace_; }
    const Banner& notice() const { return *notice_; }

Q_SIGNALS:
    void workspace_wanted(const QString& folder);  // in a window of its own
    void import_wanted(const QString& folder);     // of its runs

private:
    void show_workspace();
    void say(const std::function<void()>& words);

    RunWatch& run_;
    RunList& runs_;
    Preferences& preferences_;
    Banner* workspace_;
    Banner* notice_;
    std::function<void()> words_;  // of the notice, in the language in force
    bool asks_about_battery_ = false;
};

}  // namespace lathe
