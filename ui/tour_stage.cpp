#include "ui/tour_stage.h"

#include <QBuffer>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

#include "engine/base/error.h"
#include "engine/base/files.h"

namespace lathe {

namespace {

constexpr int kPatience_ms = 300'000;  // for a state; a debug build trains slowly
constexpr int kTick_ms = 20;

}  // namespace

Stage::Stage(const TourOptions& options)
    : paths_(options.paths),
      settings_(folder_.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat),
      appearance_(settings_) {
    if (paths_.workspace.isEmpty()) paths_.workspace = folder_.filePath(QStringLiteral("Lathe"));
    engine_.open({.workspace = paths_.workspace.toStdString(), .threads = options.threads});
    window_ = std::make_unique<MainWindow>(engine_, appearance_, settings_, settings_, paths_);
    window_->show();
    window_->runs().open_workspace();
    wait("workspace", [this] { return window_->runs().known(); });
}

void Stage::wait(const char* what, const std::function<bool()>& there) {
    QElapsedTimer clock;
    clock.start();
    while (!there()) {
        if (clock.elapsed() > kPatience_ms)
            fail({.kind = ErrorKind::internal,
                  .key = what,
                  .expected = "within 5 minutes",
                  .found = run().detail().error ? run().detail().error->sentence() : run().detail().summary.state});
        settle(kTick_ms);
    }
}

void Stage::settle(int time_ms) {
    QEventLoop loop;
    QTimer::singleShot(time_ms, &loop, &QEventLoop::quit);
    loop.exec();
}

void Camera::take(const QString& page, const QString& state, const std::function<void()>& lay_over) {
    stage_.window().show_page(page);
    for (const ThemeChoice theme : kTourThemes) {
        for (const LanguageChoice language : kTourLanguages) {
            stage_.appearance().set_theme(theme);
            stage_.appearance().set_language(language);
            Stage::settle(300);
            if (lay_over) {
                lay_over();
                Stage::settle(100);
            }
            write(QStringLiteral("%1-%2-%3-%4.png")
                      .arg(page, state, theme == ThemeChoice::dark ? QStringLiteral("dark") : QStringLiteral("light"),
                           language == LanguageChoice::korean ? QStringLiteral("ko") : QStringLiteral("en")));
        }
    }
}

void Camera::write(const QString& name) {
    QImage image(stage_.window().size() * scale_, QImage::Format_RGB32);
    image.setDevicePixelRatio(scale_);
    stage_.window().render(&image);
    QByteArray png;
    QBuffer buffer(&png);
    if (!image.save(&buffer, "PNG")) fail({.kind = ErrorKind::internal, .found = "Qt wrote no PNG"});
    const QString path = folder_.filePath(name);
    write_file_durably(path.toStdString(), {png.constData(), static_cast<size_t>(png.size())});
    tell_(path);
}

}  // namespace lathe
