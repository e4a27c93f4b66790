// A step whose batch is skipped: it counts, its batch is drawn, nothing is updated; the run keeps that it is skipped.
#include <QtTest>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>
#include <stdexcept>

#include "engine/base/files.h"
#include "engine/formats/safetensors.h"
#include "engine/train/checkpoint.h"
#include "engine/train/run_setup.h"
#include "tests/engine/train/session_fixture.h"

using namespace lathe;
using namespace lathe_test;

namespace {

constexpr const char *kModel = "/model.safetensors", *kOptimizer = "/lathe/optimizer.safetensors";

// Letters that are there once, each a token of its own.
std::string text_with_rare_letters() {
    std::string text = sample_text();
    const std::string rare = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    const size_t apart = text.size() / rare.size();
    for (size_t i = rare.size(); i-- > 0;) text.insert(i * apart + apart / 2, 1, rare[i]);
    return text;
}

// The first number of a token's embedding becomes a NaN; the manifest agrees.
void break_embedding(const std::string& checkpoint, int32_t token, int64_t width) {
    DurableFolder folder(checkpoint, /*replace=*/true);
    std::filesystem::remove(checkpoint + "/manifest.json");
    std::filesystem::copy(checkpoint, folder.path(), std::filesystem::copy_options::recursive);
    {
        const SafetensorsFile weights(folder.path() + kModel);
        const int64_t row = weights.find("model.embed_tokens.weight")->begin + token * width * 4;
        std::fstream file(weights.path(), std::ios::binary | std::ios::in | std::ios::out);
        file.seekp(row);
        file.write("\0\0\xc0\x7f", 4);
    }
    folder.commit();
}

// A run that fails at a step because of its batch alone: a token that is in no other one has a broken embedding. Its
// last checkpoint is of the step before.
struct FailedRun {
    Place place;
    std::string run;
    int64_t step = 0;
    std::optional<Error> error;

    FailedRun() {
        std::ofstream(place.path("text.txt")) << text_with_rare_letters();
        const auto [at, token] = rare_token();
        step = at;
        {
            Watched session(place.workspace(), after_step(step - 1, StopTraining{}));
            if (const auto done = session.wait<TrainDone>(session.train(config()))) run = done->run;
        }
        break_embedding(last_checkpoint(), token, config().model->hidden_size);
        Watched session(place.workspace());
        error = session.failure(session.resume(run));
    }
    RunConfig config() const {
        RunConfig config = place.config();
        config.model->tie_word_embeddings = false;  // a broken embedding would break every loss
        config.data.validation_fraction = 0;
        config.train.lr_scheduler_type = "constant";
        config.train.gradient_accumulation_steps = 2;
        config.train.eval_steps = 0;
        config.train.save_steps = 100;
        return config;
    }
    std::string checkpoint(int64_t of) const { return place.checkpoint(run, of); }
    std::string last_checkpoint() const { return checkpoint(step - 1); }
    StartTraining skipping(std::set<int64_t> steps) const { return {.resume = run, .skip_steps = std::move(steps)}; }

private:
    // A step in the middle of the run, and a token of its batch alone.
    std::pair<int64_t, int32_t> rare_token() const {
        const TrainConfig train = config().train;
        const RunMaterials materials =
            set_up_run(config(), place.path("tokens"), "", 1, [](const Progress&) { return true; });
        std::map<int32_t, std::set<int64_t>> steps;
        Cursor cursor;
        for (int64_t at = 1; at <= train.max_steps; ++at)
            for (const int32_t token :
                 materials.dataset->next(cursor, train.per_device_train_batch_size * train.gradient_accumulation_steps)
                     .ids)
                steps[token].insert(at);
        for (const auto& [token, of] : steps)
            if (of.size() == 1 && *of.begin() >= 3 && *of.begin() <= 9) return {*of.begin(), token};
        throw std::runtime_error("no token is in one batch alone");
    }
};

template <class T>
std::vector<T> numbers(const SafetensorsFile& file, const std::string& name) {
    const TensorInfo* tensor = file.find(name);
    std::vector<T> values(static_cast<size_t>(tensor->elements()));
    file.read(*tensor, values.data());
    return values;
}

std::vector<int64_t> steps_of(const std::vector<RunDetail::Line>& events, const std::string& kind) {
    std::vector<int64_t> steps;
    for (const RunDetail::Line& line : events)
        if (line.kind == kind) steps.push_back(line.step);
    return steps;
}

// Of those whose loss is not finite.
std::vector<int64_t> gaps_of(const std::vector<MetricPoint>& points) {
    std::vector<int64_t> steps;
    for (const MetricPoint& point : points)
        if (!std::isfinite(point.loss)) steps.push_back(point.step);
    return steps;
}

}  // namespace

class SkipStepTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothing_is_updated_and_the_data_goes_on() {
        const FailedRun failed;
        QVERIFY(failed.error && failed.error->kind == ErrorKind::non_finite);
        const int64_t step = failed.step;
        QVERIFY2(failed.error->key.starts_with("step " + std::to_string(step) + ", epoch"), failed.error->key.c_str());
        const std::string weights = contents(failed.last_checkpoint() + kModel),
                          optimizer = contents(failed.last_checkpoint() + kOptimizer);
        {
            Watched session(failed.place.workspace(), after_step(step, StopTraining{}));
            const auto done = session.wait<TrainDone>(session.post(failed.skipping({step})));
            QVERIFY(done);
            QCOMPARE(done->steps, step);
            QVERIFY(std::isfinite(done->train_loss));
            const auto told = session.all<TrainProgress>();
            QCOMPARE(told.size(), size_t{1});
            QVERIFY(std::isnan(told[0].loss) && told[0].tokens_per_s == 0);
            QCOMPARE(told[0].learning_rate, failed.config().train.learning_rate);
            std::vector<std::string> skipped;
            for (const Notice& notice : session.all<Notice>())
                if (notice.kind == "skipped") skipped.push_back(notice.text);
            QCOMPARE(skipped.size(), size_t{1});
            QVERIFY2(skipped[0].starts_with("skipped the batch of step " + std::to_string(step) + ": epoch"),
                     skipped[0].c_str());
        }
        QVERIFY(contents(failed.checkpoint(step) + kModel) == weights);
        QVERIFY(contents(failed.last_checkpoint() + kOptimizer) == optimizer);
        const SafetensorsFile before(failed.last_checkpoint() + kOptimizer),
            after(failed.checkpoint(step) + kOptimizer);
        QCOMPARE(after.tensors().size(), before.tensors().size());
        for (const TensorInfo& tensor : before.tensors()) {
            if (!tensor.name.starts_with("m.") && !tensor.name.starts_with("v.")) continue;
            QVERIFY2(numbers<float>(after, tensor.name) == numbers<float>(before, tensor.name), tensor.name.c_str());
        }
        QCOMPARE(numbers<int64_t>(after, "updates"), (std::vector<int64_t>{step - 1}));
        const auto from = numbers<int64_t>(before, "cursor"), to = numbers<int64_t>(after, "cursor");
        QCOMPARE(to[0], from[0]);
        QCOMPARE(to[1], from[1] + 8);  // two micro-batches of four rows

