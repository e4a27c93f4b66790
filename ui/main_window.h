// The window: rail, pages, status line, palette. It only puts them together; a page does its own work. Size, page and
// position are kept in the settings under window/. Thread: GUI.
#pragma once

#include <QMainWindow>
#include <QSettings>
#include <QStackedWidget>
#include <vector>

#include "ui/app_paths.h"
#include "ui/appearance.h"
#include "ui/command_palette.h"
#include "ui/engine_link.h"
#include "ui/page.h"
#include "ui/rail.h"
#include "ui/run_list.h"
#include "ui/run_watch.h"
#include "ui/status_line.h"

namespace lathe {

class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    MainWindow(EngineLink& engine, Appearance& appearance, QSettings& settings, const AppPaths& paths,
               QWidget* parent = nullptr);

    // start, train, chat, library, export
    void show_page(const QString& page);
    Page* page(const QString& name) const;
    RunWatch& run() { return run_; }
    RunList& runs() { return runs_; }

protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    // A model that is dropped opens in the chat.
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    struct Entry {
        Page* page;
        RailButton* button;
        QAction* action;  // goes there
    };

    void add_page(Page* page, const QString& name);
    void build_actions();
    void show_settings();
    void retranslate();
    void switch_language();

    Appearance& appearance_;
    QSettings& settings_;
    RunWatch run_;
    RunList runs_;
    Rail* rail_;
    QStackedWidget* pages_;
    StatusLine* status_;
    CommandPalette* palette_;
    std::vector<Entry> entries_;
    QAction* open_palette_;
    QAction* language_action_;
    std::vector<QAction*> theme_actions_;  // in the order of ThemeChoice
    QAction* quit_;
};

}  // namespace lathe
