// The whole window over an engine that a test plays.
#pragma once

#include <algorithm>

#include "tests/ui/page_fixture.h"
#include "ui/main_window.h"

namespace lathe {

struct ShownWindow {
    PageFixture f;
    Appearance appearance{f.settings};
    std::unique_ptr<MainWindow> window = std::make_unique<MainWindow>(f.engine, appearance, f.settings, f.paths);
    ShownWindow() {
        appearance.set_language(LanguageChoice::english);
        window->show();
        window->activateWindow();  // keys go to the active window
        static_cast<void>(QTest::qWaitForWindowActive(window.get()));
    }
    // A run of 100 steps.
    RequestId train() {
        window->run().start({.config = RunConfig{}, .config_file = "nano.json", .resume = {}});
        const RequestId training = f.engine.last_request<StartTraining>();
        f.engine.say(training, TrainStarted{.run = "r", .step = 0, .max_steps = 100});
        f.engine.say(training, StateChanged{EngineState::training});
        return training;
    }
    bool cancelled(RequestId request) const {
        const std::vector<RequestId>& all = f.engine.cancelled;
        return std::find(all.begin(), all.end(), request) != all.end();
    }
    QString notice() const { return window->findChild<WindowNotices*>()->notice().text(); }
    QString current() const { return window->findChild<QStackedWidget*>()->currentWidget()->objectName(); }
};

}  // namespace lathe
