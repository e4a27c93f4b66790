// The real window on the real engine, for tests that press its buttons. With the names of lathe in reach.
#pragma once

#include <sys/resource.h>

#include <csignal>

#include "engine/base/files.h"
#include "tests/ui/page_fixture.h"
#include "ui/engine_bridge.h"
#include "ui/main_window.h"
#include "ui/train_page.h"

namespace lathe {

inline constexpr int kPatience_ms = 120'000;  // under a sanitizer, beside other tests

struct RealWindow {
    QTemporaryDir folder;
    AppPaths paths;
    QSettings settings{folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat};
    Appearance appearance{settings};
    EngineBridge engine;
    std::unique_ptr<MainWindow> window;

    explicit RealWindow(const QString& workspace = {}) {
        paths = {.workspace = workspace.isEmpty() ? folder.filePath(QStringLiteral("Lathe")) : workspace,
                 .presets = QStringLiteral(LATHE_SOURCE_DIR "/resources/presets"),
                 .starter = QStringLiteral(LATHE_SOURCE_DIR "/resources/starter")};
        appearance.set_language(LanguageChoice::english);
        engine.open({.workspace = paths.workspace.toStdString(), .threads = 2});
        window = std::make_unique<MainWindow>(engine, appearance, settings, settings, paths);
        window->show();
        window->runs().open_workspace();
    }

    RunWatch& run() const { return window->run(); }
    template <class P>
    P* page() const {
        return window->findChild<P*>();
    }
    static QString banner(QWidget* page) {
        for (const Banner* banner : page->findChildren<Banner*>())
            if (banner->isVisibleTo(page)) return banner->text();
        return {};
    }
    // A model of one block on a file of the test's own, through the form.
    void fill_form(int64_t steps) {
        std::string text;
        for (int i = 0; i < 400; ++i) text += "Line " + std::to_string(i * 37 % 101) + " of a small text, 한국어.\n";
        const std::string file = folder.filePath(QStringLiteral("text.txt")).toStdString();
        write_file_durably(file, text);
        RunConfig config;
        ModelConfig& model = config.model.emplace();
        model.hidden_size = 32;
        model.intermediate_size = 64;
        model.num_hidden_layers = 1;
        model.num_attention_heads = 2;
        model.num_key_value_heads = 1;
        model.head_dim = 16;
        model.max_position_embeddings = 64;
        config.tokenizer.vocab_size = 270;
        config.data.files = {file};
        config.data.max_length = 32;
        config.train.per_device_train_batch_size = 2;
        config.train.max_steps = steps;
        config.train.warmup_steps = 1;
        config.train.eval_steps = 0;
        config.train.save_interval_s = 3600;
        page<TrainPage>()->setup()->set_config(config, QStringLiteral("tiny"));
    }
    // Fills the form, presses Start, waits for the first step. Empty, or why there is none.
    QString start(int64_t steps) {
        window->show_page(QStringLiteral("train"));
        auto* train = page<TrainPage>();
        press(*train, "New run");
        fill_form(steps);
        if (!press(*train, "Start training")) return QStringLiteral("Start: ") + train->setup()->obstacle();
        const auto answered = [&] { return !run().detail().metrics.empty() || !banner(train).isEmpty(); };
        return QTest::qWaitFor(answered, kPatience_ms) ? banner(train) : QStringLiteral("no step came");
    }
    // Presses Start with these settings and waits for the end. Empty, or why it did not finish.
    QString train_to_the_end(const RunConfig& config) {
        auto* train = page<TrainPage>();
        const std::string before = run().run();
        train->setup()->set_config(config, QStringLiteral("trip"));
        const auto pressed = [&] { return press(*train, "Start training"); };
        if (!QTest::qWaitFor(pressed, kPatience_ms)) return QStringLiteral("Start: ") + train->setup()->obstacle();
        const auto done = [&] { return !banner(train).isEmpty() || (ended() && run().run() != before); };
        if (!QTest::qWaitFor(done, kPatience_ms)) return QStringLiteral("it did not end");
        const bool finished = run().run() != before && run().detail().summary.state == "finished";
        return finished ? QString() : QStringLiteral("it did not finish: ") + banner(train);
    }
    bool is_training() const { return run().state() == RunWatch::State::training; }
    bool ended() const { return run().state() == RunWatch::State::ended; }
};

// No file of this process grows over the limit while it lives: as on a full disk.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlimit before_{};
};

}  // namespace lathe
