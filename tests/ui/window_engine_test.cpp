// The real window on the real engine: the main job by its buttons, and what goes wrong around it. The tsan preset runs
// it too: here commands, events and the GUI's reading of them meet.
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "engine/base/files.h"
#include "engine/store/store.h"
#include "tests/ui/page_fixture.h"
#include "ui/chat_page.h"
#include "ui/engine_bridge.h"
#include "ui/export_page.h"
#include "ui/main_window.h"
#include "ui/prompt_edit.h"
#include "ui/train_page.h"

using namespace lathe;

namespace {

constexpr int kPatience_ms = 120'000;  // under a sanitizer, beside other tests

struct Window {
    QTemporaryDir folder;
    AppPaths paths;
    QSettings settings{folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat};
    Appearance appearance{settings};
    EngineBridge engine;
    std::unique_ptr<MainWindow> window;

    explicit Window(const QString& workspace = {}) {
        paths = {.workspace = workspace.isEmpty() ? folder.filePath(QStringLiteral("Lathe")) : workspace,
                 .presets = QStringLiteral(LATHE_SOURCE_DIR "/resources/presets"),
                 .starter = QStringLiteral(LATHE_SOURCE_DIR "/resources/starter")};
        appearance.set_language(LanguageChoice::english);
        engine.open({.workspace = paths.workspace.toStdString(), .threads = 2});
        window = std::make_unique<MainWindow>(engine, appearance, settings, paths);
        window->show();
        window->runs().open_workspace();
    }

    RunWatch& run() const { return window->run(); }
    template <class P>
    P* page() const {
        return window->findChild<P*>();
    }
    QPushButton* button(QWidget* page, const char* text) const {
        for (QPushButton* button : page->findChildren<QPushButton*>())
            if (button->text() == QString::fromUtf8(text) && button->isVisibleTo(page)) return button;
        return nullptr;
    }
    bool press(QWidget* page, const char* text) const {
        QPushButton* found = button(page, text);
        if (found == nullptr || !found->isEnabled()) return false;
        found->click();
        return true;
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
        press(train, "New run");
        fill_form(steps);
        if (!press(train, "Start training")) return QStringLiteral("Start: ") + train->setup()->obstacle();
        const auto answered = [&] { return !run().detail().metrics.empty() || !banner(train).isEmpty(); };
        return QTest::qWaitFor(answered, kPatience_ms) ? banner(train) : QStringLiteral("no step came");
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

// Nothing in the folder can be written while it lives: by its permissions, or for root by a mount.
class ReadOnly {
public:
    explicit ReadOnly(const std::string& folder) : folder_(folder) {
        if (::geteuid() != 0)
            allow(false);
        else if (::mount(folder.c_str(), folder.c_str(), nullptr, MS_BIND, nullptr) == 0)
            mounted_ = true;
        remounted_ =
            mounted_ && ::mount(nullptr, folder.c_str(), nullptr, MS_BIND | MS_REMOUNT | MS_RDONLY, nullptr) == 0;
    }
    ~ReadOnly() {
        if (::geteuid() != 0) allow(true);
        if (mounted_) ::umount2(folder_.c_str(), MNT_DETACH);
    }
    ReadOnly(const ReadOnly&) = delete;
    ReadOnly& operator=(const ReadOnly&) = delete;
    bool works() const { return ::geteuid() != 0 || remounted_; }

private:
    void allow(bool writing) const {
        using std::filesystem::perms;
        const perms write = perms::owner_write | perms::group_write | perms::others_write;
        const auto set = [&](const std::filesystem::path& path) {
            std::filesystem::permissions(
                path, writing ? perms::owner_write : write,
                writing ? std::filesystem::perm_options::add : std::filesystem::perm_options::remove);
        };
        set(folder_);
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_)) set(entry.path());
    }

    std::string folder_;
    bool mounted_ = false, remounted_ = false;
};

// A workspace with a run of that state and three steps.
std::string workspace_with_a_run(const QTemporaryDir& folder, RunState state) {
    const std::string workspace = folder.filePath(QStringLiteral("Lathe")).toStdString();
    make_folders(workspace + "/runs");
    Store store(workspace + "/lathe.db", Store::Mode::read_write);
    store.create_run({.id = "20260101-000000-nano-0001",
                      .name = "nano",
                      .state = state,
                      .created_at_ms = 1,
                      .config_json = to_json(RunConfig{}),
                      .provenance = {},
                      .error = {}});
    for (int64_t step = 1; step <= 3; ++step)
        store.add_metrics("20260101-000000-nano-0001", {.step = step, .loss = 2, .eval_loss = {}, .bytes = {}});
    store.flush();
    return workspace;
}

}  // namespace

class WindowEngineTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_main_job_by_its_buttons() {
        Window w;
        auto* train = w.page<TrainPage>();
        auto* chat = w.page<ChatPage>();
        auto* out = w.page<ExportPage>();
        QCOMPARE(w.start(1'000'000), QString());

        QVERIFY(w.press(train, "Pause"));
        QTRY_COMPARE_WITH_TIMEOUT(w.run().state(), RunWatch::State::paused, kPatience_ms);
        const int64_t paused_at = w.run().detail().summary.step;
        QVERIFY(w.press(train, "Step"));
        QTRY_COMPARE_WITH_TIMEOUT(w.run().detail().summary.step, paused_at + 1, kPatience_ms);
        QTRY_COMPARE_WITH_TIMEOUT(w.run().state(), RunWatch::State::paused, kPatience_ms);
        QVERIFY(w.press(train, "Continue"));
        QTRY_VERIFY_WITH_TIMEOUT(w.run().detail().summary.step > paused_at + 1, kPatience_ms);

        // Two conversations with the weights in training, answered at once while it trains.
        std::vector<std::string> conversations;
        for (int i = 0; i < 2; ++i) {
            chat->take_model({.folder = {}, .run = w.run().run(), .checkpoint = "live"});
            conversations.push_back(chat->open_conversation());
            chat->conversations().set_draft(conversations.back(), "Line 3");
            QVERIFY(chat->conversations().send(conversations.back()));
        }
        QVERIFY(conversations[0] != conversations[1]);
        for (const std::string& id : conversations) {
            const auto done = [&] {
                const ConversationState* state = chat->conversations().find(id);
                return state != nullptr && !state->answering && state->kept.turns.size() == 2 &&
                       state->kept.turns[1].tokens > 0;
            };
            QTRY_VERIFY_WITH_TIMEOUT(done(), kPatience_ms);
        }
        QVERIFY(w.is_training());

        QVERIFY(w.press(train, "Stop"));
        QTRY_VERIFY_WITH_TIMEOUT(w.ended(), kPatience_ms);
        QCOMPARE(w.run().detail().summary.state, std::string("stopped"));
        QVERIFY(!w.run().detail().summary.checkpoints.empty());

        QVERIFY(w.press(train, "Export…"));
        QTRY_VERIFY_WITH_TIMEOUT(out->findChild<QPushButton*>(QStringLiteral("export"))->isEnabled(), kPatience_ms);
        out->findChild<QPushButton*>(QStringLiteral("export"))->click();
        const QDir exports(w.paths.workspace + QStringLiteral("/exports"));
        const auto written = [&] { return exports.entryList(QDir::Dirs | QDir::NoDotAndDotDot); };
        QTRY_COMPARE_WITH_TIMEOUT(written().size(), 1, kPatience_ms);
        QVERIFY(QFileInfo::exists(exports.filePath(written()[0] + QStringLiteral("/model.safetensors"))));

