// A training run through the session: its steps, pause and single steps, checkpoints and which of them stay, the
// record.
#include <QtTest>
#include <cmath>
#include <filesystem>
#include <numeric>

#include "engine/base/files.h"
#include "engine/store/store.h"
#include "engine/train/checkpoint.h"
#include "tests/engine/train/session_fixture.h"

using namespace lathe;
using namespace lathe_test;

class RunTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void a_fresh_run_goes_to_its_end();
    void the_record_holds_every_step();
    void pause_keeps_and_a_step_is_one();
    void generating_while_paused_changes_nothing();
    void keeps_the_last_two_and_the_best();
    void a_lost_database_is_rebuilt();
    void closing_the_session_saves();
    void cancelling_stops_and_saves();
    void one_run_at_a_time();
    void one_lathe_at_a_time();
    void accumulation_is_a_larger_batch();
    void goes_on_from_a_base_model();
    void a_context_longer_than_the_base_models_is_refused();
    void control_without_a_run_is_ignored();
    void samples_are_told();

private:
    std::vector<double> reference_;
};

void RunTest::initTestCase() {
    reference_ = undisturbed_losses();
    QCOMPARE(reference_.size(), size_t{12});
}

void RunTest::a_fresh_run_goes_to_its_end() {
    const Place place;
    Watched session(place.workspace());
    const RequestId request = session.train(place.config());
    const auto done = session.wait<TrainDone>(request);
    QVERIFY(done);
    QCOMPARE(done->state, std::string("finished"));
    QCOMPARE(done->steps, int64_t{12});
    QCOMPARE(done->resumed_from_step, int64_t{0});
    QCOMPARE(done->checkpoint, place.checkpoint(done->run, 12));
    QVERIFY(verify_folder(done->checkpoint));
    QVERIFY(done->eval_loss.has_value());
    QVERIFY(done->tokens_per_s > 0);
    std::vector<int64_t> steps(12);
    std::iota(steps.begin(), steps.end(), 1);
    QCOMPARE(session.steps(), steps);
    QCOMPARE(session.losses(), reference_);  // the same data and seed
    QCOMPARE(done->train_loss, reference_.back());
    QVERIFY(std::abs(reference_.front() - std::log(300.0)) < 0.3);
    QVERIFY(reference_.back() < reference_.front() - 0.5);
    const auto started = session.all<TrainStarted>(request);
    QCOMPARE(started.size(), size_t{1});
    QCOMPARE(started[0].step, int64_t{0});
    QCOMPARE(started[0].max_steps, int64_t{12});
    QVERIFY(started[0].peak_tokens_per_s > 0);
    const auto progress = session.all<TrainProgress>(request);
    QCOMPARE(progress[0].learning_rate, 0.0);  // warm-up over 2 steps
    QCOMPARE(progress[1].learning_rate, 5e-3);
    QCOMPARE(progress[2].learning_rate, 1e-2);
    QVERIFY(progress[0].bytes.at("weights") > 0 && progress[0].bytes.at("optimizer") > 0);
    std::vector<int64_t> validated;
    for (const Validated& result : session.all<Validated>(request)) validated.push_back(result.step);
    QCOMPARE(validated, (std::vector<int64_t>{4, 8, 12}));
}

void RunTest::the_record_holds_every_step() {
    const Place place;
    Watched session(place.workspace());
    const auto done = session.wait<TrainDone>(session.train(place.config()));
    QVERIFY(done);
    const auto detail = session.wait<RunDetail>(session.post(ShowRun{.run = "latest"}));
    QVERIFY(detail);
    QCOMPARE(detail->summary.run, done->run);
    QCOMPARE(detail->summary.name, std::string("tiny"));
    QCOMPARE(detail->summary.state, std::string("finished"));
    QCOMPARE(detail->metrics.size(), size_t{12});
    for (size_t i = 0; i < 12; ++i) QCOMPARE(detail->metrics[i].loss, reference_[i]);
    QVERIFY(detail->metrics[3].eval_loss && !detail->metrics[4].eval_loss);
    QCOMPARE(detail->events.front().kind, std::string("started"));
    QCOMPARE(to_json(parse_run_config(detail->config_json, "")), to_json(place.config()));
    const auto list = session.wait<RunsListed>(session.post(ListRuns{}));
    QVERIFY(list && list->runs.size() == 1);
    QCOMPARE(list->runs[0].max_steps, int64_t{12});
}

