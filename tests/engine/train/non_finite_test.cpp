// A step whose loss is not finite: it is on record, the run fails and says so, and goes on from an earlier checkpoint
// with smaller steps.
#include <QtTest>
#include <cmath>
#include <filesystem>

#include "engine/base/files.h"
#include "engine/train/checkpoint.h"
#include "tests/engine/train/session_fixture.h"

using namespace lathe;
using namespace lathe_test;

namespace {

constexpr double kRate = 1e-2;

RunConfig constant(const Place& place) {
    RunConfig config = place.config();
    config.train.lr_scheduler_type = "constant";
    config.train.learning_rate = kRate;
    return config;
}

// The last weight of a checkpoint becomes a NaN; its manifest agrees.
void break_checkpoint(const std::string& checkpoint) {
    DurableFolder folder(checkpoint, /*replace=*/true);
    std::filesystem::remove(checkpoint + "/manifest.json");
    std::filesystem::copy(checkpoint, folder.path(), std::filesystem::copy_options::recursive);
    {
        std::fstream file(folder.path() + "/model.safetensors", std::ios::binary | std::ios::in | std::ios::out);
        file.seekp(-4, std::ios::end);
        file.write("\0\0\xc0\x7f", 4);
    }
    folder.commit();
}

std::vector<int64_t> steps_of(const std::vector<RunDetail::Line>& events, const std::string& kind) {
    std::vector<int64_t> steps;
    for (const RunDetail::Line& line : events)
        if (line.kind == kind) steps.push_back(line.step);
    return steps;
}

}  // namespace

class NonFiniteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Checkpoints 4 and 5; the one of 5 is broken, so that step 6 fails.
    void init() {
        place_ = std::make_unique<Place>();
        {
            Watched session(place_->workspace(), after_step(5, StopTraining{}));
            const auto done = session.wait<TrainDone>(session.train(constant(*place_)));
            QVERIFY(done && done->steps == 5);
            run_ = done->run;
        }
        break_checkpoint(place_->checkpoint(run_, 5));
        QVERIFY(verify_folder(place_->checkpoint(run_, 5)));
        Watched broken(place_->workspace());
        const RequestId request = broken.resume(run_);
        const auto error = broken.failure(request);
        QVERIFY(error && error->kind == ErrorKind::non_finite);
        QVERIFY2(error->key.starts_with("step 6, epoch"), error->key.c_str());
        told_ = broken.all<TrainProgress>(request);
        for (const Notice& notice : broken.all<Notice>(request))
            if (notice.kind == "failed") QCOMPARE(notice.step, int64_t{6});
    }

    void the_step_is_on_record() {
        QCOMPARE(told_.size(), size_t{1});
        QCOMPARE(told_[0].step, int64_t{6});
        QVERIFY(!std::isfinite(told_[0].loss));
        Watched session(place_->workspace());
        const auto detail = session.wait<RunDetail>(session.post(ShowRun{.run = run_}));
        QVERIFY(detail);
        QCOMPARE(detail->summary.state, std::string("failed"));
        QCOMPARE(detail->metrics.size(), size_t{6});
        QVERIFY(std::isfinite(detail->metrics[4].loss) && !std::isfinite(detail->metrics[5].loss));
        QVERIFY(detail->summary.loss && !std::isfinite(*detail->summary.loss));
        QCOMPARE(steps_of(detail->events, "failed"), std::vector<int64_t>{6});
        QCOMPARE(detail->summary.checkpoints.back().step, int64_t{5});  // the step left none
    }

    void it_goes_on_with_smaller_steps() {
        std::filesystem::remove_all(place_->checkpoint(run_, 5));
        {
            Watched session(place_->workspace(), after_step(8, StopTraining{}));
            const RequestId request =
                session.post(StartTraining{.resume = run_, .learning_rate_factor = 0.5, .max_grad_norm = 0.25});
            const auto done = session.wait<TrainDone>(request);
            QVERIFY(done);
            QCOMPARE(done->resumed_from_step, int64_t{4});
            for (const TrainProgress& progress : session.all<TrainProgress>(request)) {
                QCOMPARE(progress.learning_rate, 0.5 * kRate);
                QVERIFY(std::isfinite(progress.loss));
            }
        }
        Watched session(place_->workspace());
        const RequestId request = session.post(StartTraining{.resume = run_, .learning_rate_factor = 0.5});
        const auto done = session.wait<TrainDone>(request);
        QVERIFY(done);
        QCOMPARE(session.all<TrainProgress>(request)[0].learning_rate, 0.25 * kRate);  // on what it had
        const RunSnapshot snapshot = read_run_snapshot(done->checkpoint);
        QCOMPARE(snapshot.controls.learning_rate_multiplier, 0.25);
        QCOMPARE(snapshot.controls.max_grad_norm, std::optional(0.25));
        const auto detail = session.wait<RunDetail>(session.post(ShowRun{.run = run_}));
        QVERIFY(detail);
        QCOMPARE(detail->metrics.size(), size_t{12});
        for (const MetricPoint& point : detail->metrics) QVERIFY(std::isfinite(point.loss));
        QCOMPARE(steps_of(detail->events, "failed"), std::vector<int64_t>{6});  // it happened
        QCOMPARE(steps_of(detail->events, "control").size(), size_t{3});
    }

    void a_factor_that_cannot_be_is_refused() {
        Watched session(place_->workspace());
        const auto error =
            session.failure(session.post(StartTraining{.resume = run_, .learning_rate_factor = std::nan("")}));
        QVERIFY(error);
        QCOMPARE(error->kind, ErrorKind::out_of_range);
        QVERIFY(session.all<TrainStarted>().empty());
    }

    void a_factor_too_large_for_what_the_run_has_is_refused() {
        std::filesystem::remove_all(place_->checkpoint(run_, 5));
        {
            Watched session(place_->workspace(), after_step(8, StopTraining{}));
            QVERIFY(session.wait<TrainDone>(session.post(StartTraining{.resume = run_, .learning_rate_factor = 2})));
        }
        Watched session(place_->workspace());
        const auto error = session.failure(session.post(StartTraining{.resume = run_, .learning_rate_factor = 60}));
        QVERIFY(error);
        QCOMPARE(error->kind, ErrorKind::out_of_range);
        QVERIFY(session.all<TrainStarted>().empty());
        const auto detail = session.wait<RunDetail>(session.post(ShowRun{.run = run_}));
        QVERIFY(detail);
        QCOMPARE(detail->summary.state, std::string("stopped"));
    }

private:
    std::unique_ptr<Place> place_;
    std::string run_;
    std::vector<TrainProgress> told_;
};

QTEST_APPLESS_MAIN(NonFiniteTest)
#include "non_finite_test.moc"
