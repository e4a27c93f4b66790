// lathe: opens the window; with --plot draws a run's curves as a PNG, which needs neither a display nor a GPU.
#include <QApplication>
#include <QBuffer>
#include <QCommandLineParser>
#include <QDir>
#include <QEventLoop>
#include <QLocale>
#include <QLoggingCategory>
#include <QProcess>
#include <QSettings>
#include <algorithm>
#include <cstdio>
#include <optional>
#include <string_view>
#include <vector>

#include "app/quit_signals.h"
#include "app/start_up.h"
#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/base/resources.h"
#include "ui/appearance.h"
#include "ui/engine_bridge.h"
#include "ui/main_window.h"
#include "ui/run_figure.h"
#include "ui/tour.h"

namespace {

constexpr int kUsageError = 2;

int refuse(const QString& sentence, int status = kUsageError) {
    std::fprintf(stderr, "lathe: %s\n", qPrintable(sentence));
    return status;
}

// The run as the store has it; waits for the engine on an event loop.
lathe::RunDetail load_run(const std::string& workspace, const std::string& run) {
    lathe::EngineBridge bridge;
    std::optional<lathe::RunDetail> detail;
    std::optional<lathe::Error> error;
    QEventLoop loop;
    QObject::connect(&bridge, &lathe::EngineBridge::event_arrived, &loop, [&](const lathe::Event& event) {
        if (const auto* shown = std::get_if<lathe::RunDetail>(&event.body)) detail = *shown;
        if (const auto* failed = std::get_if<lathe::Failed>(&event.body)) error = failed->error;
        if (detail || error) loop.quit();
    });
    bridge.open({.workspace = workspace, .threads = 1});
    bridge.post(lathe::ShowRun{.run = run});
    loop.exec();
    if (error) lathe::fail(*error);
    return *detail;
}

// One of --width and --height.
int side_of(const QCommandLineParser& parser, const QString& option, int least) {
    bool is_number = false;
    const int side = parser.value(option).toInt(&is_number);
    if (!is_number || side < least || side > lathe::kFigureMaxSide) {
        lathe::fail({.kind = lathe::ErrorKind::usage,
                     .key = "--" + option.toStdString(),
                     .expected = std::to_string(least) + " to " + std::to_string(lathe::kFigureMaxSide),
                     .found = parser.value(option).toStdString()});
    }
    return side;
}

void plot(const QCommandLineParser& parser) {
    const auto text = [&parser](const char* option) { return parser.value(QLatin1String(option)); };
    const lathe::Theme* theme = lathe::find_theme(text("theme"));
    if (theme == nullptr)
        lathe::fail({.kind = lathe::ErrorKind::usage,
                     .key = "--theme",
                     .expected = "dark or light",
                     .found = text("theme").toStdString()});
    const QSize size(side_of(parser, QStringLiteral("width"), lathe::kFigureMinWidth),
                     side_of(parser, QStringLiteral("height"), lathe::kFigureMinHeight));
    const lathe::RunDetail run = load_run(QDir::cleanPath(text("workspace")).toStdString(), text("plot").toStdString());
    const QImage figure = lathe::draw_run_figure(run, {.size = size, .theme = theme});
    QByteArray png;
    QBuffer buffer(&png);
    if (!figure.save(&buffer, "PNG")) lathe::fail({.kind = lathe::ErrorKind::internal, .found = "Qt wrote no PNG"});
    const std::string out = text("out").toStdString();
    try {
        lathe::write_file_durably(out, {png.constData(), static_cast<size_t>(png.size())});
    } catch (const lathe::Exception& exception) {  // it names the temporary file
        lathe::Error error = exception.error();
        error.file = out;
        lathe::fail(error);
    }
}

lathe::AppPaths paths_of(const QCommandLineParser& parser) {
    const QString resources = QString::fromStdString(lathe::resource_folder());
    return {.workspace = QDir::cleanPath(QDir().absoluteFilePath(parser.value(QStringLiteral("workspace")))),
            .presets = resources + QStringLiteral("/presets"),
            .starter = resources + QStringLiteral("/starter")};
}

int open_window(const lathe::AppPaths& paths, int threads) {
    QSettings user(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("lathe"), QStringLiteral("window"));
    QSettings settings(lathe::workspace_settings_file(paths), QSettings::IniFormat);
    lathe::Appearance appearance(user);
    const lathe::QuitSignals signals_of_the_system;  // until the engine has saved: a second one does not cut that off
    lathe::EngineBridge engine;
    engine.open({.workspace = paths.workspace.toStdString(), .threads = threads});
    lathe::MainWindow window(engine, appearance, user, settings, paths);
    // exit(), since quit() asks the window, which asks the user.
    QObject::connect(&signals_of_the_system, &lathe::QuitSignals::came, qApp, [] { QApplication::exit(0); });
    QObject::connect(&window, &lathe::MainWindow::workspace_wanted, qApp, [threads](const QString& folder) {
        QProcess::startDetached(
            QCoreApplication::applicationFilePath(),
            {QStringLiteral("--workspace"), folder, QStringLiteral("--threads"), QString::number(threads)});
    });
    lathe::report_start_up(window);
    window.show();
    window.runs().open_workspace();
    window.offer_tour();
    return QApplication::exec();
}

void draw(const QCommandLineParser& parser, int threads) {
    const QDir folder(parser.value(QStringLiteral("screenshots")));
    lathe::make_folders(folder.path().toStdString());
    lathe::draw_screenshots(folder, {.paths = paths_of(parser), .threads = threads},
                            [](const QString& path) { std::printf("%s\n", qPrintable(path)); });
}

void add_options(QCommandLineParser& parser) {
    parser.setApplicationDescription(QStringLiteral(
        "Lathe's window. With --plot it draws a run's curves as a picture instead. lathe-cli does the same "
        "work without a window."));
    parser.addHelpOption();
    parser.addVersionOption();
    const auto add = [&parser](const char* name, const char* help, const char* value, const QString& standard = {}) {
        parser.addOption({QLatin1String(name), QLatin1String(help), QLatin1String(value), standard});
    };
    add("screenshots", "Draw every page in every state, theme and language as a PNG; trains a small model for it.",
        "DIR");
    parser.addOption({QStringLiteral("self-test"), QStringLiteral("Open the window, walk through its pages, end.")});
    add("plot", "Draw the curves of a run: its id or \"latest\".", "RUN");
    add("out", "The PNG to write, at twice the given size in pixels.", "FILE");
    add("workspace", "Where the runs are.", "DIR", QDir::homePath() + QStringLiteral("/Lathe"));
    add("threads", "Threads that compute; 0 takes the physical cores.", "N", QStringLiteral("0"));
    add("theme", "Of the picture: dark or light.", "THEME", QStringLiteral("dark"));
    add("width", "Of the picture, in logical pixels.", "N", QStringLiteral("1440"));
    add("height", "Of the picture, in logical pixels.", "N", QStringLiteral("900"));
}

}  // namespace

