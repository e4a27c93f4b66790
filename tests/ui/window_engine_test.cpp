// The real window on the real engine: the main job by its buttons, and what goes wrong around it. The tsan preset runs
// it too: here commands, events and the GUI's reading of them meet.
#include <QSlider>
#include <filesystem>
#include <set>

#include "tests/ui/real_window.h"
#include "ui/chat_page.h"
#include "ui/data_page.h"
#include "ui/export_page.h"
#include "ui/model_page.h"
#include "ui/prompt_edit.h"
#include "ui/runs_page.h"

using namespace lathe;
using Window = RealWindow;

class WindowEngineTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_main_job_by_its_buttons() {
        Window w;
        auto* train = w.page<TrainPage>();
        auto* chat = w.page<ChatPage>();
        auto* out = w.page<ExportPage>();
        QCOMPARE(w.start(1'000'000), QString());

        QVERIFY(press(*train, "Pause"));
        QTRY_COMPARE_WITH_TIMEOUT(w.run().state(), RunWatch::State::paused, kPatience_ms);
        const int64_t paused_at = w.run().detail().summary.step;
        QVERIFY(press(*train, "Step"));
        QTRY_COMPARE_WITH_TIMEOUT(w.run().detail().summary.step, paused_at + 1, kPatience_ms);
        QTRY_COMPARE_WITH_TIMEOUT(w.run().state(), RunWatch::State::paused, kPatience_ms);
        QVERIFY(press(*train, "Continue"));
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

        QVERIFY(press(*train, "Stop"));
        QTRY_VERIFY_WITH_TIMEOUT(w.ended(), kPatience_ms);
        QCOMPARE(w.run().detail().summary.state, std::string("stopped"));
        QVERIFY(!w.run().detail().summary.checkpoints.empty());

        QVERIFY(press(*train, "Export…"));
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
        QVERIFY(tab_to(button_called("Train the quick start")));
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

    // From a file to two runs over each other: Data, Model, Train, Runs.
    void from_a_file_to_two_runs() {
        Window w;
        auto* data = w.page<DataPage>();
        auto* model = w.page<ModelPage>();
        auto* train = w.page<TrainPage>();
        auto* runs = w.page<RunsPage>();
        const auto type = [](QLineEdit* edit, const char* text) {
            edit->selectAll();
            QTest::keyClicks(edit, QLatin1String(text));
        };

        std::string rows;
        for (int i = 0; i < 400; ++i)
            rows += "{\"text\": \"Line " + std::to_string(i * 37 % 101) + " of a small text, 한국어.\"}\n";
        const QString file = w.folder.filePath(QStringLiteral("lines.jsonl"));
        write_file_durably(file.toStdString(), rows);
        w.window->show_page(QStringLiteral("data"));
        data->draft().add_files({file});
        QTRY_VERIFY_WITH_TIMEOUT(data->draft().is_current(), kPatience_ms);
        QCOMPARE(data->draft().survey()->documents, int64_t{400});
        data->show_face(DataPage::Face::clean);
        auto* recipe = data->findChild<RecipeForm*>();
        for (Switch* one : recipe->findChildren<Switch*>())
            if (one->accessibleName() == QLatin1String("drop_duplicates")) one->click();
        for (QLineEdit* one : recipe->findChildren<QLineEdit*>())
            if (one->accessibleName() == QLatin1String("validation_fraction")) type(one, "0.1");
        QTRY_VERIFY_WITH_TIMEOUT(data->draft().is_current(), kPatience_ms);
        QCOMPARE(data->draft().survey()->kept_documents, int64_t{101});
        QVERIFY(press(*data, "Save as new version"));
        const QString version = w.paths.workspace + QStringLiteral("/datasets/lines/v1/train.jsonl");
        const auto shown = [&] { return QString::fromStdString(data->draft().data().files.front()); };
        QTRY_COMPARE_WITH_TIMEOUT(shown(), version, kPatience_ms);
        QVERIFY(QFileInfo(version).size() > 0);
        QCOMPARE(data->draft().data().validation_files.size(), size_t{1});

        data->show_face(DataPage::Face::tokenizer);
        type(data->findChild<QLineEdit*>(QStringLiteral("vocab_size")), "270");
        data->findChild<QPushButton*>(QStringLiteral("train_tokenizer"))->click();
        const QString tokenizer = w.paths.workspace + QStringLiteral("/tokenizers/lines-270");
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(tokenizer + QStringLiteral("/tokenizer.json")), kPatience_ms);

