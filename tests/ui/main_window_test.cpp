// The window around the pages: rail, palette, keys, theme and language at run time, what is kept between starts.
#include <QHeaderView>
#include <QLineEdit>
#include <QListWidget>
#include <filesystem>

#include "tests/ui/main_window_fixture.h"
#include "tests/ui/viewed_run.h"
#include "ui/chat_page.h"
#include "ui/library_panel.h"
#include "ui/number_text.h"
#include "ui/runs_page.h"
#include "ui/train_page.h"

using namespace lathe;

namespace {

RunSummary stopped_run() {
    RunSummary run{
        .run = "20260101-000000-nano-0001", .name = "nano", .state = "stopped", .step = 50, .max_steps = 100};
    run.checkpoints = {{.step = 50, .path = "p"}};
    return run;
}

}  // namespace

class MainWindowTest : public QObject {
    Q_OBJECT

    using Window = ShownWindow;

private Q_SLOTS:
    void the_rail_and_the_keys_go_to_pages() {
        Window w;
        QCOMPARE(w.current(), QStringLiteral("start"));
        for (RailButton* button : w.window->findChildren<RailButton*>())
            if (button->text() == QStringLiteral("Export")) button->click();
        QCOMPARE(w.current(), QStringLiteral("export"));
        QTest::keyClick(w.window.get(), Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(w.current(), w.window->page_names()[1]);
        QTest::keyClick(w.window.get(), Qt::Key_Comma, Qt::ControlModifier);
        QCOMPARE(w.current(), QStringLiteral("settings"));
    }

    void the_palette_finds_and_does() {
        Window w;
        QTest::keyClick(w.window.get(), Qt::Key_K, Qt::ControlModifier);
        auto* palette = w.window->findChild<CommandPalette*>();
        QVERIFY(palette->isVisible());
        auto* filter = palette->findChild<QLineEdit*>();
        QTest::keyClicks(filter, QStringLiteral("go exp"));
        QCOMPARE(palette->findChild<QListWidget*>()->count(), 1);
        QTest::keyClick(filter, Qt::Key_Return);
        QVERIFY(!palette->isVisible());
        QCOMPARE(w.current(), QStringLiteral("export"));
        palette->open();
        QTest::keyClicks(filter, QStringLiteral("no such action"));
        QTest::keyClick(filter, Qt::Key_Return);  // nothing chosen, nothing done
        QTest::keyClick(filter, Qt::Key_Escape);
        QVERIFY(!palette->isVisible());
    }

    void an_action_brings_its_page_into_view() {
        Window w;
        w.open({stopped_run()});
        QVERIFY(w.choose("search the runs"));
        QCOMPARE(w.current(), QStringLiteral("runs"));
        w.window->show_page(QStringLiteral("start"));
        QVERIFY(w.choose("rename the chosen run"));
        QCOMPARE(w.current(), QStringLiteral("runs"));
        QVERIFY(w.window->findChild<RunsView*>()->is_renaming());
        w.window->show_page(QStringLiteral("chat"));
        w.window->findChild<LibraryPanel*>()->actions().constFirst()->trigger();
        QCOMPARE(w.current(), QStringLiteral("model"));
        QVERIFY(!w.choose("clean the data"));  // there is none
        DataConfig data;
        data.files = {"/data/a.txt"};
        w.window->page(QStringLiteral("data"))->take_data(data);
        for (const char* words : {"clean the data", "train a tokenizer", "copy the settings of the chosen run",
                                  "move the chosen runs", "resume the chosen run"}) {
            w.window->show_page(QStringLiteral("chat"));
            QVERIFY2(w.choose(words), words);
            QVERIFY2(w.current() != QStringLiteral("chat"), words);
        }
        QCOMPARE(w.f.engine.count<TrainTokenizer>(), 1);
        QCOMPARE(w.f.engine.count<TrashRun>(), 1);
        QCOMPARE(w.f.engine.last<StartTraining>()->resume, stopped_run().run);
    }

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
        auto* plot = w.window->findChild<LossPlot*>();
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
        plot = second.findChild<LossPlot*>();
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

    void the_language_changes_at_run_time() {
        Window w;
        const Page* page = w.window->page(QStringLiteral("export"));
        QCOMPARE(page->name(), QStringLiteral("Export"));
        w.appearance.set_language(LanguageChoice::korean);
        QCoreApplication::processEvents();
        QVERIFY(page->name() != QStringLiteral("Export"));
        bool rail = false;
        for (const RailButton* button : w.window->findChildren<RailButton*>())
            rail = rail || button->text() == page->name();
        QVERIFY(rail);
        w.appearance.set_language(LanguageChoice::english);
        QCoreApplication::processEvents();
        QCOMPARE(page->name(), QStringLiteral("Export"));
    }

    void the_theme_changes_at_run_time() {
        Window w;
        w.appearance.set_theme(ThemeChoice::dark);
        QCOMPARE(&current_theme(), &dark_theme());
        w.appearance.set_theme(ThemeChoice::light);
        QCOMPARE(&current_theme(), &light_theme());
        QCOMPARE(w.window->palette().color(QPalette::Window), light_theme().background);
    }

    void a_second_start_shows_what_the_first_did() {
        Window w;
        w.window->show_page(QStringLiteral("export"));
        w.appearance.set_theme(ThemeChoice::light);
        w.appearance.set_language(LanguageChoice::korean);
        w.window->close();
        const Appearance again(w.f.settings);
        QCOMPARE(again.theme_choice(), ThemeChoice::light);
        QCOMPARE(again.language_choice(), LanguageChoice::korean);
        const MainWindow second(w.f.engine, w.appearance, w.f.settings, w.f.settings, w.f.paths);
        QCOMPARE(second.findChild<QStackedWidget*>()->currentWidget()->objectName(), QStringLiteral("export"));
    }

    void settings_of_another_version_do_no_harm() {
        PageFixture f;
        f.settings.setValue(QStringLiteral("appearance/theme"), QStringLiteral("sepia"));
        f.settings.setValue(QStringLiteral("window/page"), QStringLiteral("benchmarks"));
        f.settings.setValue(QStringLiteral("window/geometry"), QByteArray("nonsense"));
        Appearance appearance(f.settings);
        QCOMPARE(appearance.theme_choice(), ThemeChoice::system);
        const MainWindow window(f.engine, appearance, f.settings, f.settings, f.paths);
        QCOMPARE(window.findChild<QStackedWidget*>()->currentWidget()->objectName(), QStringLiteral("start"));
    }

    void an_engine_that_fails_in_every_command_leaves_the_window_standing() {
        Window w;
        for (const QString& page : w.window->page_names()) {
            w.window->show_page(page);
            for (size_t i = 0; i < w.f.engine.posted.size(); ++i)
                w.f.engine.say(w.f.engine.posted[i].first,
                               Failed{{.kind = ErrorKind::internal, .found = "thrown on purpose"}});
            QCoreApplication::processEvents();
            QVERIFY(w.window->isVisible());
            if (w.f.engine.posted.size() > 500) break;
        }
    }

    void every_control_of_every_page_has_a_name() {
        Window w;
        for (const LanguageChoice language : {LanguageChoice::english, LanguageChoice::korean}) {
            w.appearance.set_language(language);
            for (const QString& page : w.window->page_names()) {
                w.window->show_page(page);
                QCOMPARE(nameless(*w.window).join(QStringLiteral(", ")), QString());
            }
        }
    }

    void a_workspace_that_another_lathe_holds_is_said_and_asked_for_again() {
        Window w;
        w.window->runs().open_workspace();
        QVERIFY(w.f.engine.last<OpenWorkspace>()->read_only_too);
        w.f.engine.answer<OpenWorkspace>(WorkspaceOpened{
            .folder = "w", .read_only = Error{.kind = ErrorKind::locked, .file = "w", .found = "pid 12"}});
        const auto* notices = w.window->findChild<WindowNotices*>();
        QVERIFY(notices->workspace().isVisible());
        QVERIFY2(notices->workspace().text().contains(QStringLiteral("pid 12")),
                 qPrintable(notices->workspace().text()));
        QVERIFY(notices->workspace().text().contains(QStringLiteral("only be read")));
        const int asked = w.f.engine.count<OpenWorkspace>();
        QCoreApplication::processEvents();  // its button is shown in the next turn
        QVERIFY(press(*w.window, "Try again"));
        QCOMPARE(w.f.engine.count<OpenWorkspace>(), asked + 1);
        w.f.engine.answer<OpenWorkspace>(WorkspaceOpened{.folder = "w", .threads = 2});
        QVERIFY(!notices->workspace().isVisible());
    }

    void a_damaged_database_is_told_with_where_it_is_kept() {
        Window w;
        w.window->runs().open_workspace();
        w.f.engine.answer<OpenWorkspace>(
            WorkspaceOpened{.folder = "w", .damaged_database = "/w/lathe.db.damaged-1", .recovered_runs = 7});
        const QString text = w.window->findChild<WindowNotices*>()->workspace().text();
        QVERIFY2(text.contains(QStringLiteral("lathe.db.damaged-1")) && text.contains(QLatin1Char('7')),
                 qPrintable(text));
    }

    void a_database_found_damaged_in_use_is_mended_and_told() {
        Window w;
        w.window->runs().open_workspace();
        w.f.engine.answer<OpenWorkspace>(WorkspaceOpened{.folder = "/w"});
        const auto& said = w.window->findChild<WindowNotices*>()->workspace();
        const auto unreadable = [&] {
            w.f.engine.say(
                9999,
                Failed{{.kind = ErrorKind::malformed, .file = "/w/lathe.db", .expected = "an undamaged database"}});
        };
        const int asked = w.f.engine.count<OpenWorkspace>();
        unreadable();
        unreadable();
        QCOMPARE(w.f.engine.count<OpenWorkspace>(), asked + 1);
        w.f.engine.answer<OpenWorkspace>(
            WorkspaceOpened{.folder = "/w", .damaged_database = "/w/lathe.db.damaged-1", .recovered_runs = 7});
        QVERIFY(said.isVisible() && said.text().contains(QStringLiteral("lathe.db.damaged-1")));
        // Where nothing can be mended it is not asked without end.
        for (int i = 0; i < 5; ++i) {
            unreadable();
            w.f.engine.answer<OpenWorkspace>(
                WorkspaceOpened{.folder = "/w", .damaged_database = "/w/lathe.db.damaged-1"});
        }
        QCOMPARE(w.f.engine.count<OpenWorkspace>(), asked + 2);
    }

    void a_database_mended_by_what_was_written_is_told() {
        Window w;
        w.window->runs().open_workspace();
        w.f.engine.answer<OpenWorkspace>(WorkspaceOpened{.folder = "/w"});
        const int asked = w.f.engine.count<OpenWorkspace>();
        w.f.engine.answer<ListRuns>(RunsListed{.runs = {}, .damaged_database = "/w/lathe.db.damaged-2"});
        QCOMPARE(w.f.engine.count<OpenWorkspace>(), asked + 1);
        w.f.engine.answer<OpenWorkspace>(
            WorkspaceOpened{.folder = "/w", .damaged_database = "/w/lathe.db.damaged-2", .recovered_runs = 7});
        QVERIFY(w.window->findChild<WindowNotices*>()->workspace().text().contains(QStringLiteral("damaged-2")));
        w.f.engine.answer<ListRuns>(RunsListed{.runs = {}, .damaged_database = "/w/lathe.db.damaged-2"});
        QCOMPARE(w.f.engine.count<OpenWorkspace>(), asked + 1);
    }

    void closing_while_a_run_trains_asks_and_saves() {
        Window w;
        const RequestId training = w.train();
        QVERIFY(w.window->run().is_live());
        w.window->close();
        QVERIFY(w.window->isVisible());
        QVERIFY(press(*w.window, "Back"));
        QCOMPARE(w.f.engine.count<StopTraining>(), 0);
        w.window->close();
        QVERIFY(press(*w.window, "Save and stop"));
        QCOMPARE(w.f.engine.count<StopTraining>(), 1);
        QVERIFY(w.window->isVisible());  // until it is on disk
        w.window->close();               // impatient: it closes as soon as it may, and is not asked again
        QVERIFY(button_of(*w.window, "Save and stop") == nullptr);
        w.f.engine.say(training, TrainDone{.run = "r", .state = "stopped", .reason = "user"});
        QVERIFY(!w.window->isVisible());
    }

    void closing_while_something_is_made_asks_and_ends_it() {
        Window w;
        const RequestId look = w.f.engine.post(SurveyData{}), download = w.f.engine.post(FetchModel{});
        Preferences(w.f.settings).set_on_close(OnClose::save_and_stop);  // said of runs
        w.window->close();
        QVERIFY(w.window->isVisible());
        auto* panel = w.window->findChild<ClosePanel*>();
        QStringList words;
        for (const QLabel* label : panel->findChildren<QLabel*>()) words << label->text();
        QVERIFY2(words.join(u'\n').contains(QStringLiteral("Downloading")), qPrintable(words.join(u'\n')));
        QVERIFY(press(*panel, "Back"));
        QVERIFY(!w.cancelled(download));
        w.window->close();
        QVERIFY(press(*panel, "Stop and close"));
        QVERIFY(w.cancelled(look) && w.cancelled(download));
        QVERIFY(w.window->isVisible());  // until it has ended
        w.f.engine.say(download, Failed{{.kind = ErrorKind::cancelled}});
        QVERIFY(!w.window->isVisible());
    }

    void what_ends_while_it_is_asked_about_needs_no_answer() {
        Window w;
        const RequestId download = w.f.engine.post(FetchModel{});
        w.window->close();
        const auto* panel = w.window->findChild<ClosePanel*>();
        QVERIFY(panel->isVisible());
        w.f.engine.say(download, FetchDone{});
        QVERIFY(!panel->isVisible() && w.window->isVisible());
    }

    void what_only_looks_does_not_hold_the_window() {
        Window w;
        w.f.engine.post(SurveyData{});
        w.window->close();
        QVERIFY(!w.window->isVisible());
    }

    void a_run_and_a_download_both_end_before_the_window_does() {
        Window w;
        const RequestId training = w.train(), download = w.f.engine.post(FetchModel{});
        w.window->close();
        QVERIFY(press(*w.window->findChild<ClosePanel*>(), "Save and stop"));
        QCOMPARE(w.f.engine.count<StopTraining>(), 1);
        QVERIFY(w.cancelled(download));
        w.f.engine.say(training, TrainDone{.run = "r", .state = "stopped", .reason = "user"});
        QVERIFY(w.window->isVisible());
        w.f.engine.say(download, FetchDone{});
        QVERIFY(!w.window->isVisible());
    }

    void who_quits_is_asked_also_where_closing_means_the_tray() {
        Window w;
        Preferences(w.f.settings).set_on_close(OnClose::go_on_in_tray);
        w.train();
        QTest::keyClick(w.window.get(), Qt::Key_Q, Qt::ControlModifier);
        QVERIFY(w.window->findChild<ClosePanel*>()->isVisible());
    }

    void what_closing_means_is_remembered() {
        Window w;
        w.train();
        w.window->close();
        auto* panel = w.window->findChild<ClosePanel*>();
        panel->findChild<Switch*>()->click();
        QVERIFY(press(*panel, "Go on, minimised"));  // the offscreen desktop has no tray
        QCOMPARE(Preferences(w.f.settings).on_close(), OnClose::go_on_in_tray);
        QVERIFY(w.window->isMinimized());
        w.window->showNormal();
        w.window->close();
        QVERIFY(!panel->isVisible() && w.window->isMinimized());
    }

    void the_tour_is_offered_once_and_can_be_skipped() {
        Window w;
        w.window->offer_tour();
        auto* guide = w.window->findChild<Guide*>();
        QVERIFY(guide->isVisible());
        QVERIFY(press(*guide, "Next"));
        QCOMPARE(guide->step(), 1);
        QVERIFY(press(*guide, "Back"));
        QTest::keyClick(guide, Qt::Key_Escape);
        QVERIFY(!guide->isVisible());
        w.window->offer_tour();
        QVERIFY(!guide->isVisible());
    }

    void the_tour_ends_where_work_begins() {
        Window w;
        w.window->offer_tour();
        auto* guide = w.window->findChild<Guide*>();
        for (int i = 0; i < 20 && guide->isVisible(); ++i)
            if (!press(*guide, "Next")) press(*guide, "Begin");
        QVERIFY(!guide->isVisible());
        QCOMPARE(w.current(), QStringLiteral("start"));
    }

    void every_page_is_explained() {
        Window w;
        QTest::keyClick(w.window.get(), Qt::Key_F1);
        auto* help = w.window->findChild<HelpPanel*>();
        QVERIFY(help->isVisible());
        for (const LanguageChoice language : {LanguageChoice::english, LanguageChoice::korean}) {
            w.appearance.set_language(language);
            for (const QString& page : w.window->page_names()) {
                w.window->show_page(page);
                QVERIFY2(!help->findChildren<QLabel*>()[1]->text().isEmpty(), qPrintable(page));
            }
        }
        QTest::keyClick(w.window.get(), Qt::Key_F1);
        QVERIFY(!help->isVisible());
    }

    void the_text_grows_and_shrinks_back() {
        Window w;
        const auto sizes = [&] {
            QStringList all;
            for (const QLabel* label : w.window->findChildren<QLabel*>())
                all << QString::number(label->font().pixelSize());
            return all;
        };
        const QStringList before = sizes();
        QTest::keyClick(w.window.get(), Qt::Key_Equal, Qt::ControlModifier);
        QCOMPARE(w.appearance.text_size(), 115);
        for (const QLabel* label : w.window->findChildren<QLabel*>())
            QVERIFY2(QList<int>({14, 15, 16, 23}).contains(label->font().pixelSize()),
                     qPrintable(label->objectName() + label->text() + QString::number(label->font().pixelSize())));
        QCOMPARE(text_font(TextRole::title).pixelSize(), 23);
        QTest::keyClick(w.window.get(), Qt::Key_Equal, Qt::ControlModifier);
        QTest::keyClick(w.window.get(), Qt::Key_Equal, Qt::ControlModifier);  // no further
        QCOMPARE(w.appearance.text_size(), 130);
        for (int i = 0; i < 2; ++i) QTest::keyClick(w.window.get(), Qt::Key_Minus, Qt::ControlModifier);
        QCOMPARE(sizes(), before);
    }
};

LATHE_PAGE_TEST(MainWindowTest)
#include "main_window_test.moc"