int main(int argc, char** argv) {
    // Pictures, help and version are made without a display, also where there is one.
    const bool has_display = !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
    const std::vector<std::string_view> words(argv + 1, argv + argc);
    const bool quiet = std::any_of(words.begin(), words.end(), [](std::string_view word) {
        return word.starts_with("--plot") || word.starts_with("--screenshots") || word == "--help" || word == "-h" ||
               word == "--version" || word == "-v";
    });
    if (quiet) qputenv("QT_QPA_PLATFORM", "offscreen");
    if (!quiet && !has_display && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        return refuse(QStringLiteral("no display: ./run --headless or lathe-cli work without one"));
    // Offscreen, Qt's warnings are about a desktop that nobody looks at.
    QLoggingCategory::setFilterRules(QStringLiteral("default.warning=false"));
    QApplication::setStyle(QStringLiteral("Fusion"));
    const QApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("lathe"));
    QCoreApplication::setApplicationVersion(QStringLiteral(LATHE_VERSION));
    QCommandLineParser parser;
    add_options(parser);
    if (!parser.parse(QCoreApplication::arguments())) return refuse(parser.errorText());
    if (parser.isSet(QStringLiteral("help"))) {
        std::fputs(qPrintable(parser.helpText()), stdout);
        return 0;
    }
    if (parser.isSet(QStringLiteral("version"))) {
        std::printf("lathe %s\n", LATHE_VERSION);
        return 0;
    }
    if (!parser.positionalArguments().isEmpty())
        return refuse(QStringLiteral("unknown argument ") + parser.positionalArguments().constFirst());
    if (!lathe::load_fonts()) return refuse(QStringLiteral("the fonts built into the program cannot be read"), 3);
    QApplication::setFont(lathe::text_font(lathe::TextRole::body));
    bool is_number = false;
    const int threads = parser.value(QStringLiteral("threads")).toInt(&is_number);
    if (!is_number || threads < 0) return refuse(QStringLiteral("--threads: expected a number of at least 0"));
    try {
        if (parser.isSet(QStringLiteral("self-test"))) {
            lathe::self_test({.paths = paths_of(parser), .threads = threads});
            return 0;
        }
        if (parser.isSet(QStringLiteral("screenshots"))) {
            draw(parser, threads);
            return 0;
        }
        if (!parser.isSet(QStringLiteral("plot"))) return open_window(paths_of(parser), threads);
        if (parser.value(QStringLiteral("plot")).isEmpty() || parser.value(QStringLiteral("out")).isEmpty())
            return refuse(QStringLiteral("--plot RUN and --out FILE go together"));
        plot(parser);
    } catch (const lathe::Exception& exception) {
        return refuse(QString::fromUtf8(exception.what()), exception.error().exit_status());
    }
    return 0;
}
