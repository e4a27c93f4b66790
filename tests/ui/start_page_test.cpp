// The Start page over a fake engine: one click starts the quick start, a run that was cut off can be resumed, a
// workspace that cannot be had is said.
#include "ui/start_page.h"
#include "tests/ui/page_fixture.h"
#include "ui/run_row.h"

using namespace lathe;

class StartPageTest : public QObject {
    Q_OBJECT

    static RunSummary summary(const char* run, const char* state, int64_t step, bool checkpoint) {
        RunSummary result{.run = run, .name = "nano", .state = state, .step = step, .max_steps = 100};
        if (checkpoint) result.checkpoints.push_back({.step = step - 5, .path = "p", .bytes = 10});
        return result;
    }
    static QPushButton* button(const QWidget& page, const QString& text) {
        QCoreApplication::processEvents();  // new parts come into view
        return button_of(page, text.toUtf8().constData());
    }

private Q_SLOTS:
    void one_click_trains_the_quick_start() {
        PageFixture f;
        StartPage page(f.context);
        page.show();
        QSignalSpy wanted(&page, &Page::page_wanted);
        QPushButton* start = button(page, QStringLiteral("Train the quick start"));
        QVERIFY(start != nullptr);
        start->click();
        const auto* command = f.engine.last<StartTraining>();
        QVERIFY(command != nullptr && command->config.has_value());
        QCOMPARE(command->config->train.max_steps, int64_t{1000});
        QVERIFY(command->config_file.ends_with("nano.json"));
        QCOMPARE(wanted.last().first().toString(), QStringLiteral("train"));
        start->click();  // while it prepares
        QCOMPARE(f.engine.count<StartTraining>(), 1);
    }

    void a_preset_with_an_unknown_key_is_named() {
        PageFixture f;
        QFile preset(f.folder.filePath(QStringLiteral("nano.json")));
        QVERIFY(preset.open(QIODevice::WriteOnly));
        preset.write(R"({"version": 1, "train": {"learning_rats": 1}})");
        preset.close();
        f.paths.presets = f.folder.path();
        StartPage page(f.context);
        page.show();
        button(page, QStringLiteral("Train the quick start"))->click();
        QCOMPARE(f.engine.count<StartTraining>(), 0);
        const auto* banner = page.findChild<Banner*>();
        QVERIFY(banner->isVisible());
        QVERIFY2(banner->text().contains(QStringLiteral("learning_rats")), qPrintable(banner->text()));
    }

    void what_was_cut_off_is_resumed() {
        PageFixture f;
        StartPage page(f.context);
        page.show();
        f.runs.open_workspace();
        f.engine.answer<OpenWorkspace>(WorkspaceOpened{.folder = "w", .threads = 2, .interrupted = {"r2"}});
        f.engine.answer<ListRuns>(
            RunsListed{{summary("r2", "interrupted", 40, true), summary("r1", "finished", 100, true)}});
        QCOMPARE(page.findChildren<RunRow*>().size(), 2);
        QPushButton* resume = button(page, QStringLiteral("Resume at step 35"));
        QVERIFY(resume != nullptr);
        resume->click();
        QCOMPARE(f.engine.last<StartTraining>()->resume, std::string("r2"));
    }

