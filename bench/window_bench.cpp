// The window's figures, measured on the real window with the real engine, in a workspace of 200 runs and a million
// rows: time to the first frame, from a click in the rail to the page's frame, frames and turns of the event loop while
// it trains and chats, time until Pause and Stop are answered, speed of a chat alone and beside training, and the
// memory that the window adds to the engine. Usage: window_bench [--seconds N] [--config FILE]; under a display or
// Xvfb. Prints one JSON document.
#include <unistd.h>

#include <QCommandLineParser>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <cstdio>

#include "bench/frame_clock.h"
#include "bench/full_workspace.h"
#include "engine/base/memory.h"
#include "engine/base/process_age.h"
#include "ui/engine_bridge.h"
#include "ui/main_window.h"
#include "ui/theme.h"

using namespace lathe;

namespace {

constexpr double kMegabyte = 1e6;
constexpr int kWalks = 5, kRuns = 200;
constexpr int64_t kRows = 5000;

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

// Sees when something of a page was painted.
class PaintWatch : public QObject {
public:
    explicit PaintWatch(const QWidget& page) : page_(page) { qApp->installEventFilter(this); }
    bool painted = false;
    bool eventFilter(QObject* receiver, QEvent* event) override {
        const auto* widget = event->type() == QEvent::Paint ? qobject_cast<QWidget*>(receiver) : nullptr;
        painted = painted || (widget != nullptr && page_.isAncestorOf(widget));
        return false;
    }

private:
    const QWidget& page_;
};

// The pages in their order, and the buttons of the rail that lead to them.
std::vector<std::pair<Page*, RailButton*>> pages_of(MainWindow& window) {
    std::vector<std::pair<Page*, RailButton*>> pages;
    const auto* stack = qobject_cast<QStackedWidget*>(window.findChild<Page*>()->parentWidget());
    for (int i = 0; i < stack->count(); ++i) {
        auto* page = qobject_cast<Page*>(stack->widget(i));
        for (RailButton* button : window.findChildren<RailButton*>())
            if (button->text() == page->name()) pages.emplace_back(page, button);
    }
    return pages;
}

// From the click to the frame that shows the page.
double switch_to(Page& page, RailButton& button) {
    PaintWatch watch(page);
    QElapsedTimer clock;
    clock.start();
    button.click();
    while (!watch.painted && ms_of(clock) < 5000) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 100);
    return ms_of(clock);
}

// Every page once as a new window has it, then again and again.
QJsonObject switch_pages(MainWindow& window) {
    QJsonObject first;
    Durations again;
    const auto pages = pages_of(window);
    for (int walk = 0; walk < kWalks; ++walk) {
        for (size_t i = 1; i <= pages.size(); ++i) {  // the first is in view
            const auto& [page, button] = pages[i % pages.size()];
            const double ms = switch_to(*page, *button);
            if (walk == 0)
                first[page->objectName()] = ms;
            else
                again.add(ms);
            wait(0.2, [] { return false; });
        }
    }
    return {{QStringLiteral("first_ms"), first}, {QStringLiteral("again"), again.json(100)}};
}

}  // namespace

int main(int argc, char** argv) {
    QTemporaryDir folder;
    const std::string workspace = folder.filePath(QStringLiteral("Lathe")).toStdString();
    fill_workspace(workspace, kRuns, kRows);
    double engine_mb = 0;
    {  // what lathe-cli has in memory
        Session session({.workspace = workspace, .threads = 0}, [](const Event&) {});
        session.post(ListRuns{});
        usleep(500'000);
        engine_mb = static_cast<double>(resident_bytes()) / kMegabyte;
    }
    const double before_window_ms = process_age_ms();

    FrameClock app(argc, argv);
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
    MainWindow window(engine, appearance, settings, settings, paths);
    window.show();
    window.runs().open_workspace();
    QCoreApplication::processEvents();
    window.repaint();
    const double window_up_ms = process_age_ms() - before_window_ms;
    wait(30, [&] { return window.runs().known(); });
    wait(1, [] { return false; });
    const double window_mb = static_cast<double>(resident_bytes()) / kMegabyte - engine_mb;

    QJsonObject result;
    result[QLatin1String("window_up_s")] = window_up_ms / 1000;
    result[QLatin1String("window_mb")] = window_mb;
    result[QLatin1String("page_switch")] = switch_pages(window);

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
    // Half of the time on the page of the run, the other half through all of them.
    const double seconds = parser.value(QStringLiteral("seconds")).toDouble();
    wait(seconds / 2, [&] { return !run.is_live(); });
    QElapsedTimer walked;
    walked.start();
    while (ms_of(walked) < 500 * seconds)
        for (const auto& [page, button] : pages_of(window)) {
            button->click();
            wait(0.7, [] { return false; });
        }
    app.end();
    result[QLatin1String("events_while_training")] = app.events.json(50);
    result[QLatin1String("frames_while_training")] = app.frames.json(50);
    result[QLatin1String("gaps_while_training")] = app.gaps.json(50);

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
