// The run as the window knows it: from a start over its steps to its end, resumed, failed, and looked at later.
#include <QtTest>

#include "tests/ui/fake_engine.h"
#include "ui/run_watch.h"

using namespace lathe;

class RunWatchTest : public QObject {
    Q_OBJECT

    static TrainProgress progress(int64_t step) {
        return {.run = "r",
                .step = step,
                .max_steps = 10,
                .loss = 5.0 / static_cast<double>(step),
                .elapsed_s = 2.0 * static_cast<double>(step)};
    }
    // A run in training whose first steps are done.
    struct Live {
        FakeEngine engine;
        RunWatch run{engine};
        RequestId id = 0;
        explicit Live(int64_t first_step = 0) {
            run.start({.config = RunConfig{}, .config_file = "nano.json", .resume = {}});
            id = engine.last_request<StartTraining>();
            engine.say(id, TrainStarted{.run = "r", .step = first_step, .max_steps = 10, .parameters = 7});
            engine.say(id, StateChanged{EngineState::training});
        }
    };

private Q_SLOTS:
    void a_run_grows_step_by_step() {
        Live live;
        QSignalSpy stepped(&live.run, &RunWatch::stepped);
        for (int64_t step = 1; step <= 4; ++step) live.engine.say(live.id, progress(step));
        QCOMPARE(stepped.size(), 4);
        QCOMPARE(live.run.detail().metrics.size(), size_t{4});
        QCOMPARE(live.run.state(), RunWatch::State::training);
        QCOMPARE(live.run.seconds_left(), 12.0);  // two a step, six left
        live.engine.say(live.id, Validated{.run = "r", .step = 4, .loss = 1.5});
        QCOMPARE(*live.run.detail().metrics.back().eval_loss, 1.5);
    }

    void what_is_done_between_steps_takes_time_too() {
        Live live;
        const auto step = [&](int64_t at) {
            TrainProgress quick = progress(at);
            quick.elapsed_s = 0.001 * static_cast<double>(at);
            live.engine.say(live.id, quick);
        };
        step(1);
        QTest::qWait(100);  // a validation
        step(2);
        QVERIFY(live.run.seconds_left() >= 8 * 0.1);
        const double before = live.run.seconds_left();
        live.engine.say(live.id, StateChanged{EngineState::paused});
        QTest::qWait(300);
        live.engine.say(live.id, StateChanged{EngineState::training});
        step(3);
        QVERIFY(live.run.seconds_left() < before);
    }

    void what_the_record_adds_goes_before_what_is_newer() {
        Live live(3);
        live.engine.say(live.id, progress(4));
        RunDetail stored;
        stored.summary = {.run = "r", .name = "nano", .state = "running", .step = 3, .max_steps = 10};
        for (int64_t step = 1; step <= 3; ++step) stored.metrics.push_back({.step = step, .loss = 9});
        live.engine.answer<ShowRun>(stored);
        std::vector<int64_t> steps;
        for (const MetricPoint& point : live.run.detail().metrics) steps.push_back(point.step);
        QCOMPARE(steps, (std::vector<int64_t>{1, 2, 3, 4}));
        QCOMPARE(live.run.detail().summary.name, std::string("nano"));
        QCOMPARE(live.run.detail().summary.step, int64_t{4});
    }

    void pause_and_stop_are_for_a_live_run_alone() {
        FakeEngine idle;
        RunWatch none(idle);
        none.pause();
        none.stop();
        none.save();
        QVERIFY(idle.posted.empty());
        Live live;
        live.run.go_on();
        QCOMPARE(live.engine.count<ContinueTraining>(), 0);
        live.run.pause();
        QCOMPARE(live.engine.count<PauseTraining>(), 1);
        live.engine.say(live.id, StateChanged{EngineState::paused});
        QCOMPARE(live.run.state(), RunWatch::State::paused);
        live.run.go_on();
        QCOMPARE(live.engine.count<ContinueTraining>(), 1);
    }

    void controls_are_answered_in_their_order() {
        Live live;
        QSignalSpy refused(&live.run, &RunWatch::control_refused);
        live.run.control({.learning_rate_multiplier = 0.5});
        const RequestId first = live.engine.last_request<ControlTraining>();
        live.run.control({.learning_rate_multiplier = 0.5, .stop_at_step = 1});
        const RequestId second = live.engine.last_request<ControlTraining>();
        QVERIFY(first != second);
        live.engine.say(live.id, ControlsChanged{.run = "r", .step = 1, .controls = {.learning_rate_multiplier = 0.5}});
        QCOMPARE(*live.run.controls().stop_at_step, int64_t{1});  // what is asked for still
        live.engine.say(second, Failed{{.kind = ErrorKind::out_of_range, .key = "stop_at_step"}});
        QVERIFY(!live.run.controls().stop_at_step);
        QCOMPARE(live.run.controls().learning_rate_multiplier, 0.5);
        QCOMPARE(refused.size(), 1);
        QVERIFY(live.run.is_live() && !live.run.error());
        live.run.evaluate();
        live.run.sample();
        QCOMPARE(live.engine.count<EvaluateTraining>() + live.engine.count<SampleTraining>(), 2);
    }

    void a_resumed_run_tells_its_controls() {
        Live live(3);
        live.engine.say(live.id, ControlsChanged{.run = "r", .step = 3, .controls = {.learning_rate_multiplier = 2}});
        QCOMPARE(live.run.controls().learning_rate_multiplier, 2.0);
        live.engine.say(live.id, TrainDone{.run = "r", .state = "stopped", .reason = "user", .steps = 3});
        live.run.control({});
        QCOMPARE(live.engine.count<ControlTraining>(), 0);
    }

    void a_preparation_is_cancelled() {
        FakeEngine engine;
        RunWatch run(engine);
        run.start({.config = RunConfig{}, .config_file = "nano.json", .resume = {}});
        engine.answer<StartTraining>(Progress{.what = "hash", .unit = "bytes", .done = 1, .total = 2});
        QCOMPARE(run.state(), RunWatch::State::preparing);
        run.stop();
        QCOMPARE(engine.cancelled.size(), size_t{1});
        engine.answer<StartTraining>(Failed{{.kind = ErrorKind::cancelled}});
        QCOMPARE(run.state(), RunWatch::State::none);
        QVERIFY(!run.error());
    }

    void a_failure_keeps_the_curve_and_says_why() {
        Live live;
        live.engine.say(live.id, progress(1));
        live.engine.say(live.id, Failed{{.kind = ErrorKind::non_finite, .key = "step 2"}});
        QCOMPARE(live.run.state(), RunWatch::State::ended);
        QCOMPARE(live.run.detail().summary.state, std::string("failed"));
        QCOMPARE(live.run.detail().metrics.size(), size_t{1});
        QVERIFY(live.run.error()->kind == ErrorKind::non_finite);
    }

    void events_of_other_commands_are_not_its() {
        Live live;
        live.engine.say(live.id + 100, progress(1));
        live.engine.say(live.id + 100, Failed{{.kind = ErrorKind::io}});
        QVERIFY(live.run.detail().metrics.empty());
        QVERIFY(live.run.is_live());
    }
};

QTEST_GUILESS_MAIN(RunWatchTest)
#include "run_watch_test.moc"
