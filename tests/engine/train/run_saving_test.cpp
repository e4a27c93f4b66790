// When a run is saved: when it is asked, by the clock, where it is paused, and early the first time.
#include <QtTest>
#include <filesystem>

#include "engine/base/files.h"
#include "engine/train/checkpoint.h"
#include "tests/engine/train/session_fixture.h"

using namespace lathe;
using namespace lathe_test;

class RunSavingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void saves_when_asked();
    void saves_by_the_clock();
    void a_pause_saves();
    void a_pause_that_cannot_save_goes_on();
    void the_first_checkpoint_comes_early();

private:
    std::vector<double> reference_;
};

void RunSavingTest::initTestCase() {
    reference_ = undisturbed_losses();
    QCOMPARE(reference_.size(), size_t{12});
}

void RunSavingTest::saves_when_asked() {
    const Place place;
    Watched session(place.workspace(), after_step(3, PauseTraining{}));
    const RequestId request = session.train(place.config());
    session.wait_for_state(EngineState::paused);
    session.post(SaveTraining{});
    const auto saved = session.wait<CheckpointSaved>(request);
    QVERIFY(saved);
    QCOMPARE(saved->step, int64_t{3});
    QVERIFY(verify_folder(saved->path));
    const RunSnapshot snapshot = read_run_snapshot(saved->path);
    QCOMPARE(snapshot.step, int64_t{3});
    QCOMPARE(snapshot.run, saved->run);
    QCOMPARE(snapshot.train_loss, reference_[2]);
    QCOMPARE(read_history(saved->path).size(), size_t{3});
    session.post(SaveTraining{});  // it has one already
    session.post(ContinueTraining{});
    QVERIFY(session.wait<TrainDone>(request));
    QCOMPARE(session.losses(), reference_);
    std::vector<int64_t> steps;
    for (const CheckpointSaved& checkpoint : session.all<CheckpointSaved>()) steps.push_back(checkpoint.step);
    QCOMPARE(steps, (std::vector<int64_t>{3, 4, 8, 12}));
}

void RunSavingTest::saves_by_the_clock() {
    const Place place;
    RunConfig config = place.config();
    config.train.max_steps = 1'000'000;
    config.train.eval_steps = config.train.save_steps = 0;
    config.train.save_interval_s = 1;
    Watched session(place.workspace());
    session.train(config);
    QVERIFY(session.wait<CheckpointSaved>());
    QVERIFY(session.all<TrainDone>().empty());
}

void RunSavingTest::a_pause_saves() {
    const Place place;
    RunConfig config = place.config();
    config.train.save_steps = 0;
    Watched session(place.workspace(), after_step(3, PauseTraining{}));
    const RequestId request = session.train(config);
    const auto saved = session.wait<CheckpointSaved>(request);
    QVERIFY(saved);
    QCOMPARE(saved->step, int64_t{3});
    QVERIFY(verify_folder(saved->path));
    session.post(StepTraining{});  // one that looks at single steps does not wait for a checkpoint of each
    session.wait_for_state(EngineState::paused, 2);
    session.post(PauseTraining{});
    session.post(PauseTraining{});  // it has one already
    session.post(ContinueTraining{});
    QVERIFY(session.wait<TrainDone>(request));
    QCOMPARE(session.losses(), reference_);
    std::vector<int64_t> steps;
    for (const CheckpointSaved& checkpoint : session.all<CheckpointSaved>()) steps.push_back(checkpoint.step);
    QCOMPARE(steps, (std::vector<int64_t>{3, 4, 12}));
}

// Its folder is a file: nothing can be saved, the run goes on all the same.
void RunSavingTest::a_pause_that_cannot_save_goes_on() {
    const Place place;
    RunConfig config = place.config();
    config.train.save_steps = 0;
    Watched session(place.workspace(), after_step(3, PauseTraining{}));
    const RequestId request = session.train(config);
    const auto started = session.wait<TrainStarted>(request);
    QVERIFY(started);
    const std::string folder = place.workspace() + "/runs/" + started->run;
    session.wait_for_state(EngineState::paused);
    QVERIFY(session.wait<CheckpointSaved>(request));
    session.post(StepTraining{});
    session.wait_for_state(EngineState::paused, 2);
    std::filesystem::rename(folder, folder + "-away");
    std::ofstream(folder) << "a file";
    session.post(PauseTraining{});
    session.post(SampleTraining{});
    QVERIFY(session.wait<Sampled>(request));  // the pause is over and done with
    std::vector<int64_t> not_saved;
    for (const Notice& notice : session.all<Notice>(request))
        if (notice.kind == "not_saved") not_saved.push_back(notice.step);
    QCOMPARE(not_saved, std::vector<int64_t>{4});
    std::filesystem::remove(folder);
    std::filesystem::rename(folder + "-away", folder);
    session.post(ContinueTraining{});
    const auto done = session.wait<TrainDone>(request);
    QVERIFY(done);
    QCOMPARE(done->state, std::string("finished"));
    QCOMPARE(session.losses(), reference_);
}

void RunSavingTest::the_first_checkpoint_comes_early() {
    QCOMPARE(first_save_s(1'000'000), 15.0);
    QCOMPARE(first_save_s(6'000'000'000), 600.0);  // half a minute to write
    QCOMPARE(worth_saving_s(1'000'000), 0.0);
    QCOMPARE(worth_saving_s(1'200'000'000), 120.0);
    const Place place;
    RunConfig config = place.config();
    config.train.max_steps = 1'000'000;
    config.train.eval_steps = config.train.save_steps = 0;
    config.train.save_interval_s = 3600;
    config.train.per_device_train_batch_size = 64;  // not too many steps
    Watched session(place.workspace());
    const RequestId request = session.train(config);
    const auto saved = session.wait<CheckpointSaved>(request);
    QVERIFY(saved);
    double elapsed_s = 0;
    for (const TrainProgress& progress : session.all<TrainProgress>(request))
        if (progress.step == saved->step) elapsed_s = progress.elapsed_s;
    QVERIFY2(elapsed_s > 14, std::to_string(elapsed_s).c_str());
}

QTEST_APPLESS_MAIN(RunSavingTest)
#include "run_saving_test.moc"