    void what_was_cut_off_before_its_first_checkpoint_starts_again() {
        PageFixture f;
        StartPage page(f.context);
        page.show();
        QSignalSpy wanted(&page, &Page::config_wanted);
        f.runs.refresh();
        f.engine.answer<ListRuns>(RunsListed{{summary("r2", "interrupted", 4, false)}});
        QVERIFY(button(page, QStringLiteral("Resume")) == nullptr);
        QPushButton* again = button(page, QStringLiteral("Start again with these settings"));
        QVERIFY(again != nullptr);
        again->click();
        QCOMPARE(f.engine.last<ShowRun>()->run, std::string("r2"));
        RunConfig config;
        config.model.emplace();
        config.data.files = {"text.txt"};
        config.train.max_steps = 77;
        RunDetail detail;
        detail.summary = summary("r2", "interrupted", 4, false);
        detail.config_json = to_json(config);
        f.engine.answer<ShowRun>(detail);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].toString(), QStringLiteral("train"));
        QCOMPARE(wanted[0][1].value<RunConfig>().train.max_steps, int64_t{77});
        // Once another run has begun, only its row offers it.
        f.runs.refresh();
        f.engine.answer<ListRuns>(
            RunsListed{{summary("r3", "finished", 100, true), summary("r2", "interrupted", 4, false)}});
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(button(page, QStringLiteral("Start again with these settings")) == nullptr);
        button(page, QStringLiteral("Start again"))->click();
        QCOMPARE(f.engine.last<ShowRun>()->run, std::string("r2"));
        f.engine.answer<ShowRun>(Failed{{.kind = ErrorKind::not_found, .key = "run r2"}});
        QVERIFY(!page.findChild<Banner*>()->isHidden());
    }

    void the_first_door_fills_in_all_but_the_examples() {
        PageFixture f;
        StartPage page(f.context);
        page.show();
        page.entered();
        f.engine.answer<ListRuns>(RunsListed{});
        ModelEntry small{
            .path = "/m/small", .name = "small", .kind = "hf", .source = "folder", .parameters = 135'000'000};
        ModelEntry large{
            .path = "/m/large", .name = "large", .kind = "hf", .source = "folder", .parameters = 1'500'000'000};
        ModelEntry broken{.path = "/m/broken", .name = "broken", .kind = "hf", .source = "folder"};
        broken.problem = Error{.kind = ErrorKind::malformed};
        const ModelEntry adapter{.path = "/m/adapter", .name = "adapter", .kind = "adapter", .source = "folder"};
        f.engine.answer<ListModels>(ModelsListed{{broken, small, adapter, large}});
        QSignalSpy wanted(&page, &Page::config_wanted);
        auto* base = page.findChild<DropDown*>();
        QCOMPARE(base->count(), 3);  // and the starter model
        base->setCurrentIndex(base->findData(QStringLiteral("/m/large")));
        button(page, QStringLiteral("Choose my examples"))->click();
        base->setCurrentIndex(base->findData(QStringLiteral("/m/small")));
        button(page, QStringLiteral("Choose my examples"))->click();
        QCOMPARE(wanted.size(), 2);
        QCOMPARE(wanted[0][0].toString(), QStringLiteral("train"));
        const auto config = wanted[0][1].value<RunConfig>();
        QCOMPARE(config.base_model->path, std::string("/m/large"));
        QVERIFY(config.base_model->load_in_4bit && config.lora && config.data.files.empty());
        QVERIFY(!wanted[1][1].value<RunConfig>().base_model->load_in_4bit);
    }

    void the_other_doors_lead_to_building_and_to_talking() {
        PageFixture f;
        StartPage page(f.context);
        page.show();
        QSignalSpy pages(&page, &Page::page_wanted), models(&page, &Page::model_wanted);
        button(page, QStringLiteral("Build my own"))->click();
        QCOMPARE(pages.last().first().toString(), QStringLiteral("model"));
        button(page, QStringLiteral("Talk to it"))->click();
        QCOMPARE(models.last()[0].toString(), QStringLiteral("chat"));
        QCOMPARE(models.last()[1].value<ModelSource>().folder, f.paths.starter.toStdString());
    }

    void a_row_leads_to_chat_and_export() {
        PageFixture f;
        StartPage page(f.context);
        page.show();
        QSignalSpy wanted(&page, &Page::model_wanted);
        f.runs.refresh();
        f.engine.answer<ListRuns>(RunsListed{{summary("r1", "finished", 100, true)}});
        auto* row = page.findChild<RunRow*>();
        Q_EMIT row->chat_wanted();
        Q_EMIT row->export_wanted();
        QCOMPARE(wanted.size(), 2);
        QCOMPARE(wanted[0][0].toString(), QStringLiteral("chat"));
        QCOMPARE(wanted[1][0].toString(), QStringLiteral("export"));
        QCOMPARE(wanted[1][1].value<ModelSource>().run, std::string("r1"));
    }

    // In a workspace that another process writes the list comes every few seconds.
    void a_press_outlives_a_list_of_the_same_runs() {
        PageFixture f;
        StartPage page(f.context);
        page.show();
        std::vector<RunSummary> runs = {summary("r3", "running", 40, false), summary("r2", "interrupted", 40, true),
                                        summary("r1", "finished", 100, true)};
        const auto list = [&] {
            f.runs.refresh();
            f.engine.answer<ListRuns>(RunsListed{runs});
            QCoreApplication::processEvents();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        };
        list();
        const QList<RunRow*> rows = page.findChildren<RunRow*>();
        QCOMPARE(rows.size(), 3);
        QSignalSpy wanted(&page, &Page::page_wanted);
        QTest::mousePress(rows[0], Qt::LeftButton);
        runs[0].step = 41;
        list();
        QCOMPARE(page.findChildren<RunRow*>(), rows);
        QCOMPARE(rows[0]->run().step, int64_t{41});
        QTest::mouseRelease(rows[0], Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(f.engine.last<ShowRun>()->run, std::string("r3"));
        QPushButton* resume = button(page, QStringLiteral("Resume at step 35"));
        QVERIFY(resume != nullptr);
        QTest::mousePress(resume, Qt::LeftButton);
        list();
        QCOMPARE(button(page, QStringLiteral("Resume at step 35")), resume);
        QTest::mouseRelease(resume, Qt::LeftButton);
        QCOMPARE(f.engine.last<StartTraining>()->resume, std::string("r2"));
    }

    void a_row_follows_its_run_and_a_new_run_has_a_row() {
        PageFixture f;
        StartPage page(f.context);
        page.show();
        const auto list = [&](std::vector<RunSummary> runs) {
            f.runs.refresh();
            f.engine.answer<ListRuns>(RunsListed{std::move(runs)});
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        };
        list({summary("r1", "running", 40, false)});
        QVERIFY(button(page, QStringLiteral("Resume")) == nullptr);
        list({summary("r1", "stopped", 40, true)});
        QVERIFY(button(page, QStringLiteral("Resume")) != nullptr);
        list({summary("r2", "running", 1, false), summary("r1", "stopped", 40, true)});
        QCOMPARE(page.findChildren<RunRow*>().size(), 2);
        QCOMPARE(page.findChildren<RunRow*>().first()->run().run, std::string("r2"));
    }

    void every_control_has_a_name() {
        PageFixture f;
        StartPage page(f.context);
        page.show();
        f.runs.refresh();
        f.engine.answer<ListRuns>(RunsListed{{summary("r1", "interrupted", 40, true)}});
        QCOMPARE(nameless(page).join(QStringLiteral(", ")), QString());
    }
};

LATHE_PAGE_TEST(StartPageTest)
#include "start_page_test.moc"
