// The window's figures, measured on the real window with the real engine, in a workspace of 200 runs and a million
// rows and one more run of a million: time to the first frame, from a click in the rail to the page's frame, of each
// frame while the long curve is moved by the mouse, alone and beside a run; frames and turns of the event loop while it
// trains and chats, time until Pause and Stop are answered, speed of a chat alone and beside training, and the memory
// that the window adds to the engine. Usage: window_bench [--seconds N] [--config FILE] [--check]; under a display or
// Xvfb. Prints one JSON document; with --check status 1 where a goal is missed (bench/goals.h).
#include <unistd.h>

#include <QCommandLineParser>
#include <QTemporaryDir>
#include <cstdio>

#include "bench/frame_clock.h"
#include "bench/full_workspace.h"
#include "bench/goals.h"
#include "bench/window_drive.h"
#include "engine/base/memory.h"
#include "engine/base/process_age.h"
#include "ui/engine_bridge.h"
#include "ui/main_window.h"
#include "ui/theme.h"

using namespace lathe;

namespace {

constexpr double kMegabyte = 1e6;
constexpr int kRuns = 200, kTicked = 3;
constexpr int64_t kRows = 5000, kLongest = 1'000'000;

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

// The longest run of the workspace, open on the Train page: moved under the mouse, and the pages beside it.
QJsonObject long_run(FrameClock& app, MainWindow& window) {
    if (window.runs().runs().empty()) return {};  // --check says what was not measured
    QJsonObject result;
    app.begin();
    result[QLatin1String("open_ms")] = open_run(window, window.runs().runs().front().run, kLongest);
    wait(1, [] { return false; });
    app.end();
    result[QLatin1String("frames_while_opening")] = app.frames.json(50);
    result[QLatin1String("pan_half")] = pan_loss(window, 0.5).json(kFrame60_ms);
    result[QLatin1String("pan_hundredth")] = pan_loss(window, 0.01).json(kFrame60_ms);
    result[QLatin1String("page_switch")] = walk(window).json(100);
    if (tick_newest(window, kTicked)) result[QLatin1String("ticked_page_switch")] = walk(window).json(100);
    return result;
}

// The same while steps come as fast as a model of one small block makes them; it stays ticked among the others.
QJsonObject long_run_beside_training(FrameClock& app, MainWindow& window, double seconds) {
    RunConfig config = read_run_config(LATHE_SOURCE_DIR "/resources/presets/nano.json");
    config.model->hidden_size = 32;
    config.model->intermediate_size = 64;
    config.model->num_hidden_layers = 1;
    config.model->num_attention_heads = 2;
    config.model->num_key_value_heads = 1;
    config.model->head_dim = 16;
    config.data.max_length = 32;
    config.train.per_device_train_batch_size = 2;
    config.train.max_steps = 80'000;
    config.train.eval_steps = config.train.sample_steps = 0;
    RunWatch& run = window.run();
    window.show_page(QStringLiteral("train"));
    run.start({.config = config, .config_file = "fast.json", .resume = {}});
    QJsonObject result;
    if (!wait(120, [&] { return run.is_live() && run.detail().summary.step >= 200; })) return result;
    app.begin();
    wait(seconds, [&] { return !run.is_live(); });
    result[QLatin1String("pan_live")] = pan_loss(window, 0.5).json(kFrame60_ms);
    result[QLatin1String("ticked_page_switch")] = walk(window).json(100);
    app.end();
    result[QLatin1String("frames")] = app.frames.json(50);
    result[QLatin1String("events")] = app.events.json(50);
    result[QLatin1String("longest_event")] = app.longest;
    result[QLatin1String("steps")] = static_cast<double>(run.detail().summary.step);
    run.stop();
    wait(120, [&] { return run.state() == RunWatch::State::ended; });
    return result;
}

}  // namespace

int main(int argc, char** argv) {
    QTemporaryDir folder;
    const std::string workspace = folder.filePath(QStringLiteral("Lathe")).toStdString();
    fill_workspace(workspace, kRuns, kRows, kLongest);
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
    add_check_option(parser);
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
    const double seconds = parser.value(QStringLiteral("seconds")).toDouble();
    result[QLatin1String("long_run")] = long_run(app, window);
    result[QLatin1String("long_run_beside_training")] = long_run_beside_training(app, window, seconds / 3);

    RunWatch& run = window.run();
    const RunConfig config = read_run_config(parser.value(QStringLiteral("config")).toStdString());
    window.show_page(QStringLiteral("train"));
    run.start({.config = config, .config_file = "window_bench.json", .resume = {}});
    if (!wait(600, [&] { return run.is_live() && run.detail().summary.step >= 1; })) {
        std::fprintf(stderr, "window_bench: the run did not start: %s\n",
                     run.error() ? run.error()->sentence().c_str() : "no answer");
        return 3;
    }
    const ModelSource live{.folder = {}, .run = run.run(), .checkpoint = "live"};
    ChatMeter chat(engine);
    app.begin();
    const double beside = chat.measure(live, 48);
    // Half of the time on the page of the run, the other half through all of them.
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
    result[QLatin1String("longest_event_while_training")] = app.longest;
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
    return publish("window_bench", result, parser);
}
