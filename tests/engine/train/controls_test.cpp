// Controls of a run in training, through the session: what they change, the rules that end a run, evaluations and
// samples at once, and that a resume goes on with them.
#include <QtTest>

#include "engine/base/files.h"
#include "engine/base/train_controls.h"
#include "engine/train/checkpoint.h"
#include "tests/engine/train/session_fixture.h"

using namespace lathe;
using namespace lathe_test;

namespace {

RunConfig constant(const Place& place) {
    RunConfig config = place.config();
    config.train.lr_scheduler_type = "constant";
    config.train.warmup_steps = 0;
    return config;
}

ControlTraining control(const TrainControls& controls) {
    return {.controls = controls};
}

// A run that pauses behind this step.
struct Paused {
    Place place;
    Watched session;
    RequestId request;
    Paused(const std::function<void(RunConfig&)>& change, int64_t step)
        : session(place.workspace(), after_step(step, PauseTraining{})) {
        RunConfig config = constant(place);
        change(config);
        request = session.train(config);
        session.wait_for_state(EngineState::paused);
    }
};

std::vector<std::string> texts(const std::vector<RunDetail::Line>& events, const std::string& kind) {
    std::vector<std::string> found;
    for (const RunDetail::Line& line : events)
        if (line.kind == kind) found.push_back(line.text);
    return found;
}

}  // namespace

class ControlsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_multiplier_is_exact_and_recorded();
    void a_smaller_clip_changes_the_run();
    void a_resume_is_bit_equal();
    void each_rule_stops_data();
    void each_rule_stops();
    void a_rule_that_ended_a_run_is_gone_on_resume();
    void evaluates_and_samples_at_once_data();
    void evaluates_and_samples_at_once();
    void a_loss_that_is_low_enough_ends_a_paused_run();
    void what_cannot_be_is_refused();
    void without_a_run_nothing_happens();
    void a_rising_validation_loss_is_told_once();
};

void ControlsTest::the_multiplier_is_exact_and_recorded() {
    Paused paused([](RunConfig&) {}, 3);
    paused.session.post(control({.learning_rate_multiplier = 0.3, .stop_at_step = 900}));
    const auto changed = paused.session.wait<ControlsChanged>(paused.request);
    QVERIFY(changed);
    QCOMPARE(changed->step, int64_t{3});
    QCOMPARE(changed->controls.learning_rate_multiplier, 0.3);
    paused.session.post(ContinueTraining{});
    QVERIFY(paused.session.wait<TrainDone>(paused.request));
    for (const TrainProgress& progress : paused.session.all<TrainProgress>())
        QCOMPARE(progress.learning_rate, progress.step <= 3 ? 1e-2 : 1e-2 * 0.3);
    const auto detail = paused.session.wait<RunDetail>(paused.session.post(ShowRun{.run = "latest"}));
    QVERIFY(detail);
    QCOMPARE(texts(detail->events, "control"),
             (std::vector<std::string>{"learning_rate_multiplier 0.3", "stop_at_step 900"}));
}

void ControlsTest::a_smaller_clip_changes_the_run() {
    // A run whose gradients are clipped from the first step on is the one that was told so before its first step.
    const auto losses = [](double config_norm, std::optional<double> control_norm) {
        const Place place;
        RunConfig config = constant(place);
        config.train.max_grad_norm = config_norm;
        Watched session(place.workspace(), [&](Watched& watched, const Event& event) {
            if (control_norm && std::holds_alternative<TrainStarted>(event.body))
                watched.post(control({.max_grad_norm = control_norm}));
        });
        return session.wait<TrainDone>(session.train(config)) ? session.losses() : std::vector<double>();
    };
    const std::vector<double> clipped = losses(0.01, {}), told = losses(1.0, 0.01), usual = losses(1.0, {});
    QCOMPARE(told.size(), size_t{12});
    QCOMPARE(told, clipped);
    QVERIFY(told != usual);
}

