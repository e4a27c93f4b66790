// The window: rail, pages, notices, help, status line, palette. It only puts them together; a page does its own work.
// Size, page and position are kept in the settings under window/. Thread: GUI.
#pragma once

#include <QMainWindow>
#include <QSettings>
#include <QStackedWidget>
#include <QTimer>
#include <vector>

#include "ui/app_paths.h"
#include "ui/appearance.h"
#include "ui/close_panel.h"
#include "ui/command_palette.h"
#include "ui/desktop.h"
#include "ui/engine_link.h"
#include "ui/guide.h"
#include "ui/help_panel.h"
#include "ui/key_bindings.h"
#include "ui/page.h"
#include "ui/rail.h"
#include "ui/run_list.h"
#include "ui/run_watch.h"
#include "ui/status_line.h"
#include "ui/window_notices.h"

namespace lathe {

class TrainPage;

class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    // `user`: settings of every workspace; `settings`: of this one.
    MainWindow(EngineLink& engine, Appearance& appearance, QSettings& user, QSettings& settings, const AppPaths& paths,
               QWidget* parent = nullptr);

    // start, data, model, train, runs, chat, export, settings
    void show_page(const QString& page);
    Page* page(const QString& name) const;
    // In the order of the rail.
    QStringList page_names() const;
    RunWatch& run() { return run_; }
    RunList& runs() { return runs_; }
    RunQueue& queue() { return queue_; }
    // The tour of the first start, unless this user has had it.
    void offer_tour();

Q_SIGNALS:
    void workspace_wanted(const QString& folder);  // another one: in a window of its own

protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    // What is dropped goes to the page that it is for.
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    struct Entry {
        Page* page;
        RailButton* button;
        QAction* action;  // goes there
    };

    void add_page(Page* page, const QString& name, Rail::Place place = Rail::Place::top);
    void build_layout();
    void build_actions();
    // `id` as in Page::add_action().
    QAction* add_window_action(const char* id, const QKeySequence& keys, const std::function<void()>& act);
    void connect_parts();
    void quit();
    bool shows(const QString& page) const;
    void take_drop(const QStringList& paths);
    bool only_reads() const { return runs_.workspace() && runs_.workspace_error(); }
    void look_again();
    void choose_run();
    void show_help(bool shown);
    void change_text_size(int by);
    void retranslate();
    void name_keys();
    void name_leave_room();
    void switch_language();

    EngineLink& engine_;
    Appearance& appearance_;
    QSettings &user_, &settings_;
    Preferences preferences_;
    RunWatch run_;
    RunList runs_;
    RunQueue queue_;
    Rail* rail_;
    QStackedWidget* pages_;
    HelpPanel* help_;
    StatusLine* status_;
    WindowNotices* notices_;
    CommandPalette* palette_ = nullptr;
    KeyBindings* keys_ = nullptr;
    Desktop* desktop_ = nullptr;
    ClosePanel* closing_ = nullptr;
    Guide* guide_ = nullptr;
    std::vector<Entry> entries_;
    TrainPage* train_ = nullptr;
    QTimer look_again_;       // at the record, while it is written
    std::string followed_;    // the run of another process that came into view by itself
    bool may_close_ = false;  // the run was saved for it
    QAction *open_palette_, *language_action_, *leave_room_, *larger_, *smaller_, *help_action_, *tour_action_, *quit_;
    std::vector<QAction*> theme_actions_;  // in the order of ThemeChoice
};

}  // namespace lathe