void RunTest::pause_keeps_and_a_step_is_one() {
    const Place place;
    Watched session(place.workspace(), after_step(3, PauseTraining{}));
    const RequestId request = session.train(place.config());
    session.wait_for_state(EngineState::paused);
    QCOMPARE(session.steps(), (std::vector<int64_t>{1, 2, 3}));
    session.post(StepTraining{});
    session.wait_for_state(EngineState::paused, 2);
    QCOMPARE(session.steps(), (std::vector<int64_t>{1, 2, 3, 4}));
    session.post(StepTraining{});
    session.wait_for_state(EngineState::paused, 3);
    QCOMPARE(session.steps().size(), size_t{5});
    session.post(ContinueTraining{});
    const auto done = session.wait<TrainDone>(request);
    QVERIFY(done);
    QCOMPARE(done->steps, int64_t{12});
    QCOMPARE(session.losses(), reference_);
}

void RunTest::generating_while_paused_changes_nothing() {
    const Place place;
    Watched session(place.workspace(), after_step(5, PauseTraining{}));
    const RequestId request = session.train(place.config());
    session.wait_for_state(EngineState::paused);
    const auto started = session.wait<TrainStarted>(request);
    QVERIFY(started);
    const Generate generate{.model = place.checkpoint(started->run, 4),
                            .prompts = {{.text = "the cat"}, {.text = "a"}},
                            .sample = {.max_tokens = 8}};
    const auto first = session.wait<GenerateDone>(session.post(generate));
    QVERIFY(first);
    QCOMPARE(first->answers.size(), size_t{2});
    QCOMPARE(first->answers[0].token_ids.size(), size_t{8});
    const auto again = session.wait<GenerateDone>(session.post(generate));
    QVERIFY(again);
    QCOMPARE(again->answers[0].token_ids, first->answers[0].token_ids);
    QCOMPARE(session.steps().size(), size_t{5});
    session.post(ContinueTraining{});
    QVERIFY(session.wait<TrainDone>(request));
    QCOMPARE(session.losses(), reference_);
}

void RunTest::keeps_the_last_two_and_the_best() {
    const Place place;
    RunConfig config = place.config();
    config.train.save_steps = config.train.eval_steps = 1;
    config.train.max_steps = 6;
    config.train.lr_scheduler_type = "constant";
    config.train.warmup_steps = 1;   // the first step changes nothing,
    config.train.learning_rate = 5;  // the others ruin the model
    Watched session(place.workspace());
    const auto done = session.wait<TrainDone>(session.train(config));
    QVERIFY(done);
    std::vector<int64_t> steps;
    for (const CheckpointPlace& checkpoint : list_checkpoints(place.workspace() + "/runs/" + done->run))
        steps.push_back(checkpoint.step);
    QCOMPARE(steps, (std::vector<int64_t>{6, 5, 1}));
    QCOMPARE(best_checkpoint(place.workspace() + "/runs/" + done->run)->step, int64_t{1});
    std::vector<int64_t> removed;
    for (const CheckpointSaved& saved : session.all<CheckpointSaved>()) {
        removed.insert(removed.end(), saved.removed.begin(), saved.removed.end());
        QCOMPARE(saved.best, saved.step == 1);
        QVERIFY(saved.bytes > 0 && saved.eval_loss);
    }
    QCOMPARE(removed, (std::vector<int64_t>{2, 3, 4}));
    const Store store(place.workspace() + "/lathe.db", Store::Mode::read_only);
    std::vector<int64_t> recorded, best;
    for (const CheckpointRow& row : const_cast<Store&>(store).read_checkpoints(done->run)) {
        recorded.push_back(row.step);
        if (row.best) best.push_back(row.step);
    }
    QCOMPARE(recorded, (std::vector<int64_t>{1, 5, 6}));
    QCOMPARE(best, std::vector<int64_t>{1});
    std::filesystem::resize_file(place.checkpoint(done->run, 1) + "/model.safetensors", 100);  // it is of no use now
    QVERIFY(best_checkpoint(place.workspace() + "/runs/" + done->run)->step > 1);
}

