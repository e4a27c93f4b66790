// The whole window over an engine that a test plays.
#pragma once

#include <QLineEdit>
#include <QListWidget>
#include <algorithm>

#include "tests/ui/page_fixture.h"
#include "ui/main_window.h"

namespace lathe {

inline RunSummary stopped_run() {
    RunSummary run{
        .run = "20260101-000000-nano-0001", .name = "nano", .state = "stopped", .step = 50, .max_steps = 100};
    run.checkpoints = {{.step = 50, .path = "p"}};
    return run;
}

struct ShownWindow {
    PageFixture f;
    Appearance appearance{f.settings};
    std::unique_ptr<MainWindow> window =
        std::make_unique<MainWindow>(f.engine, appearance, f.settings, f.settings, f.paths);
    ShownWindow() {
        appearance.set_language(LanguageChoice::english);
        window->show();
        window->activateWindow();  // keys go to the active window
        static_cast<void>(QTest::qWaitForWindowActive(window.get()));
    }
    RequestId train() { return begin_run(f.engine, window->run()); }
    // The workspace is open, or another process holds it; these are its runs.
    void open(const std::vector<RunSummary>& runs, const std::optional<Error>& read_only = {}) {
        window->runs().open_workspace();
        f.engine.answer<OpenWorkspace>(WorkspaceOpened{.folder = "w", .read_only = read_only});
        f.engine.answer<ListRuns>(RunsListed{runs});
    }
    // The palette offers one action of these words: it is done.
    bool choose(const char* words) {
        auto* palette = window->findChild<CommandPalette*>();
        palette->open();
        auto* filter = palette->findChild<QLineEdit*>();
        filter->setText(QLatin1String(words));
        const int found = palette->findChild<QListWidget*>()->count();
        QTest::keyClick(filter, found == 1 ? Qt::Key_Return : Qt::Key_Escape);
        return found == 1;
    }
    bool cancelled(RequestId request) const {
        const std::vector<RequestId>& all = f.engine.cancelled;
        return std::find(all.begin(), all.end(), request) != all.end();
    }
    QString notice() const { return window->findChild<WindowNotices*>()->notice().text(); }
    QString current() const { return window->findChild<QStackedWidget*>()->currentWidget()->objectName(); }
};

}  // namespace lathe