        w.window->show_page(QStringLiteral("model"));
        model->show_door(ModelPage::Door::build);
        auto* dial = model->findChild<QSlider*>(QStringLiteral("size_dial"));
        dial->setValue(dial->minimum());
        QTRY_VERIFY_WITH_TIMEOUT(button_of(*model, "Train it")->isEnabled(), kPatience_ms);
        QVERIFY(press(*model, "Train it"));
        QVERIFY(train->isVisible());
        QCOMPARE(train->setup()->config().model->num_hidden_layers, int64_t{2});
        w.window->show_page(QStringLiteral("data"));
        QTRY_VERIFY_WITH_TIMEOUT(button_of(*data, "Use for training")->isEnabled(), kPatience_ms);
        QVERIFY(press(*data, "Use for training"));
        QVERIFY(train->isVisible());

        RunConfig config = train->setup()->config();
        QCOMPARE(config.model->num_hidden_layers, int64_t{2});
        QCOMPARE(config.data.files, std::vector<std::string>{version.toStdString()});
        config.tokenizer.path = tokenizer.toStdString();
        config.data.max_length = 32;
        config.train.per_device_train_batch_size = 2;
        config.train.max_steps = 4;
        config.train.warmup_steps = 1;
        config.train.eval_steps = 2;
        config.train.eval_batches = 1;
        QCOMPARE(w.train_to_the_end(config), QString());
        const std::string first = w.run().run();
        QVERIFY(press(*train, "New run"));
        config.train.learning_rate /= 2;
        QCOMPARE(w.train_to_the_end(config), QString());

        w.window->show_page(QStringLiteral("runs"));
        QTRY_COMPARE_WITH_TIMEOUT(runs->model().rowCount(), 2, kPatience_ms);
        for (const Qt::Key key : {Qt::Key_Home, Qt::Key_Space, Qt::Key_Down, Qt::Key_Space})
            QTest::keyClick(&runs->table(), key);
        QCOMPARE(runs->model().ticked(), (std::set<std::string>{first, w.run().run()}));
        const OverlayPlot& plot = runs->overlay().plot();
        QTRY_COMPARE_WITH_TIMEOUT(plot.series().size(), size_t{2}, kPatience_ms);
        for (const size_t series : {size_t{0}, size_t{1}}) QCOMPARE(plot.shown(series).size(), int64_t{4});
    }

    void a_run_folder_deleted_while_it_is_open() {
        Window w;
        auto* train = w.page<TrainPage>();
        QCOMPARE(w.start(1'000'000), QString());
        QVERIFY(press(*train, "Stop"));
        QTRY_VERIFY_WITH_TIMEOUT(w.ended() && !w.run().is_closing(), kPatience_ms);
        std::filesystem::remove_all(w.paths.workspace.toStdString() + "/runs/" + w.run().run());
        QVERIFY(press(*train, "Resume"));
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
        QVERIFY(press(*train, "Stop"));
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
            QVERIFY(press(*train, "Save now"));
            QTRY_VERIFY_WITH_TIMEOUT(!Window::banner(train).isEmpty() || w.ended(), kPatience_ms);
            QVERIFY2(!Window::banner(train).isEmpty(), w.run().detail().summary.state.c_str());
        }
        if (w.is_training()) QVERIFY(press(*train, "Stop"));
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
