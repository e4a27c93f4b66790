// The Train page with an engine that a test plays: its two faces, what can be done in each state, and that it appends
// what comes instead of beginning anew.
#include <QAction>
#include <QEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>

#include "engine/base/files.h"
#include "tests/ui/train_page_fixture.h"
#include "ui/plot_cursor.h"
#include "ui/run_table.h"
#include "ui/train_page.h"

using namespace lathe;

class TrainPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_model_that_is_sent_here_becomes_the_base() {
        Window window;
        window.page.take_model({.folder = "/models/base"});
        QVERIFY(window.page.shows_setup());
        const RunConfig& config = window.page.setup()->config();
        QCOMPARE(config.base_model->path, std::string("/models/base"));
        QVERIFY(!config.model);
        QVERIFY(window.page.setup()->can_undo());
    }

    void initTestCase() { QVERIFY(load_fonts()); }

    void the_form_asks_what_the_run_would_take() {
        Window window;
        QVERIFY(window.page.shows_setup());
        QVERIFY(window.can("Start training"));
        QTRY_COMPARE(window.engine.count<EstimateRun>(), 1);
        QVERIFY(window.engine.last<EstimateRun>()->costs);
        window.type("train.max_steps", QStringLiteral("20"));
        window.type("train.max_steps", QStringLiteral("200"));
        QTRY_COMPARE(window.engine.count<EstimateRun>(), 2);  // for both changes one
        QCOMPARE(window.engine.last<EstimateRun>()->config.train.max_steps, int64_t{200});
        window.engine.say(window.engine.last_request<EstimateRun>(),
                          EstimateDone{.parameters = 5,
                                       .bytes = {{"weights", 900}},
                                       .memory_bytes = 1000,
                                       .costs = {{.key = "data.max_length", .bytes = 96'000'000, .time_ratio = 2}}});
        bool told = false;
        for (const QLabel* label : window.page.setup()->form()->field("data.max_length")->findChildren<QLabel*>())
            told = told || label->text().contains(QStringLiteral("96"));
        QVERIFY(told);
    }

    void what_does_not_fit_comes_with_a_change_that_does() {
        Window window;
        window.type("train.per_device_train_batch_size", QStringLiteral("64"));
        QTRY_COMPARE(window.engine.count<EstimateRun>(), 1);
        window.engine.say(window.engine.last_request<EstimateRun>(),
                          EstimateDone{.bytes = {{"activations", 3000}}, .memory_bytes = 1000});
        QVERIFY(window.engine.count<EstimateRun>() > 4);
        const auto asked = window.engine.posted;
        for (const auto& [request, command] : asked) {
            const auto* estimate = std::get_if<EstimateRun>(&command);
            if (estimate == nullptr || estimate->costs) continue;
            const bool fits = estimate->config.train.micro_batch_tokens == 1024;
            window.engine.say(request,
                              EstimateDone{.bytes = {{"activations", fits ? 500 : 2000}}, .memory_bytes = 1000});
        }
        QVERIFY(window.can("Use these settings"));
        window.button("Use these settings")->click();
        QCOMPARE(window.page.setup()->config().train.micro_batch_tokens, int64_t{1024});
        window.page.setup()->undo();
        QCOMPARE(window.page.setup()->config().train.micro_batch_tokens, int64_t{0});
    }

    void wrong_settings_do_not_start() {
        Window window;
        window.type("train.learning_rate", QStringLiteral("fast"));
        QVERIFY(!window.can("Start training"));
        QVERIFY(window.button("Start training")->toolTip().contains(QStringLiteral("learning_rate")));
        window.type("train.learning_rate", QStringLiteral("0.01"));
        QVERIFY(window.can("Start training"));
        window.button("Start training")->click();
        const auto* start = window.engine.last<StartTraining>();
        QVERIFY(start != nullptr);
        QCOMPARE(start->config_file, std::string("nano.json"));
        QCOMPARE(start->config->train.learning_rate, 0.01);
    }

    void settings_outlive_the_window() {
        Window window;
        window.type("train.seed", QStringLiteral("77"));
        const TrainSetup again(PageContext{window.engine, window.run, window.runs, window.paths, window.settings,
                                           window.queue, window.settings});
        QCOMPARE(again.config().train.seed, int64_t{77});
        QCOMPARE(again.preset(), QStringLiteral("nano"));
    }

    void what_is_half_typed_outlives_the_window() {
        Window window;
        window.type("train.max_steps", QStringLiteral("200"));
        window.type("train.max_steps", QStringLiteral("12x"));
        window.type("train.learning_rate", QStringLiteral("11"));  // a number, but none that is legal
        window.settings.sync();
        QSettings settings(window.settings.fileName(), QSettings::IniFormat);
        const TrainSetup again(
            PageContext{window.engine, window.run, window.runs, window.paths, settings, window.queue, settings});
        const FormField& steps = *again.form()->field("train.max_steps");
        QCOMPARE(steps.text(), QStringLiteral("12x"));
        QVERIFY(!steps.problem().isEmpty());
        QCOMPARE(again.config().train.max_steps, int64_t{200});
        QCOMPARE(again.form()->field("train.learning_rate")->text(), QStringLiteral("11"));
        QVERIFY(!again.form()->field("train.learning_rate")->problem().isEmpty());
        QVERIFY(!again.obstacle().isEmpty());
        // Put right, it is a value, and nothing else comes back.
        window.type("train.max_steps", QStringLiteral("12"));
        window.settings.sync();
        const TrainSetup third(PageContext{window.engine, window.run, window.runs, window.paths, window.settings,
                                           window.queue, window.settings});
        QCOMPARE(third.config().train.max_steps, int64_t{12});
        QVERIFY(third.form()->field("train.max_steps")->problem().isEmpty());
    }

    void a_run_prepares_trains_pauses_and_ends() {
        Window window;
        window.button("Start training")->click();
        QVERIFY(!window.page.shows_setup());
        QVERIFY(window.can("Cancel") && !window.can("Pause"));
        window.request = window.engine.last_request<StartTraining>();
        window.engine.say(window.request, Progress{"encode", "tokens", 1, 4});
        window.engine.say(window.request, TrainStarted{.run = kRun, .step = 0, .max_steps = 100});
        window.engine.say(window.engine.last_request<ShowRun>(), window.detail("running", 0));
        QVERIFY(window.can("Pause") && window.can("Stop") && window.can("Save now") && window.can("Step"));
        QVERIFY(!window.can("Cancel") && !window.can("New run"));
        window.steps(1, 30);
        QCOMPARE(window.page.view()->points(), int64_t{30});
        window.engine.say(window.request, Validated{.run = kRun, .step = 30, .loss = 3.5});
        window.engine.say(window.request, Sampled{.run = kRun, .step = 30, .prompt = "a", .text = "b c"});
        window.engine.say(window.request, Notice{.kind = "micro_batch_halved", .text = "", .run = kRun, .step = 30});
        window.button("Pause")->click();
        QVERIFY(window.engine.last<PauseTraining>() != nullptr);
        window.engine.say(window.request, StateChanged{EngineState::paused});
        QVERIFY(window.can("Continue") && !window.can("Pause"));
        window.button("Continue")->click();
        QVERIFY(window.engine.last<ContinueTraining>() != nullptr);
        window.engine.say(window.request, StateChanged{EngineState::training});
        window.button("Stop")->click();
        QVERIFY(window.engine.last<StopTraining>() != nullptr);
        window.engine.say(window.request, CheckpointSaved{.run = kRun, .step = 30, .path = "p"});
        window.engine.say(window.request, TrainDone{.run = kRun, .state = "stopped", .steps = 30});
        RunDetail stored = window.detail("stopped", 30);
        stored.summary.checkpoints.push_back({.step = 30, .path = "p"});
        window.engine.say(window.engine.last_request<ShowRun>(), stored);
        QVERIFY(window.can("Resume") && window.can("New run") && window.can("Chat with it") && window.can("Export…"));
        QCOMPARE(window.page.view()->points(), int64_t{30});
        window.button("Resume")->click();
        QCOMPARE(window.engine.last<StartTraining>()->resume, kRun);
    }

    void a_live_run_is_worked_with_the_keyboard() {
        Window window;
        window.begin();
        window.steps(1, 3);
        const auto action = [&](const QString& text) -> QAction* {
            for (QAction* one : window.page.actions())
                if (one->text() == text) return one;
            return nullptr;
        };
        for (const char* text : {"Pause", "Step once", "Save now"}) {
            QVERIFY2(action(QLatin1String(text)) != nullptr, text);  // the palette offers it
            QVERIFY(action(QLatin1String(text))->isEnabled());
            QVERIFY(!action(QLatin1String(text))->shortcut().isEmpty());
        }
        action(QStringLiteral("Step once"))->trigger();
        action(QStringLiteral("Save now"))->trigger();
        QCOMPARE(window.engine.count<StepTraining>() + window.engine.count<SaveTraining>(), 2);
    }

    void a_run_of_another_process_offers_no_controls() {
        Window window;
        window.run.follow(kRun);
        window.engine.say(window.engine.last_request<ShowRun>(), window.detail("running", 5));
        QVERIFY(!window.page.shows_setup());
        QCOMPARE(window.page.view()->points(), int64_t{5});
        for (const char* text : {"Pause", "Stop", "Save now", "Step", "Resume", "Evaluate now"})
            QVERIFY2(window.button(text) == nullptr || !window.button(text)->isVisible(), text);
        QVERIFY(window.can("New run"));
    }

    void the_next_run_is_planned_while_one_trains() {
        Window window;
        window.begin();
        QVERIFY(window.can("Plan the next") && !window.can("Add to queue"));
        window.button("Plan the next")->click();
        QVERIFY(window.page.shows_setup() && !window.can("Start training"));  // one at a time
        window.button("Add to queue")->click();
        QCOMPARE(window.engine.last<SaveQueue>()->runs.front().config_json, to_json(window.page.setup()->config()));
        window.button("Back to the run")->click();
        QVERIFY(!window.page.shows_setup() && window.can("Pause"));
        window.engine.say(window.request, TrainDone{.run = kRun, .state = "finished", .steps = 100});
        QCoreApplication::processEvents();
        QCOMPARE(window.engine.last<StartTraining>()->config_file, window.queue.runs().front().name + ".json");
    }

    void a_finished_run_gives_its_settings_to_the_next() {
        Window window;
        RunDetail done = window.detail("finished", 100);
        RunConfig config = window.page.setup()->config();
        config.train.seed = 4711;
        done.config_json = to_json(config);
        window.run.look_at(kRun);
        window.engine.say(window.engine.last_request<ShowRun>(), done);
        QVERIFY(!window.page.shows_setup());
        window.runs.refresh();
        window.engine.say(window.engine.last_request<ListRuns>(), RunsListed{.runs = {done.summary}});
        DropDown* runs = nullptr;
        for (DropDown* list : window.page.findChildren<DropDown*>())
            if (list->accessibleName() == QStringLiteral("Run")) runs = list;
        QCOMPARE(runs->count(), 1);
        const QPersistentModelIndex row = runs->model()->index(0, 0);
        window.runs.refresh();
        window.engine.say(window.engine.last_request<ListRuns>(), RunsListed{.runs = {done.summary}});
        QVERIFY(row.isValid());  // the list may be open
        Q_EMIT runs->activated(0);
        window.engine.say(window.engine.last_request<ShowRun>(), done);
        QVERIFY(!window.page.shows_setup());
        QVERIFY(!window.can("Resume"));
        window.button("New run")->click();
        QVERIFY(window.page.shows_setup());
        QCOMPARE(window.page.setup()->config().train.seed, int64_t{4711});
        QVERIFY(window.page.setup()->can_undo());
    }

    void failures_are_told_and_the_page_goes_on() {
        Window window;
        window.button("Start training")->click();
        const std::string file = window.page.setup()->config().data.files.front();
        window.engine.say(window.engine.last_request<StartTraining>(),
                          Failed{{.kind = ErrorKind::not_found, .file = file}});
        QVERIFY(window.page.shows_setup());
        QVERIFY(window.banner().contains(QStringLiteral("not found")));
        QVERIFY(!window.can("Start training"));
        window.page.setup()->form()->set_config(window.page.setup()->config());
        window.begin();
        QVERIFY(window.banner().isEmpty());
        window.steps(1, 5);
        window.engine.say(window.request, Failed{{.kind = ErrorKind::non_finite, .key = "step 6"}});
        QVERIFY(window.banner().contains(QStringLiteral("smaller learning rate")));
        QCOMPARE(window.page.view()->points(), int64_t{5});
        QVERIFY(window.can("New run"));
        // A folder that was deleted meanwhile.
        window.run.look_at(kRun);
        window.engine.say(window.engine.last_request<ShowRun>(),
                          Failed{{.kind = ErrorKind::not_found, .file = "runs/x", .key = "checkpoint"}});
        QVERIFY(window.banner().contains(QStringLiteral("runs/x")));
        QVERIFY(window.can("New run"));
    }

    void a_rising_validation_loss_is_pointed_out() {
        Window window;
        window.begin();
        window.steps(1, 40);
        const auto validated = [&](int64_t step, double loss) {
            window.engine.say(window.request, Validated{.run = kRun, .step = step, .loss = loss});
        };
        validated(10, 2.0);
        validated(20, 2.1);
        QVERIFY(window.banner().isEmpty());
        validated(30, 2.25);
        window.engine.say(window.request, Notice{.kind = "validation_rises",
                                                 .text = "validation loss 2.2500, the best was 2.0000 at step 10",
                                                 .run = kRun,
                                                 .step = 30});
        QVERIFY(window.banner().startsWith(
            QStringLiteral("Validation loss rises: 2.250 now, the best was 2.000 at step 10.")));
        QEvent language(QEvent::LanguageChange);
        QApplication::sendEvent(&window.page, &language);
        QVERIFY(!window.banner().isEmpty());
        QTRY_VERIFY(window.can("Stop the run"));
        window.button("Stop the run")->click();
        QCOMPARE(window.engine.count<StopTraining>(), 1);
        validated(40, 1.9);
        QVERIFY(window.banner().isEmpty());
    }

    void the_end_offers_the_best_or_the_last() {
        Window window;
        QSignalSpy wanted(&window.page, &Page::model_wanted);
        const auto pressed = [&](const char* text) {
            window.button(text)->click();
            return wanted.takeLast()[1].value<ModelSource>().checkpoint;
        };
        RunDetail done = window.detail("stopped", 40);
        done.events = {{40, 0, "stopped", "patience"}};
        done.summary.checkpoints = {{.step = 20, .path = "a", .eval_loss = 2.0, .best = true},
                                    {.step = 40, .path = "b", .eval_loss = 2.25}};
        window.run.look_at(kRun);
        window.engine.say(window.engine.last_request<ShowRun>(), done);
        QVERIFY(window.can("Best · step 20 · validation 2.000") && window.can("Last · step 40 · validation 2.250"));
        QCOMPARE(pressed("Chat with it"), std::string("best"));
        window.button("Last · step 40 · validation 2.250")->click();
        QCOMPARE(pressed("Chat with it"), std::string("last"));
        QCOMPARE(pressed("Export…"), std::string("last"));
        // Where they are the same there is nothing to choose.
        done.summary.run = kRun + "2";
        done.summary.checkpoints.back().best = true;
        done.summary.checkpoints.front().best = false;
        window.run.look_at(done.summary.run);
        window.engine.say(window.engine.last_request<ShowRun>(), done);
        QVERIFY(window.button("Best · step 20 · validation 2.000") == nullptr ||
                !window.button("Best · step 20 · validation 2.000")->isVisible());
        QCOMPARE(pressed("Export…"), std::string("last"));
    }

    void every_language_and_theme_can_come_at_any_time() {
        Window window;
        QEvent language(QEvent::LanguageChange);
        QApplication::sendEvent(&window.page, &language);
        window.begin();
        window.steps(1, 3);
        QApplication::sendEvent(&window.page, &language);
        QApplication::setPalette(palette_of(light_theme()));
        QApplication::setPalette(palette_of(dark_theme()));
        QCOMPARE(window.page.view()->points(), int64_t{3});
    }

    void controls_have_names() {
        Window window;
        QCOMPARE(nameless(window.page), QStringList());
        window.begin();
        window.steps(1, 3);
        QCOMPARE(nameless(window.page), QStringList());
        for (const QAction* action : window.page.actions()) QVERIFY(!action->text().isEmpty());
    }

    void a_table_has_every_step() {
        const std::string table =
            run_table({{.step = 1, .loss = 2.5, .learning_rate = 0.1, .bytes = {{"weights", 7}}},
                       {.step = 2, .loss = NAN, .eval_loss = 2.25, .tokens = 512, .elapsed_s = 1.5}});
        QCOMPARE(QString::fromStdString(table),
                 QStringLiteral("step,loss,eval_loss,learning_rate,grad_norm,tokens_per_s,tokens,elapsed_s,"
                                "bytes_weights\n"
                                "1,2.5,,0.1,0,0,0,0,7\n2,nan,2.25,0,0,0,512,1.5,\n"));
    }
};

QTEST_MAIN(TrainPageTest)
#include "train_page_test.moc"
