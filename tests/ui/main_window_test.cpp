// The window around the pages: rail, palette, keys, theme and language at run time, what is kept between starts.
#include <QLineEdit>
#include <QListWidget>

#include "tests/ui/main_window_fixture.h"
#include "ui/library_panel.h"
#include "ui/runs_page.h"

using namespace lathe;

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
        const auto& posted = w.f.engine.posted;
        size_t said = 0;
        for (const QString& page : w.window->page_names()) {
            w.window->show_page(page);
            for (const size_t end = posted.size(); said < end; ++said)  // a failure may be answered by a command
                w.f.engine.say(posted[said].first, Failed{{.kind = ErrorKind::internal, .found = "thrown on purpose"}});
            QCoreApplication::processEvents();
            QVERIFY(w.window->isVisible());
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