        Watched session(failed.place.workspace());
        const auto done = session.wait<TrainDone>(session.resume(failed.run));
        QVERIFY(done);
        QCOMPARE(done->state, std::string("finished"));
        const auto detail = session.wait<RunDetail>(session.post(ShowRun{.run = failed.run}));
        QVERIFY(detail);
        QCOMPARE(detail->metrics.size(), size_t{12});
        QCOMPARE(gaps_of(detail->metrics), std::vector<int64_t>{step});
        QCOMPARE(steps_of(detail->events, "skipped"), std::vector<int64_t>{step});
        QCOMPARE(steps_of(detail->events, "failed"), std::vector<int64_t>{step});  // it happened
        const RunSnapshot last = read_run_snapshot(done->checkpoint);
        QCOMPARE(numbers<int64_t>(SafetensorsFile(done->checkpoint + kOptimizer), "updates"), std::vector<int64_t>{11});
        QVERIFY(last.skip_steps == std::set<int64_t>{step} && std::isfinite(last.train_loss));
    }

    void a_resume_is_bit_equal_data() {
        QTest::addColumn<bool>("crashed");
        QTest::newRow("stopped behind it") << false;
        QTest::newRow("crashed before its next checkpoint") << true;
    }

    void a_resume_is_bit_equal() {
        QFETCH(bool, crashed);
        const FailedRun whole, cut;
        QCOMPARE(whole.step, cut.step);
        const int64_t step = cut.step;
        Watched undisturbed(whole.place.workspace());
        const auto reference = undisturbed.wait<TrainDone>(undisturbed.post(whole.skipping({step})));
        QVERIFY(reference);
        {
            Watched session(cut.place.workspace(), after_step(step + 1, StopTraining{}));
            const auto done = session.wait<TrainDone>(session.post(cut.skipping({step})));
            QVERIFY(done && done->steps == step + 1);
        }
        if (crashed) std::filesystem::remove_all(cut.checkpoint(step + 1));
        QVERIFY(read_run_snapshot(cut.last_checkpoint()).skip_steps == std::set<int64_t>{step});
        Watched session(cut.place.workspace());
        const auto done = session.wait<TrainDone>(session.resume(cut.run));
        QVERIFY(done);
        QCOMPARE(done->resumed_from_step, crashed ? step - 1 : step + 1);
        for (const char* file : {kModel, kOptimizer})
            QVERIFY2(contents(done->checkpoint + file) == contents(reference->checkpoint + file), file);
        const auto expected = read_history(reference->checkpoint), history = read_history(done->checkpoint);
        QCOMPARE(history.size(), expected.size());
        for (size_t i = 0; i < history.size(); ++i)
            QVERIFY(history[i].loss == expected[i].loss ||
                    (history[i].step == step && std::isnan(history[i].loss) && std::isnan(expected[i].loss)));
    }

    void more_are_added_to_those_it_has() {
        const FailedRun failed;
        {
            Watched session(failed.place.workspace(), after_step(failed.step, StopTraining{}));
            QVERIFY(session.wait<TrainDone>(session.post(failed.skipping({failed.step}))));
        }
        Watched session(failed.place.workspace());
        const auto done = session.wait<TrainDone>(session.post(failed.skipping({12, 11})));
        QVERIFY(done);
        const std::set<int64_t> all = {failed.step, 11, 12};
        QVERIFY(read_run_snapshot(done->checkpoint).skip_steps == all);
        const auto detail = session.wait<RunDetail>(session.post(ShowRun{.run = failed.run}));
        QVERIFY(detail);
        QCOMPARE(gaps_of(detail->metrics), std::vector<int64_t>(all.begin(), all.end()));
    }

    void what_is_no_step_to_come_is_refused() {
        const FailedRun failed;
        Watched session(failed.place.workspace());
        for (const int64_t step : {int64_t{-1}, int64_t{0}, failed.step - 1, int64_t{13}}) {
            const auto error = session.failure(session.post(failed.skipping({failed.step, step})));
            QVERIFY(error);
            QCOMPARE(error->kind, ErrorKind::out_of_range);
            QCOMPARE(error->key, std::string("skip_steps"));
            QCOMPARE(error->expected, "a step from " + std::to_string(failed.step) + " to 12");
            QCOMPARE(error->found, std::to_string(step));
        }
        StartTraining fresh{.config = failed.config(), .config_file = "tiny.json", .skip_steps = {13}};
        const auto error = session.failure(session.post(fresh));
        QVERIFY(error && error->key == "skip_steps");
        QVERIFY(session.all<TrainStarted>().empty());
        QVERIFY(read_run_snapshot(failed.last_checkpoint()).skip_steps.empty());
        const auto listed = session.wait<RunsListed>(session.post(ListRuns{}));
        QVERIFY(listed);
        QCOMPARE(listed->runs.size(), size_t{1});
        QCOMPARE(listed->runs[0].state, std::string("failed"));
    }

    void a_finished_run_has_none_to_skip() {
        const Place place;
        Watched session(place.workspace());
        const auto done = session.wait<TrainDone>(session.train(place.config()));
        QVERIFY(done);
        const auto error = session.failure(session.post(StartTraining{.resume = done->run, .skip_steps = {12}}));
        QVERIFY(error);
        QCOMPARE(error->key, std::string("skip_steps"));
    }

    void a_run_that_learnt_nothing_yet_has_no_loss() {
        const Place place;
        {
            Watched session(place.workspace(), after_step(1, StopTraining{}));
            const auto done = session.wait<TrainDone>(
                session.post(StartTraining{.config = place.config(), .config_file = "tiny.json", .skip_steps = {1}}));
            QVERIFY(done);
            QCOMPARE(done->steps, int64_t{1});
            QVERIFY(std::isnan(done->train_loss));
            QVERIFY(std::isnan(read_run_snapshot(done->checkpoint).train_loss));
        }
        Watched session(place.workspace());
        const auto done = session.wait<TrainDone>(session.resume("latest"));
        QVERIFY(done && std::isfinite(done->train_loss));
        QCOMPARE(done->resumed_from_step, int64_t{1});
    }

    void a_fresh_run_skips_too() {
        const Place place;
        Watched session(place.workspace());
        const auto done = session.wait<TrainDone>(
            session.post(StartTraining{.config = place.config(), .config_file = "tiny.json", .skip_steps = {1, 3}}));
        QVERIFY(done);
        const auto detail = session.wait<RunDetail>(session.post(ShowRun{.run = done->run}));
        QVERIFY(detail);
        QCOMPARE(gaps_of(detail->metrics), (std::vector<int64_t>{1, 3}));
        QCOMPARE(detail->metrics[0].tokens, int64_t{0});
        QCOMPARE(detail->metrics[2].tokens, detail->metrics[1].tokens);
        QVERIFY(detail->metrics[1].tokens > 0);
        QCOMPARE(numbers<int64_t>(SafetensorsFile(done->checkpoint + kOptimizer), "updates"), std::vector<int64_t>{10});
    }
};

QTEST_APPLESS_MAIN(SkipStepTest)
#include "skip_step_test.moc"
