// The stage of the tour: the real window with an engine of its own on a workspace, with settings that nobody keeps; and
// the camera that takes its pictures. Thread: GUI.
#pragma once

#include <QApplication>
#include <QDir>
#include <QTemporaryDir>
#include <array>
#include <functional>
#include <memory>

#include "ui/engine_bridge.h"
#include "ui/main_window.h"
#include "ui/tour.h"

namespace lathe {

inline constexpr std::array kTourThemes = {ThemeChoice::dark, ThemeChoice::light};
inline constexpr std::array kTourLanguages = {LanguageChoice::english, LanguageChoice::korean};

class Stage {
public:
    explicit Stage(const TourOptions& options);

    MainWindow& window() { return *window_; }
    RunWatch& run() { return window_->run(); }
    Appearance& appearance() { return appearance_; }
    EngineLink& engine() { return engine_; }
    const AppPaths& paths() const { return paths_; }

    // Runs the event loop until `there`; Exception `internal` naming `what` if it does not come.
    void wait(const char* what, const std::function<bool()>& there);
    // Lets events, layouts and queued replots come to rest.
    static void settle(int time_ms);

private:
    QTemporaryDir folder_;
    AppPaths paths_;
    QSettings settings_;
    Appearance appearance_;
    EngineBridge engine_;
    std::unique_ptr<MainWindow> window_;
};

class Camera {
public:
    Camera(Stage& stage, const QDir& folder, double scale, const std::function<void(const QString&)>& tell)
        : stage_(stage), folder_(folder), scale_(scale), tell_(tell) {}

    // <page>-<state>-<theme>-<language>.png, in both themes and languages. `lay_over` brings up, before each of them,
    // what goes away when something else happens in the window.
    void take(const QString& page, const QString& state, const std::function<void()>& lay_over = {});

private:
    void write(const QString& name);

    Stage& stage_;
    const QDir& folder_;
    double scale_;
    const std::function<void(const QString&)>& tell_;
};

}  // namespace lathe
