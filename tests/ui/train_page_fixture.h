// The Train page over an engine that a test plays, and what the engine says of a run. With the names of lathe in reach.
#pragma once

#include <QLineEdit>
#include <string>

#include "tests/ui/page_fixture.h"
#include "ui/train_page.h"

namespace lathe {

inline const std::string kRun = "20260101-000000-nano-0001";

struct Window {
    QTemporaryDir folder;
    QSettings settings{folder.path() + QStringLiteral("/settings.ini"), QSettings::IniFormat};
    AppPaths paths{folder.path(), LATHE_SOURCE_DIR "/resources/presets", {}};
    FakeEngine engine;
    RunWatch run{engine};
    RunList runs{engine};
    RunQueue queue{engine, run};
    TrainPage page{PageContext{engine, run, runs, paths, settings, queue, settings}};

    Window() {
        page.resize(1200, 800);
        page.show();
    }

    QPushButton* button(const char* text) const { return button_of(page, text); }
    bool can(const char* text) const {
        const QPushButton* found = button(text);
        return found != nullptr && found->isEnabled();
    }
    QString banner() const {
        const auto* banner = page.findChild<Banner*>();
        return banner->isHidden() ? QString() : banner->text();
    }
    RunDetail detail(const std::string& state, int64_t steps) const {
        RunDetail detail{.summary = {.run = kRun, .name = "nano", .state = state, .step = steps, .max_steps = 100}};
        detail.config_json = to_json(page.setup()->config());
        for (int64_t step = 1; step <= steps; ++step)
            detail.metrics.push_back({.step = step, .loss = 3, .tokens_per_s = 100, .bytes = {{"weights", 1000}}});
        return detail;
    }
    void begin() {
        run.start({.config = page.setup()->config(), .config_file = "nano.json", .resume = {}});
        request = engine.last_request<StartTraining>();
        engine.say(request, TrainStarted{.run = kRun, .step = 0, .max_steps = 100});
        engine.say(engine.last_request<ShowRun>(), detail("running", 0));
    }
    void steps(int64_t first, int64_t last) {
        for (int64_t step = first; step <= last; ++step)
            engine.say(request, TrainProgress{.run = kRun,
                                              .step = step,
                                              .max_steps = 100,
                                              .loss = 4 - 0.001 * static_cast<double>(step),
                                              .tokens_per_s = 100,
                                              .bytes = {{"weights", 1000 + step}}});
    }
    void type(const char* key, const QString& text) const {
        auto* edit = page.setup()->form()->field(key)->findChild<QLineEdit*>();
        edit->setText(text);
        Q_EMIT edit->textEdited(text);
    }

    RequestId request = 0;
};

}  // namespace lathe