void RunTest::a_lost_database_is_rebuilt() {
    const Place place;
    std::string run;
    {
        Watched session(place.workspace());
        const auto done = session.wait<TrainDone>(session.train(place.config()));
        QVERIFY(done);
        run = done->run;
    }
    QVERIFY(std::filesystem::remove(place.workspace() + "/lathe.db"));
    Watched session(place.workspace());
    QVERIFY(session.wait<TrainDone>(session.resume(run)));  // opens the workspace
    const auto detail = session.wait<RunDetail>(session.post(ShowRun{.run = run}));
    QVERIFY(detail);
    QCOMPARE(detail->metrics.size(), size_t{12});
    for (size_t i = 0; i < 12; ++i) QCOMPARE(detail->metrics[i].loss, reference_[i]);
    QVERIFY(detail->metrics[7].eval_loss.has_value());
    QCOMPARE(to_json(parse_run_config(detail->config_json, "")), to_json(place.config()));
    QCOMPARE(detail->summary.checkpoints.size(), size_t{2});
}

void RunTest::closing_the_session_saves() {
    const Place place;
    std::string run;
    {
        Watched session(place.workspace(), after_step(2, PauseTraining{}));
        const auto started = session.wait<TrainStarted>(session.train(place.config()));
        QVERIFY(started);
        run = started->run;
        session.wait_for_state(EngineState::paused);
        session.close();
        const auto done = session.wait<TrainDone>();
        QVERIFY(done);
        QCOMPARE(done->state, std::string("stopped"));
    }
    QVERIFY(verify_folder(place.checkpoint(run, 2)));
}

void RunTest::cancelling_stops_and_saves() {
    const Place place;
    Watched session(place.workspace(), [](Watched& watched, const Event& event) {
        const auto* progress = std::get_if<TrainProgress>(&event.body);
        if (progress != nullptr && progress->step == 3) watched.cancel(event.request);
    });
    const RequestId request = session.train(place.config());
    const auto done = session.wait<TrainDone>(request);
    QVERIFY(done);
    QCOMPARE(done->state, std::string("stopped"));
    QCOMPARE(done->steps, int64_t{3});
    QVERIFY(verify_folder(done->checkpoint));
    // Before its first step a cancelled run is a failure, and leaves no run behind.
    const Place other;
    Watched early(other.workspace(), [](Watched& watched, const Event& event) {
        if (std::holds_alternative<Progress>(event.body)) watched.cancel(event.request);
    });
    const auto error = early.failure(early.train(other.config()));
    QVERIFY(error && error->kind == ErrorKind::cancelled);
    QVERIFY(std::filesystem::is_empty(other.workspace() + "/runs"));
}

void RunTest::one_run_at_a_time() {
    const Place place;
    Watched session(place.workspace(), after_step(2, PauseTraining{}));
    const RequestId request = session.train(place.config());
    session.wait_for_state(EngineState::paused);
    const auto error = session.failure(session.train(place.config()));
    QVERIFY(error && error->kind == ErrorKind::locked);
    session.post(StopTraining{});
    QVERIFY(session.wait<TrainDone>(request));
    QVERIFY(session.wait<TrainDone>(session.train(place.config())));  // then the next may
}