void ControlsTest::a_resume_is_bit_equal() {
    const TrainControls controls{.learning_rate_multiplier = 0.3, .max_grad_norm = 0.05, .stop_at_step = 11};
    Paused whole([](RunConfig&) {}, 5);
    whole.session.post(control(controls));
    whole.session.post(ContinueTraining{});
    const auto reference = whole.session.wait<TrainDone>(whole.request);
    QVERIFY(reference);
    const std::vector<double> losses = whole.session.losses();

    Paused first([](RunConfig&) {}, 5);
    first.session.post(SaveTraining{});  // a checkpoint of this step that has other controls
    first.session.post(control(controls));
    first.session.post(StopTraining{});
    const auto stopped = first.session.wait<TrainDone>(first.request);
    QVERIFY(stopped);
    QCOMPARE(stopped->reason, std::string("user"));
    first.session.close();
    QVERIFY(control_changes(controls, read_run_snapshot(stopped->checkpoint).controls).empty());
    Watched second(first.place.workspace());
    const RequestId request = second.resume("latest");
    const auto told = second.wait<ControlsChanged>(request);
    QVERIFY(told && control_changes(controls, told->controls).empty());
    const auto done = second.wait<TrainDone>(request);
    QVERIFY(done);
    QCOMPARE(done->steps, int64_t{11});
    QCOMPARE(second.losses(), std::vector<double>(losses.begin() + 5, losses.end()));
    QVERIFY(contents(done->checkpoint + "/model.safetensors") ==
            contents(reference->checkpoint + "/model.safetensors"));
}

void ControlsTest::each_rule_stops_data() {
    QTest::addColumn<TrainControls>("controls");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<int>("step");  // 0: wherever
    QTest::addRow("step") << TrainControls{.stop_at_step = 7} << "step" << 7;
    QTest::addRow("loss") << TrainControls{.stop_at_loss = 1e3} << "loss" << 4;
    QTest::addRow("time") << TrainControls{.stop_after_s = 1} << "time" << 0;
    QTest::addRow("patience") << TrainControls{.learning_rate_multiplier = 0, .early_stopping_patience = 2}
                              << "patience" << 12;  // nothing changes any more: 8 and 12 are no better than 4
}

void ControlsTest::each_rule_stops() {
    QFETCH(TrainControls, controls);
    QFETCH(QString, reason);
    QFETCH(int, step);
    Paused paused([](RunConfig& config) { config.train.max_steps = 1'000'000; }, reason == "patience" ? 4 : 1);
    paused.session.post(control(controls));
    paused.session.post(ContinueTraining{});
    const auto done = paused.session.wait<TrainDone>(paused.request);
    QVERIFY(done);
    QCOMPARE(done->state, std::string("stopped"));
    QCOMPARE(done->reason, reason.toStdString());
    if (step > 0) QCOMPARE(done->steps, int64_t{step});
    QVERIFY(verify_folder(done->checkpoint));
    QVERIFY(read_history(done->checkpoint).back().eval_loss);  // what the best one is compared with
    const auto detail = paused.session.wait<RunDetail>(paused.session.post(ShowRun{.run = "latest"}));
    QCOMPARE(texts(detail->events, "stopped"), (std::vector<std::string>{reason.toStdString()}));
    QCOMPARE(detail->summary.state, std::string("stopped"));
}

void ControlsTest::a_rule_that_ended_a_run_is_gone_on_resume() {
    Paused paused([](RunConfig&) {}, 2);
    paused.session.post(control({.learning_rate_multiplier = 0.5, .stop_at_step = 6}));
    paused.session.post(ContinueTraining{});
    QVERIFY(paused.session.wait<TrainDone>(paused.request));
    const RequestId request = paused.session.resume("latest");
    const auto told = paused.session.wait<ControlsChanged>(request);
    QVERIFY(told);
    QVERIFY(!told->controls.stop_at_step);
    QCOMPARE(told->controls.learning_rate_multiplier, 0.5);
    const auto done = paused.session.wait<TrainDone>(request);
    QVERIFY(done);
    QCOMPARE(done->state, std::string("finished"));
    QCOMPARE(done->reason, std::string());
    QCOMPARE(done->steps, int64_t{12});
}

void ControlsTest::evaluates_and_samples_at_once_data() {
    QTest::addColumn<bool>("paused");
    QTest::addRow("running") << false;
    QTest::addRow("paused") << true;
}

