// What a run whose loss was not finite is offered: from its last checkpoint, or from the beginning.
#include "ui/run_remedy.h"
#include "tests/ui/page_fixture.h"

using namespace lathe;

class RunRemedyTest : public QObject {
    Q_OBJECT

    static RunDetail failed_run() {
        RunConfig config;
        config.model.emplace();
        config.data.files = {"text.txt"};
        config.train.learning_rate = 4e-3;
        config.train.max_grad_norm = 1;
        RunDetail run;
        run.summary = {.run = "r", .name = "nano", .state = "failed", .step = 8, .max_steps = 10};
        run.summary.checkpoints = {{.step = 5, .path = "p"}};
        run.config_json = to_json(config);
        run.error = Error{.kind = ErrorKind::non_finite, .key = "step 8"};
        return run;
    }
    struct Shown {
        PageFixture f;
        RunRemedy card{f.run};
        explicit Shown(const RunDetail& run) {
            f.run.look_at(run.summary.run);
            f.engine.answer<ShowRun>(run);
            card.show_run();
        }
    };

private Q_SLOTS:
    void a_checkpoint_is_gone_on_from() {
        Shown shown(failed_run());
        QVERIFY(!shown.card.isHidden());
        QVERIFY(press(shown.card, "Resume at half the learning rate"));
        const auto* command = shown.f.engine.last<StartTraining>();
        QVERIFY(command != nullptr && !command->config);
        QCOMPARE(command->resume, std::string("r"));
        QCOMPARE(command->learning_rate_factor, 0.5);
        QVERIFY(!command->max_grad_norm);
    }

    void or_with_a_shorter_gradient() {
        Shown shown(failed_run());
        QVERIFY(press(shown.card, "Resume with gradients clipped at 0.5"));
        const auto* command = shown.f.engine.last<StartTraining>();
        QCOMPARE(command->learning_rate_factor, 1.0);
        QCOMPARE(command->max_grad_norm, std::optional(0.5));
    }

    void or_without_the_batch() {
        Shown shown(failed_run());
        QVERIFY(press(shown.card, "Resume and skip the batch of step 8"));
        const auto* command = shown.f.engine.last<StartTraining>();
        QVERIFY(command != nullptr && !command->config);
        QCOMPARE(command->resume, std::string("r"));
        QVERIFY(command->skip_steps == std::set<int64_t>{8});
        QCOMPARE(command->learning_rate_factor, 1.0);
        QVERIFY(!command->max_grad_norm);
    }

    // What a run without a checkpoint has skipped is known from its record alone.
    void beginning_again_it_skips_what_it_skipped() {
        RunDetail run = failed_run();
        run.summary.checkpoints.clear();
        run.events = {{3, 0, "skipped", "skipped the batch of step 3: epoch 0, rows 8 to 11", 1}};
        Shown shown(run);
        QVERIFY(press(shown.card, "Start again and skip the batch of step 8"));
        const auto* command = shown.f.engine.last<StartTraining>();
        QVERIFY(command != nullptr && command->config && command->resume.empty());
        QVERIFY((command->skip_steps == std::set<int64_t>{3, 8}));
        QCOMPARE(command->config->train.learning_rate, 4e-3);
        Shown slower(run);
        QVERIFY(press(slower.card, "Start again at half the learning rate"));
        QVERIFY(slower.f.engine.last<StartTraining>()->skip_steps == std::set<int64_t>{3});
    }

    void without_a_checkpoint_it_begins_again() {
        RunDetail run = failed_run();
        run.summary.checkpoints.clear();
        Shown shown(run);
        QVERIFY(press(shown.card, "Start again at half the learning rate"));
        const auto* command = shown.f.engine.last<StartTraining>();
        QVERIFY(command != nullptr && command->config && command->resume.empty());
        QCOMPARE(command->config->train.learning_rate, 2e-3);
        QCOMPARE(command->config->train.max_grad_norm, 1.0);
        QCOMPARE(command->config_file, std::string("nano.json"));
    }

    void other_runs_have_no_such_card() {
        RunDetail finished = failed_run(), full = failed_run(), other = failed_run();
        finished.summary.state = "finished";
        finished.error.reset();
        full.error = Error{.kind = ErrorKind::disk_full};
        other.config_json = "{\"version\": 9}";
        for (const RunDetail& run : {finished, full, other}) QVERIFY(Shown(run).card.isHidden());
    }

    void every_control_has_a_name_and_a_tooltip() {
        const Shown shown(failed_run());
        QCOMPARE(nameless(const_cast<RunRemedy&>(shown.card)), QStringList());
        for (const QPushButton* button : shown.card.findChildren<QPushButton*>()) QVERIFY(!button->toolTip().isEmpty());
    }
};

LATHE_PAGE_TEST(RunRemedyTest)
#include "run_remedy_test.moc"