void RunTest::one_lathe_at_a_time() {
    const Place place;
    Watched first(place.workspace(), after_step(2, PauseTraining{}));
    const RequestId request = first.train(place.config());
    first.wait_for_state(EngineState::paused);
    {
        Watched second(place.workspace());
        const auto error = second.failure(second.train(place.config()));
        QVERIFY(error);
        QCOMPARE(error->kind, ErrorKind::locked);
        QCOMPARE(error->exit_status(), 2);
        QVERIFY(second.wait<RunsListed>(second.post(ListRuns{})));  // reading is free
    }
    first.post(ContinueTraining{});
    QVERIFY(first.wait<TrainDone>(request));
    QCOMPARE(first.losses(), reference_);
}

void RunTest::accumulation_is_a_larger_batch() {
    const Place place;
    RunConfig config = place.config();
    config.train.per_device_train_batch_size = 2;
    config.train.gradient_accumulation_steps = 2;
    Watched session(place.workspace());
    QVERIFY(session.wait<TrainDone>(session.train(config)));
    QCOMPARE(session.losses(), reference_);
}

void RunTest::goes_on_from_a_base_model() {
    const Place place;
    Watched session(place.workspace());
    const auto base = session.wait<TrainDone>(session.train(place.config()));
    QVERIFY(base);
    RunConfig config = place.config();
    config.model.reset();
    config.base_model = BaseModelConfig{.path = base->checkpoint};
    config.train.max_steps = 2;
    config.train.warmup_steps = 0;
    const RequestId request = session.train(config);
    QVERIFY(session.wait<TrainDone>(request));
    const auto progress = session.all<TrainProgress>(request);
    QCOMPARE(progress.size(), size_t{2});
    QVERIFY(progress[0].loss < reference_[6]);
}

void RunTest::a_context_longer_than_the_base_models_is_refused() {
    const Place place;
    Watched session(place.workspace());
    const auto base = session.wait<TrainDone>(session.train(place.config()));
    QVERIFY(base);
    RunConfig config = place.config();
    config.model.reset();
    config.base_model = BaseModelConfig{.path = base->checkpoint};
    config.data.max_length = 65;
    const auto error = session.failure(session.train(config));
    QVERIFY(error);
    QVERIFY2(error->key == "data.max_length" && error->exit_status() == 2, error->sentence().c_str());
}

void RunTest::control_without_a_run_is_ignored() {
    const Place place;
    Watched session(place.workspace());
    session.post(PauseTraining{});
    session.post(StepTraining{});
    session.post(SaveTraining{});
    session.post(StopTraining{});
    session.post(ContinueTraining{});
    QVERIFY(session.wait<RunsListed>(session.post(ListRuns{})));
    QVERIFY(session.all<Failed>().empty());
    QVERIFY(!std::filesystem::exists(place.workspace()));
}

void RunTest::samples_are_told() {
    const Place place;
    RunConfig config = place.config();
    config.train.sample_steps = 6;
    config.train.sample_prompt = "the cat";
    config.train.sample_max_tokens = 5;
    Watched session(place.workspace());
    QVERIFY(session.wait<TrainDone>(session.train(config)));
    QCOMPARE(session.losses(), reference_);
    const auto samples = session.all<Sampled>();
    QCOMPARE(samples.size(), size_t{2});
    QCOMPARE(samples[1].step, int64_t{12});
    QCOMPARE(samples[1].prompt, std::string("the cat"));
    QVERIFY(!samples[1].tokens.empty() && samples[1].tokens.size() <= 5);
    QCOMPARE(samples[1].tokens[0].likeliest.size(), size_t{5});
    const auto detail = session.wait<RunDetail>(session.post(ShowRun{.run = "latest"}));
    QVERIFY(detail && detail->samples.size() == 2);
    QCOMPARE(detail->samples[1].text, samples[1].text);
}

QTEST_APPLESS_MAIN(RunTest)
#include "run_test.moc"
