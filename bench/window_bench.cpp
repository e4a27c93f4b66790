// The window's figures, measured on the real window with the real engine: time to the first frame, longest turn of the
// event loop while it trains and chats, time until Pause and Stop are answered, speed of a chat alone and beside
// training, frames per second of a curve of 100,000 points, and the memory that the window adds to the engine.
// Usage: window_bench [--seconds N] [--config FILE]; under a display or Xvfb. Prints one JSON document.
#include <unistd.h>
#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <optional>

#include "engine/base/memory.h"
#include "ui/engine_bridge.h"
#include "ui/loss_plot.h"
#include "ui/main_window.h"
#include "ui/theme.h"

using namespace lathe;

namespace {

constexpr double kMegabyte = 1e6;
constexpr int kCurvePoints = 100'000, kPans = 120;

// Every event is timed: a frame is at least as long as the longest of them.
class TimedApplication : public QApplication {
public:
    using QApplication::QApplication;
    double longest_ms = 0;
    int64_t over_50_ms = 0;

    bool notify(QObject* receiver, QEvent* event) override {
        if (depth_ > 0) return QApplication::notify(receiver, event);
        ++depth_;
        QElapsedTimer clock;
        clock.start();
        const bool taken = QApplication::notify(receiver, event);
        const double ms = static_cast<double>(clock.nsecsElapsed()) / 1e6;
        longest_ms = std::max(longest_ms, ms);
        over_50_ms += ms > 50 ? 1 : 0;
        --depth_;
        return taken;
    }
    void begin() {
        longest_ms = 0;
        over_50_ms = 0;
    }

private:
    int depth_ = 0;
};

// Since the process was made, from the kernel's clock ticks (proc(5), starttime).
double process_age_s() {
    QFile stat(QStringLiteral("/proc/self/stat")), uptime(QStringLiteral("/proc/uptime"));
    if (!stat.open(QIODevice::ReadOnly) || !uptime.open(QIODevice::ReadOnly)) return 0;
    const QByteArray text = stat.readAll();
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    return uptime.readAll().split(' ').first().toDouble() -
           fields[19].toDouble() / static_cast<double>(sysconf(_SC_CLK_TCK));
}

bool wait(double seconds, const std::function<bool()>& there) {
    QElapsedTimer clock;
    clock.start();
    while (!there()) {
        if (static_cast<double>(clock.elapsed()) > 1000 * seconds) return false;
        QEventLoop loop;
        QTimer::singleShot(5, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return true;
}

// Answers of one chat, and when its tokens came.
class ChatMeter : public QObject {
public:
    explicit ChatMeter(EngineLink& engine) : engine_(engine) {
        QObject::connect(&engine, &EngineLink::event_arrived, this, [this](const Event& event) {
            if (event.request != request_) return;
            if (const auto* chunk = std::get_if<TokenChunk>(&event.body)) {
                if (tokens_ == 0) clock_.start();
                tokens_ += chunk->tokens;
            }
            if (std::holds_alternative<ChatDone>(event.body) || std::holds_alternative<Failed>(event.body))
                done_ = true;
        });
    }
    // Tokens a second of an answer of `tokens` tokens; 0: it failed.
    double measure(const ModelSource& model, int64_t tokens) {
        tokens_ = 0;
        done_ = false;
        SampleConfig sample;
        sample.max_tokens = tokens;
        sample.temperature = 1;
        request_ = engine_.post(Chat{.conversation = {}, .model = model, .turns = {{.text = "And"}}, .sample = sample});
        if (!wait(120, [this] { return done_; }) || tokens_ < 2) return 0;
        return static_cast<double>(tokens_ - 1) / (static_cast<double>(clock_.nsecsElapsed()) / 1e9);
    }

private:
    EngineLink& engine_;
    RequestId request_ = 0;
    int64_t tokens_ = 0;
    bool done_ = false;
    QElapsedTimer clock_;
};

double frames_per_s() {
    LossPlot plot(dark_theme());
    plot.resize(900, 360);
    std::vector<double> steps, losses;
    for (int i = 1; i <= kCurvePoints; ++i) {
        steps.push_back(i);
        losses.push_back(3 + 7 * std::exp(-i / 2e4) + 0.3 * std::sin(i * 12.9898) * std::cos(i * 78.233));
    }
    plot.set_data(steps, losses);
    plot.show();
    plot.fit();
    plot.replot(QCustomPlot::rpImmediateRefresh);
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < kPans; ++i) {
        plot.xAxis->moveRange((i < kPans / 2 ? 1 : -1) * kCurvePoints / 200.0);
        plot.replot(QCustomPlot::rpImmediateRefresh);
    }
    return kPans / (static_cast<double>(clock.nsecsElapsed()) / 1e9);
}

}  // namespace

int main(int argc, char** argv) {
    QTemporaryDir folder;
    const std::string workspace = folder.filePath(QStringLiteral("Lathe")).toStdString();
    double engine_mb = 0;
    {  // what lathe-cli has in memory
        Session session({.workspace = workspace, .threads = 0}, [](const Event&) {});
        session.post(ListRuns{});
        usleep(500'000);
        engine_mb = static_cast<double>(resident_bytes()) / kMegabyte;
    }
    const double before_window_s = process_age_s();

    TimedApplication app(argc, argv);
    QApplication::setStyle(QStringLiteral("Fusion"));
    QCommandLineParser parser;
    parser.addOption(
        {QStringLiteral("seconds"), QStringLiteral("of training"), QStringLiteral("N"), QStringLiteral("30")});
    parser.addOption({QStringLiteral("config"), QStringLiteral("the run to train"), QStringLiteral("FILE"),
                      QStringLiteral(LATHE_SOURCE_DIR "/bench/window_100m.json")});
    parser.process(app);
    load_fonts();
    QApplication::setFont(text_font(TextRole::body));
    QSettings settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    Appearance appearance(settings);
    EngineBridge engine;
    engine.open({.workspace = workspace, .threads = 0});
    const AppPaths paths{.workspace = QString::fromStdString(workspace),
                         .presets = QStringLiteral(LATHE_SOURCE_DIR "/resources/presets"),
                         .starter = QStringLiteral(LATHE_SOURCE_DIR "/resources/starter")};
    MainWindow window(engine, appearance, settings, paths);
    window.show();
    window.runs().open_workspace();
    QCoreApplication::processEvents();
    window.repaint();
    const double window_up_s = process_age_s() - before_window_s;
    wait(1, [] { return false; });
    const double window_mb = static_cast<double>(resident_bytes()) / kMegabyte - engine_mb;

    QJsonObject result;
    result[QLatin1String("window_up_s")] = window_up_s;
    result[QLatin1String("window_mb")] = window_mb;
    result[QLatin1String("curve_frames_per_s")] = frames_per_s();

    RunWatch& run = window.run();
    const RunConfig config = read_run_config(parser.value(QStringLiteral("config")).toStdString());
    window.show_page(QStringLiteral("train"));
    run.start({.config = config, .config_file = "window_bench.json", .resume = {}});
    if (!wait(600, [&] { return run.is_live() && run.detail().summary.step >= 1; })) {
        std::fprintf(stderr, "window_bench: the run did not start: %s\n",
                     run.error() ? run.error()->sentence().c_str() : "no answer");
        return 3;
    }
    result[QLatin1String("parameters")] = static_cast<double>(run.parameters());
    const ModelSource live{.folder = {}, .run = run.run(), .checkpoint = "live"};
    ChatMeter chat(engine);
    app.begin();
    const double beside = chat.measure(live, 48);
    wait(parser.value(QStringLiteral("seconds")).toDouble(), [&] { return !run.is_live(); });
    result[QLatin1String("longest_event_ms")] = app.longest_ms;
    result[QLatin1String("events_over_50_ms")] = static_cast<double>(app.over_50_ms);

    QElapsedTimer clock;
    double pause_s = 0;
    for (int i = 0; i < 5; ++i) {
        wait(1.0 + 0.37 * i, [] { return false; });  // anywhere in a step
        clock.start();
        run.pause();
        wait(60, [&] { return run.state() == RunWatch::State::paused; });
        pause_s = std::max(pause_s, static_cast<double>(clock.nsecsElapsed()) / 1e9);
        if (i < 4) {
            run.go_on();
            wait(60, [&] { return run.state() == RunWatch::State::training; });
        }
    }
    result[QLatin1String("pause_s")] = pause_s;
    const double alone = chat.measure(live, 48);
    result[QLatin1String("chat_alone_tokens_per_s")] = alone;
    result[QLatin1String("chat_beside_training_tokens_per_s")] = beside;
    result[QLatin1String("chat_share")] = alone > 0 ? beside / alone : 0;
    run.go_on();
    wait(3, [] { return false; });
    clock.start();
    run.stop();
    // Answered when it steps no more, done when its checkpoint is on disk.
    wait(60, [&] { return run.is_closing() || !run.is_live(); });
    result[QLatin1String("stop_s")] = static_cast<double>(clock.nsecsElapsed()) / 1e9;
    wait(120, [&] { return run.state() == RunWatch::State::ended; });
    result[QLatin1String("stop_and_save_s")] = static_cast<double>(clock.nsecsElapsed()) / 1e9;
    std::printf("%s", QJsonDocument(result).toJson().constData());
    return 0;
}
