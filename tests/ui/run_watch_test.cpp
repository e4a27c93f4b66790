// The run as the window knows it: from a start over its steps to its end, resumed, failed, and looked at later.
#include <QtTest>
#include <algorithm>

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
            engine.say(id, TrainStarted{.run = "r", .step = first_step, .max_steps = 10, .peak_tokens_per_s = 7});
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

    void the_peak_is_known_of_the_run_that_began_here() {
        Live live;
        QCOMPARE(live.run.peak_tokens_per_s(), 7.0);
        live.engine.say(live.id, TrainDone{.run = "r", .state = "finished"});
        QCOMPARE(live.run.peak_tokens_per_s(), 7.0);
        live.run.look_at("another");
        RunDetail other;
        other.summary.run = "another";
        live.engine.answer<ShowRun>(other);
        QCOMPARE(live.run.peak_tokens_per_s(), 0.0);
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

    void checkpoints_are_those_that_are_kept() {
        Live live;
        QSignalSpy saved(&live.run, &RunWatch::saved);
        const auto save = [&](int64_t step, bool best, std::vector<int64_t> removed) {
            live.engine.say(live.id, CheckpointSaved{.run = "r",
                                                     .step = step,
                                                     .path = "p",
                                                     .bytes = 10 * step,
                                                     .eval_loss = 1.5,
                                                     .best = best,
                                                     .removed = std::move(removed)});
        };
        save(1, true, {});
        save(2, false, {});
        save(3, true, {});
        save(4, false, {1, 2});
        save(4, false, {});  // once more, with its validation
        const std::vector<RunCheckpoint>& kept = live.run.detail().summary.checkpoints;
        QCOMPARE(kept.size(), size_t{2});
        QVERIFY(kept[0].step == 3 && kept[0].best && kept[1].step == 4 && !kept[1].best);
        QCOMPARE(kept[1].bytes, int64_t{40});
        QCOMPARE(*kept[1].eval_loss, 1.5);
        save(5, true, {});
        QVERIFY(!kept[0].best && kept[2].best);
        QCOMPARE(saved.size(), 6);
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

    // Another process trains: `repeats`, an engine that answers with all it has, whatever was asked for.
    void a_run_of_another_process_is_followed_data() {
        QTest::addColumn<bool>("repeats");
        QTest::newRow("what is new") << false;
        QTest::newRow("everything again") << true;
    }
    void a_run_of_another_process_is_followed() {
        QFETCH(bool, repeats);
        FakeEngine engine;
        RunWatch run(engine);
        RunDetail record;
        record.summary = {.run = "r", .name = "nano", .state = "running", .step = 2, .max_steps = 10};
        const auto grow = [&](int64_t step) {
            record.metrics.push_back({.step = step, .loss = 5, .elapsed_s = 2.0 * static_cast<double>(step)});
            record.summary.step = step;
        };
        const auto tell = [&](const char* kind, int64_t step) {
            record.events.push_back({step, 0, kind, "", repeats ? 0 : static_cast<int64_t>(record.events.size()) + 1});
        };
        const auto answer = [&] {
            const ShowRun asked = *engine.last<ShowRun>();
            RunDetail told = record;
            if (!repeats) {
                const auto old = [&](const auto& one) { return one.step <= asked.from_step; };
                told.metrics.erase(std::remove_if(told.metrics.begin(), told.metrics.end(), old), told.metrics.end());
                told.samples.erase(std::remove_if(told.samples.begin(), told.samples.end(), old), told.samples.end());
                told.events.erase(std::remove_if(told.events.begin(), told.events.end(),
                                                 [&](const auto& one) { return one.id <= asked.after_event; }),
                                  told.events.end());
            }
            engine.answer<ShowRun>(told);
        };
        grow(1);
        grow(2);
        tell("started", 1);
        run.follow("r");
        answer();
        QCOMPARE(run.state(), RunWatch::State::followed);
        QVERIFY(!run.is_live());
        run.pause();
        run.stop();
        run.control({});
        QCOMPARE(engine.count<PauseTraining>() + engine.count<StopTraining>() + engine.count<ControlTraining>(), 0);
        QCOMPARE(run.seconds_left(), 16.0);

        QSignalSpy stepped(&run, &RunWatch::stepped), validated(&run, &RunWatch::validated),
            noted(&run, &RunWatch::noted), sampled(&run, &RunWatch::sampled), saved(&run, &RunWatch::saved),
            reset(&run, &RunWatch::reset);
        QTRY_COMPARE(engine.count<ShowRun>(), 2);
        record.metrics.back().eval_loss = 1.5;  // of a step that is known already
        grow(3);
        grow(4);
        tell("saved", 4);
        record.samples.push_back({.run = "r", .step = 4, .text = "a"});
        record.summary.checkpoints.push_back({.step = 4, .path = "p"});
        answer();
        QCOMPARE(run.detail().metrics.size(), size_t{4});
        QCOMPARE(stepped.size(), 1);
        QCOMPARE(stepped[0][0].toInt(), 2);
        QCOMPARE(validated.size(), 1);
        QCOMPARE(*run.detail().metrics[1].eval_loss, 1.5);
        QCOMPARE(noted.size() + sampled.size() + saved.size(), 3);
        QTRY_COMPARE(engine.count<ShowRun>(), 3);
        answer();  // nothing new
        QCOMPARE(run.detail().metrics.size(), size_t{4});
        QCOMPARE(run.detail().events.size(), size_t{2});
        QCOMPARE(run.detail().samples.size(), size_t{1});
        QVERIFY(stepped.size() == 1 && validated.size() == 1 && noted.size() == 1 && reset.isEmpty());

        // It is resumed from before: rows that are no more go.
        record.metrics.pop_back();
        record.summary.step = 3;
        QTRY_COMPARE(engine.count<ShowRun>(), 4);
        answer();
        QCOMPARE(engine.last<ShowRun>()->from_step, int64_t{0});
        answer();
        QCOMPARE(run.detail().metrics.size(), size_t{3});
        QCOMPARE(run.state(), RunWatch::State::followed);
        record.summary.state = "finished";
        QTRY_COMPARE(engine.count<ShowRun>(), 6);
        answer();
        answer();
        QCOMPARE(run.state(), RunWatch::State::ended);
        QTest::qWait(1200);
        QCOMPARE(engine.count<ShowRun>(), 7);  // asked no more
    }

    void a_record_that_cannot_be_read_for_a_moment_is_asked_again() {
        FakeEngine engine;
        RunWatch run(engine);
        RunDetail record;
        record.summary = {.run = "r", .name = "nano", .state = "paused", .step = 0, .max_steps = 10};
        engine.say(0, WorkspaceOpened{.folder = "w", .read_only = Error{.kind = ErrorKind::locked}});
        run.look_at("r");  // in such a workspace it is followed by itself
        engine.answer<ShowRun>(record);
        QCOMPARE(run.state(), RunWatch::State::followed);
        QTRY_COMPARE(engine.count<ShowRun>(), 2);
        engine.answer<ShowRun>(Failed{{.kind = ErrorKind::io}});
        QCOMPARE(run.state(), RunWatch::State::followed);
        QTRY_COMPARE(engine.count<ShowRun>(), 3);
        // The user looks at another run: what comes late of this one is not taken.
        const RequestId late = engine.last_request<ShowRun>();
        RunDetail other = record;
        other.summary.run = "other";
        other.summary.state = "finished";
        run.look_at("other");
        engine.answer<ShowRun>(other);
        engine.say(late, record);
        QCOMPARE(run.run(), std::string("other"));
        QCOMPARE(run.state(), RunWatch::State::ended);
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
