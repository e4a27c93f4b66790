// Runs in the whole window: what of them is reached from everywhere, followed and back after a restart, and what is
// kept of each workspace.
#include <QHeaderView>
#include <filesystem>

#include "tests/ui/main_window_fixture.h"
#include "tests/ui/viewed_run.h"
#include "ui/number_text.h"
#include "ui/runs_page.h"
#include "ui/train_page.h"

using namespace lathe;

class WindowRunsTest : public QObject {
    Q_OBJECT

    using Window = ShownWindow;

private Q_SLOTS:
    void what_was_cut_off_is_resumed_by_the_palette() {
        Window w;
        RunSummary run = stopped_run();
        w.open({run});
        QVERIFY(!w.choose("resume cut off"));
        run.state = "interrupted";
        w.open({run});
        QVERIFY(w.choose("resume cut off"));
        QCOMPARE(w.f.engine.last<StartTraining>()->resume, run.run);
    }

    void the_queue_is_shown_to_who_fills_it() {
        Window w;
        w.open({});
        w.window->show_page(QStringLiteral("train"));
        Page* train = w.window->page(QStringLiteral("train"));
        QVERIFY(press(*train, "Add to queue"));
        QTRY_VERIFY(press(*train, "Show the queue"));
        QCOMPARE(w.current(), QStringLiteral("runs"));
        QVERIFY(w.window->findChild<QueuePanel*>()->isVisible());
        w.window->show_page(QStringLiteral("chat"));
        QVERIFY(w.choose("start the queue"));
        QVERIFY(w.window->run().is_busy());
    }

    void the_table_of_runs_follows_what_trains() {
        Window w;
        w.train();
        w.window->show_page(QStringLiteral("runs"));
        QTest::qWait(200);  // the list is read for the start, too
        RunSummary run = stopped_run();
        run.run = "r";
        run.state = "running";
        w.f.engine.answer<ListRuns>(RunsListed{{run}});
        const int asked = w.f.engine.count<ListRuns>();
        QTRY_VERIFY_WITH_TIMEOUT(w.f.engine.count<ListRuns>() > asked, 6000);
        run.elapsed_s = 600;
        run.bytes = 5'000'000;
        run.curve = {3, 2, 1};
        w.f.engine.answer<ListRuns>(RunsListed{{run}});
        const RunsModel& table = w.window->findChild<RunsPage*>()->model();
        QCOMPARE(table.run(0).elapsed_s, 600.0);
        QCOMPARE(table.run(0).curve.size(), size_t{3});
        QCOMPARE(table.index(0, RunsModel::kSize).data().toString(), bytes_text(5e6));
    }

    void sizes_and_tags_have_room_in_the_default_window() {
        Window w;
        w.window->resize(1440, 900);
        std::vector<RunSummary> runs;
        for (int i = 0; i < 60; ++i) {  // enough for a scroll bar
            runs.push_back(stopped_run());
            runs.back().run += std::to_string(i);
        }
        w.open(runs);
        w.window->show_page(QStringLiteral("runs"));
        auto* table = w.window->findChild<RunsView*>();
        for (const LanguageChoice language : {LanguageChoice::english, LanguageChoice::korean}) {
            w.appearance.set_language(language);
            QTest::qWait(100);  // layouts that follow from layouts
            QVERIFY(!table->isColumnHidden(RunsModel::kSize) && !table->isColumnHidden(RunsModel::kTags));
            QVERIFY(table->columnWidth(RunsModel::kName) >= 140);
            const QFontMetrics metrics(table->header()->font());
            for (int column = RunsModel::kName; column < RunsModel::kColumns; ++column) {
                const QString words = table->model()->headerData(column, Qt::Horizontal).toString();
                QVERIFY2(table->isColumnHidden(column) ||
                             metrics.horizontalAdvance(words) + 2 * 11 <= table->columnWidth(column),
                         qPrintable(words));
            }
        }
    }

    void the_next_run_of_another_process_is_followed() {
        Window w;
        RunSummary first = stopped_run(), second = stopped_run();
        first.state = second.state = "running";
        second.run = "second";
        const auto list = [&](const std::vector<RunSummary>& runs) {
            w.window->runs().refresh();
            w.f.engine.answer<ListRuns>(RunsListed{runs});
        };
        const auto show = [&](const RunSummary& run) {
            RunDetail detail;
            detail.summary = run;
            w.f.engine.answer<ShowRun>(detail);
        };
        w.open({first}, Error{.kind = ErrorKind::locked, .file = "w", .found = "pid 12"});
        QCOMPARE(w.f.engine.last<ShowRun>()->run, first.run);
        show(first);
        QCOMPARE(w.window->run().state(), RunWatch::State::followed);
        const int asked = w.f.engine.count<ShowRun>();
        QTRY_VERIFY(w.f.engine.count<ShowRun>() > asked);
        first.state = "finished";
        show(first);  // it ends: all of it anew
        show(first);
        QCOMPARE(w.window->run().state(), RunWatch::State::ended);
        list({second, first});
        QCOMPARE(w.f.engine.last<ShowRun>()->run, second.run);
        show(second);
        QCOMPARE(w.window->run().run(), second.run);
        QCOMPARE(w.window->run().state(), RunWatch::State::followed);
        // Who looks at another one is left there.
        w.window->run().look_at(first.run);
        show(first);
        list({second, first});
        QCOMPARE(w.f.engine.last<ShowRun>()->run, first.run);
        QCOMPARE(w.window->run().run(), first.run);
    }