        // What was exported answers in the chat.
        chat->take_model({.folder = exports.filePath(written()[0]).toStdString()});
        const std::string id = chat->open_conversation();
        chat->conversations().set_draft(id, "Line 3");
        QVERIFY(chat->conversations().send(id));
        QTRY_VERIFY_WITH_TIMEOUT(!chat->conversations().find(id)->answering, kPatience_ms);
        QVERIFY(!chat->conversations().find(id)->error);
    }

    // No mouse: Tab, Space, Enter, and the palette.
    void the_main_job_by_keys_alone() {
        Window w;
        w.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(w.window.get()));
        const auto tab_to = [&](const auto& wanted) {
            for (int presses = 0; presses < 200; ++presses) {
                QWidget* focus = QApplication::focusWidget();
                if (focus != nullptr && wanted(focus)) return true;
                QTest::keyClick(w.window.get(), Qt::Key_Tab);
            }
            return false;
        };
        const auto button_called = [](const char* text) {
            return [text](QWidget* widget) {
                const auto* button = qobject_cast<QPushButton*>(widget);
                return button != nullptr && button->text() == QLatin1String(text);
            };
        };
        const auto choose = [&](const char* words) {
            QTest::keyClick(w.window.get(), Qt::Key_K, Qt::ControlModifier);
            QTest::keyClicks(QApplication::focusWidget(), QLatin1String(words));
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        };
        QVERIFY(tab_to(button_called("Train the quick-start model")));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(w.run().detail().metrics.size() > 2, kPatience_ms);
        choose("train stop");
        QTRY_VERIFY_WITH_TIMEOUT(w.ended() && !w.run().detail().summary.checkpoints.empty(), kPatience_ms);

        choose("chat with it");
        auto* chat = w.page<ChatPage>();
        QTRY_VERIFY(chat->isVisible());
        QVERIFY(tab_to([](QWidget* widget) { return qobject_cast<PromptEdit*>(widget) != nullptr; }));
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("And it"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        const auto answered = [&] {
            const ConversationState* state = chat->conversations().find(chat->open_conversation());
            return state != nullptr && !state->answering && state->kept.turns.size() == 2;
        };
        QTRY_VERIFY_WITH_TIMEOUT(answered(), kPatience_ms);

        choose("train export");
        auto* out = w.page<ExportPage>();
        QTRY_VERIFY_WITH_TIMEOUT(
            out->isVisible() && button_of(*out, "Export") != nullptr && button_of(*out, "Export")->isEnabled(),
            kPatience_ms);
        QVERIFY(tab_to(button_called("Export")));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        const QDir exports(w.paths.workspace + QStringLiteral("/exports"));
        QTRY_COMPARE_WITH_TIMEOUT(exports.entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1, kPatience_ms);
    }

    void a_run_folder_deleted_while_it_is_open() {
        Window w;
        auto* train = w.page<TrainPage>();
        QCOMPARE(w.start(1'000'000), QString());
        QVERIFY(w.press(train, "Stop"));
        QTRY_VERIFY_WITH_TIMEOUT(w.ended() && !w.run().is_closing(), kPatience_ms);
        std::filesystem::remove_all(w.paths.workspace.toStdString() + "/runs/" + w.run().run());
        QVERIFY(w.press(train, "Resume"));
        QTRY_VERIFY_WITH_TIMEOUT(!Window::banner(train).isEmpty(), kPatience_ms);
        QVERIFY2(Window::banner(train).contains(QString::fromStdString(w.run().run())),
                 qPrintable(Window::banner(train)));
        // The window goes on: a new run starts.
        QCOMPARE(w.start(3), QString());
        QTRY_VERIFY_WITH_TIMEOUT(w.ended() && w.run().detail().summary.state == "finished", kPatience_ms);
    }

    void the_run_folder_is_deleted_while_it_trains() {
        Window w;
        auto* train = w.page<TrainPage>();
        QCOMPARE(w.start(1'000'000), QString());
        std::filesystem::remove_all(w.paths.workspace.toStdString() + "/runs");
        QVERIFY(w.press(train, "Stop"));
        QTRY_VERIFY_WITH_TIMEOUT(w.ended() && !w.run().is_closing(), kPatience_ms);
        // Either its weights are safe in a folder made anew, or it says why they are not.
        QVERIFY(!w.run().detail().summary.checkpoints.empty() || !Window::banner(train).isEmpty());
    }

    void a_full_disk_is_told_and_the_window_goes_on() {
        Window w;
        auto* train = w.page<TrainPage>();
        QCOMPARE(w.start(1'000'000), QString());
        {
            const FullDisk full(1000);
            QVERIFY(w.press(train, "Save now"));
            QTRY_VERIFY_WITH_TIMEOUT(!Window::banner(train).isEmpty() || w.ended(), kPatience_ms);
            QVERIFY2(!Window::banner(train).isEmpty(), w.run().detail().summary.state.c_str());
        }
        if (w.is_training()) QVERIFY(w.press(train, "Stop"));
        QTRY_VERIFY_WITH_TIMEOUT(w.ended() && !w.run().is_closing(), kPatience_ms);
        QCOMPARE(w.start(3), QString());
        QTRY_VERIFY_WITH_TIMEOUT(w.ended() && w.run().detail().summary.state == "finished", kPatience_ms);
    }

    void a_workspace_that_cannot_be_written_is_told() {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("file"));
        write_file_durably(file.toStdString(), "not a folder");
        Window w(file + QStringLiteral("/Lathe"));
        const auto& said = w.window->findChild<WindowNotices*>()->workspace();
        QTRY_VERIFY_WITH_TIMEOUT(said.isVisible(), kPatience_ms);
        QVERIFY2(said.text().contains(file), qPrintable(said.text()));
        QVERIFY(w.start(3).contains(file));
    }

    // Its runs are there, and are shown; what cannot be done says why.
    void a_read_only_workspace_with_runs() {
        const QTemporaryDir folder;
        const std::string workspace = workspace_with_a_run(folder, RunState::stopped);
        const ReadOnly disk(workspace);
        if (!disk.works()) QSKIP("no right to mount a read-only folder");
        Window w(QString::fromStdString(workspace));
        const auto& said = w.window->findChild<WindowNotices*>()->workspace();
        QTRY_VERIFY_WITH_TIMEOUT(said.isVisible(), kPatience_ms);
        QVERIFY2(said.text().contains(QStringLiteral("only be read")), qPrintable(said.text()));
        QTRY_VERIFY_WITH_TIMEOUT(w.window->runs().known(), kPatience_ms);
        QCOMPARE(w.window->runs().runs().size(), size_t{1});
        QVERIFY(w.start(3).contains(QStringLiteral("cannot be written to")));
        QVERIFY(!w.run().is_live());
        w.run().look_at(w.window->runs().runs().front().run);
        QTRY_COMPARE_WITH_TIMEOUT(w.run().detail().metrics.size(), size_t{3}, kPatience_ms);
    }

    void a_workspace_of_a_newer_lathe() {
        const QTemporaryDir folder;
        const std::string workspace = workspace_with_a_run(folder, RunState::stopped);
        {
            // user_version stands at byte 60 (sqlite.org/fileformat2.html, 1.3), the last byte of it at 63.
            std::fstream file(workspace + "/lathe.db", std::ios::binary | std::ios::in | std::ios::out);
            file.seekp(63);
            file.put(99);
        }
        const std::string before = sha256_of_file(workspace + "/lathe.db");
        {
            Window w(QString::fromStdString(workspace));
            const auto& said = w.window->findChild<WindowNotices*>()->workspace();
            QTRY_VERIFY_WITH_TIMEOUT(said.isVisible(), kPatience_ms);
            QVERIFY2(said.text().contains(QStringLiteral("only be read")), qPrintable(said.text()));
            QVERIFY2(said.text().contains(QStringLiteral("newer Lathe")), qPrintable(said.text()));
            QTRY_VERIFY_WITH_TIMEOUT(w.window->runs().known(), kPatience_ms);
            QCOMPARE(w.window->runs().runs().size(), size_t{1});
            QVERIFY(w.start(3).contains(QStringLiteral("newer Lathe")));
        }
        QCOMPARE(sha256_of_file(workspace + "/lathe.db"), before);
    }

    // A crash left its run at work, which cannot be noted now; it is read, and written once there is room.
    void a_full_disk_under_a_workspace_with_runs() {
        const QTemporaryDir folder;
        const std::string workspace = workspace_with_a_run(folder, RunState::running);
        auto full = std::make_unique<FullDisk>(1000);
        Window w(QString::fromStdString(workspace));
        const auto& said = w.window->findChild<WindowNotices*>()->workspace();
        QTRY_VERIFY_WITH_TIMEOUT(said.isVisible(), kPatience_ms);
        QVERIFY2(said.text().contains(QStringLiteral("only be read")), qPrintable(said.text()));
        QTRY_COMPARE_WITH_TIMEOUT(w.window->runs().runs().size(), size_t{1}, kPatience_ms);
        full.reset();
        QVERIFY(QTest::qWaitFor([&] { return press(*w.window, "Try again"); }, kPatience_ms));
        QTRY_VERIFY_WITH_TIMEOUT(!said.isVisible(), kPatience_ms);
        QTRY_COMPARE_WITH_TIMEOUT(w.window->runs().runs().front().state, std::string("interrupted"), kPatience_ms);
        QTRY_VERIFY_WITH_TIMEOUT(!w.run().is_busy() && w.run().state() != RunWatch::State::followed, kPatience_ms);
        QCOMPARE(w.start(3), QString());
        QTRY_VERIFY_WITH_TIMEOUT(w.ended() && w.run().detail().summary.state == "finished", kPatience_ms);
    }

    // Over 8 MiB and closed cleanly, it opens unchecked; the run that lies on the broken page brings it to light.
    void a_database_damaged_in_its_middle() {
        const QTemporaryDir folder;
        const std::string workspace = workspace_with_a_run(folder, RunState::stopped);
        const std::string database = workspace + "/lathe.db", run = "20260101-000000-nano-0001";
        {
            Store store(database, Store::Mode::read_write);
            for (int64_t step = 4; step <= 4000; ++step)
                store.add_metrics(run, {.step = step, .loss = 2, .eval_loss = {}, .bytes = {{"weights", 1000}}});
            store.flush();
        }
        const auto middle = static_cast<std::streamoff>(std::filesystem::file_size(database) / 2 / 4096 * 4096);
        {
            Store store(database, Store::Mode::read_write);
            store.save_conversation({.id = "big", .title = "t", .turns = {{.text = std::string(9 << 20, 'x')}}});
            store.flush();
        }
        {
            std::fstream file(database, std::ios::binary | std::ios::in | std::ios::out);
            file.seekp(middle);
            file << std::string(4096, '\x5a');
        }
        Window w(QString::fromStdString(workspace));
        QTRY_VERIFY_WITH_TIMEOUT(w.window->runs().known(), kPatience_ms);
        w.run().look_at(run);
        const auto& said = w.window->findChild<WindowNotices*>()->workspace();
        QTRY_VERIFY_WITH_TIMEOUT(said.isVisible(), kPatience_ms);
        QVERIFY2(said.text().contains(QStringLiteral("lathe.db.damaged-")), qPrintable(said.text()));
        QTRY_VERIFY_WITH_TIMEOUT(!w.window->runs().error() && w.window->runs().runs().size() == 1, kPatience_ms);
        w.run().look_at(run);
        QTRY_VERIFY_WITH_TIMEOUT(w.run().detail().metrics.size() > 2000, kPatience_ms);
        QCOMPARE(w.start(3), QString());
        QTRY_VERIFY_WITH_TIMEOUT(w.ended() && w.run().detail().summary.state == "finished", kPatience_ms);
    }

    void a_second_window_on_the_workspace() {
        Window first;
        QTRY_VERIFY_WITH_TIMEOUT(first.window->runs().known(), kPatience_ms);
        Window second(first.paths.workspace);
        const auto& said = second.window->findChild<WindowNotices*>()->workspace();
        QTRY_VERIFY_WITH_TIMEOUT(said.isVisible(), kPatience_ms);
        QVERIFY2(said.text().contains(QStringLiteral("pid ")), qPrintable(said.text()));
        QVERIFY(second.start(3).contains(QStringLiteral("in use by another Lathe")));
        QVERIFY(!second.run().is_live());
        // The first has not noticed.
        QCOMPARE(first.start(3), QString());
        QTRY_VERIFY_WITH_TIMEOUT(first.ended() && first.run().detail().summary.state == "finished", kPatience_ms);
    }

    // The window is closed while the engine trains and answers: it ends, and the run is kept.
    void closing_stops_the_engine() {
        QTemporaryDir folder;
        const QString workspace = folder.filePath(QStringLiteral("Lathe"));
        std::string run;
        {
            Window w(workspace);
            QCOMPARE(w.start(1'000'000), QString());
            run = w.run().run();
            auto* chat = w.page<ChatPage>();
            chat->take_model({.folder = {}, .run = run, .checkpoint = "live"});
            chat->conversations().set_draft(chat->open_conversation(), "Line 3");
            QVERIFY(chat->conversations().send(chat->open_conversation()));
            w.window->close();
        }
        Window again(workspace);
        QTRY_VERIFY_WITH_TIMEOUT(again.window->runs().known() && !again.window->runs().runs().empty(), kPatience_ms);
        const RunSummary& kept = again.window->runs().runs().front();
        QCOMPARE(kept.run, run);
        QVERIFY(!kept.checkpoints.empty());
    }
};

LATHE_PAGE_TEST(WindowEngineTest)
#include "window_engine_test.moc"