void ControlsTest::evaluates_and_samples_at_once() {
    QFETCH(bool, paused);
    const Place place;
    RunConfig config = constant(place);
    config.train.max_steps = paused ? 12 : 1'000'000;
    config.train.eval_steps = 0;
    Watched session(place.workspace(), [=](Watched& watched, const Event& event) {
        const auto* progress = std::get_if<TrainProgress>(&event.body);
        if (progress == nullptr || progress->step != 3) return;
        if (paused) return void(watched.post(PauseTraining{}));
        watched.post(EvaluateTraining{});
        watched.post(SampleTraining{});
    });
    const RequestId request = session.train(config);
    if (paused) {
        session.wait_for_state(EngineState::paused);
        session.post(EvaluateTraining{});
        session.post(SampleTraining{});
        session.post(EvaluateTraining{});  // it has one already
    }
    const auto validated = session.wait<Validated>(request);
    const auto sampled = session.wait<Sampled>(request);
    QVERIFY(validated && sampled);
    QVERIFY(validated->loss > 0);
    QVERIFY(!sampled->text.empty());
    if (paused) {
        QCOMPARE(validated->step, int64_t{3});
        QCOMPARE(sampled->step, int64_t{3});
        QCOMPARE(session.steps().size(), size_t{3});
    } else {
        QVERIFY(validated->step >= 3 && validated->step <= 4);
    }
    session.post(StopTraining{});
    QVERIFY(session.wait<TrainDone>(request));
    QCOMPARE(session.all<Validated>().size(), size_t{1});
    QCOMPARE(session.all<Sampled>().size(), size_t{1});
    QVERIFY(session.all<Failed>().empty());
}

void ControlsTest::a_loss_that_is_low_enough_ends_a_paused_run() {
    Paused paused([](RunConfig& config) { config.train.eval_steps = 0; }, 3);
    paused.session.post(control({.stop_at_loss = 1e3}));
    QVERIFY(paused.session.wait<ControlsChanged>(paused.request));
    paused.session.post(EvaluateTraining{});
    const auto done = paused.session.wait<TrainDone>(paused.request);
    QVERIFY(done);
    QCOMPARE(done->reason, std::string("loss"));
    QCOMPARE(done->steps, int64_t{3});
    QCOMPARE(read_run_snapshot(done->checkpoint).eval_loss, done->eval_loss);
}

void ControlsTest::what_cannot_be_is_refused() {
    Paused paused([](RunConfig& config) { config.data.validation_fraction = 0; }, 5);
    const std::vector<std::pair<TrainControls, std::string>> wrong = {
        {{.learning_rate_multiplier = std::nan("")}, "learning_rate_multiplier"},
        {{.learning_rate_multiplier = 101}, "learning_rate_multiplier"},
        {{.max_grad_norm = -1}, "max_grad_norm"},
        {{.stop_at_step = 5}, "stop_at_step"},  // it has been
        {{.stop_at_loss = 1}, "stop_at_loss"},  // there is nothing to measure it on
        {{.early_stopping_patience = 1}, "early_stopping_patience"},
    };
    for (const auto& [controls, key] : wrong) {
        const auto error = paused.session.failure(paused.session.post(control(controls)));
        QVERIFY(error);
        QCOMPARE(error->key, key);
    }
    QVERIFY(paused.session.all<ControlsChanged>().empty());
    paused.session.post(StopTraining{});
    QTRY_VERIFY_WITH_TIMEOUT(!paused.session.all<TrainDone>().empty(), 60000);
    const TrainDone done = paused.session.all<TrainDone>()[0];
    QVERIFY(control_changes({}, read_run_snapshot(done.checkpoint).controls).empty());
}

void ControlsTest::without_a_run_nothing_happens() {
    const Place place;
    Watched session(place.workspace());
    session.post(control({.learning_rate_multiplier = -1}));
    session.post(EvaluateTraining{});
    session.post(SampleTraining{});
    QVERIFY(session.wait<RunsListed>(session.post(ListRuns{})));
    const auto done = session.wait<TrainDone>(session.train(constant(place)));  // after those, on their thread
    QVERIFY(done);
    QVERIFY(session.all<Failed>().empty() && session.all<ControlsChanged>().empty());
    QCOMPARE(done->state, std::string("finished"));
}

void ControlsTest::a_rising_validation_loss_is_told_once() {
    const Place place;
    RunConfig config = constant(place);
    config.train.eval_steps = 1;
    config.train.max_steps = 5;
    config.train.warmup_steps = 1;   // the first step changes nothing,
    config.train.learning_rate = 5;  // the others ruin the model
    Watched session(place.workspace());
    QVERIFY(session.wait<TrainDone>(session.train(config)));
    std::vector<Notice> rises;
    for (const Notice& notice : session.all<Notice>())
        if (notice.kind == "validation_rises") rises.push_back(notice);
    QCOMPARE(rises.size(), size_t{1});
    QCOMPARE(rises[0].step, int64_t{3});
    const std::vector<Validated> results = session.all<Validated>();
    const auto text = QStringLiteral("validation loss %1, the best was %2 at step 1");
    QCOMPARE(QString::fromStdString(rises[0].text),
             text.arg(results[2].loss, 0, 'f', 4).arg(results[0].loss, 0, 'f', 4));
}

QTEST_GUILESS_MAIN(ControlsTest)
#include "controls_test.moc"