    // By a second process: other objects, over what is on disk.
    void page_run_and_zoom_are_back_after_a_restart() {
        Window w;
        const RunDetail record = run_of(200);
        w.open({record.summary});
        w.window->show_page(QStringLiteral("train"));
        QVERIFY(w.window->findChild<TrainPage*>()->shows_setup());
        w.window->run().look_at(record.summary.run);
        w.f.engine.answer<ShowRun>(record);
        w.window->grab();
        QTest::qWait(50);  // layouts that follow from layouts
        auto* plot = w.window->findChild<LossPlot*>(QStringLiteral("loss"));
        QTest::keyClick(plot, Qt::Key_Plus);
        QVERIFY(plot->zoomed());
        const StepPlot::StepRange seen = plot->seen_steps();
        QTest::qWait(400);  // it is kept once the view is at rest
        w.window.reset();
        w.f.settings.sync();
        const QString copy = w.f.folder.filePath(QStringLiteral("copy.ini"));  // Qt shares what it knows of one file
        QVERIFY(QFile::copy(w.f.settings.fileName(), copy));
        QSettings again(copy, QSettings::IniFormat);

        FakeEngine engine;
        MainWindow second(engine, w.appearance, again, again, w.f.paths);
        second.show();
        QVERIFY(second.findChild<TrainPage*>()->shows_setup());
        second.runs().open_workspace();
        engine.answer<OpenWorkspace>(WorkspaceOpened{.folder = "w"});
        engine.answer<ListRuns>(RunsListed{{record.summary}});
        QCOMPARE(engine.last<ShowRun>()->run, record.summary.run);
        engine.answer<ShowRun>(record);
        QCOMPARE(second.findChild<QStackedWidget*>()->currentWidget()->objectName(), QStringLiteral("train"));
        QVERIFY(!second.findChild<TrainPage*>()->shows_setup());
        plot = second.findChild<LossPlot*>(QStringLiteral("loss"));
        QVERIFY(plot->zoomed());
        QCOMPARE(plot->seen_steps().first, seen.first);
        QCOMPARE(plot->seen_steps().last, seen.last);
        // Where the form was in view it stays so.
        QVERIFY(press(*second.page(QStringLiteral("train")), "New run"));
        QCOMPARE(again.value(QStringLiteral("train/run")).toString(), QString());
    }

    void each_workspace_has_what_is_remembered_of_it() {
        PageFixture f;
        Appearance appearance(f.settings);
        QSettings one(f.folder.filePath(QStringLiteral("one.ini")), QSettings::IniFormat),
            other(f.folder.filePath(QStringLiteral("other.ini")), QSettings::IniFormat);
        const auto shown = [](const MainWindow& window) {
            return window.findChild<QStackedWidget*>()->currentWidget()->objectName();
        };
        {
            MainWindow window(f.engine, appearance, f.settings, one, f.paths);
            window.show();
            window.show_page(QStringLiteral("export"));
            window.close();
        }
        QCOMPARE(shown(MainWindow(f.engine, appearance, f.settings, other, f.paths)), QStringLiteral("start"));
        QCOMPARE(shown(MainWindow(f.engine, appearance, f.settings, one, f.paths)), QStringLiteral("export"));
        QVERIFY(f.settings.contains(QStringLiteral("window/geometry")));
        QVERIFY(!f.settings.contains(QStringLiteral("window/page")));

        const std::string folder = f.folder.path().toStdString();
        std::filesystem::create_directories(folder + "/real");
        std::filesystem::create_directory_symlink(folder + "/real", folder + "/link");
        const auto file = [&](const char* workspace) {
            return workspace_settings_file({.workspace = QString::fromStdString(folder + workspace)});
        };
        QCOMPARE(file("/link/Lathe"), file("/real/Lathe"));
        QCOMPARE(file("/real/../real/Lathe"), file("/real/Lathe"));
        QVERIFY(file("/real/Lathe") != file("/real/Lathe2"));
    }
};

LATHE_PAGE_TEST(WindowRunsTest)
#include "window_runs_test.moc"
