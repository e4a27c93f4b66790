// The real window on the real engine: the main job by its buttons, and what goes wrong around it. The tsan preset runs
// it too: here commands, events and the GUI's reading of them meet.
#include <filesystem>

#include "tests/ui/real_window.h"
#include "ui/chat_page.h"
#include "ui/export_page.h"
#include "ui/prompt_edit.h"

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
