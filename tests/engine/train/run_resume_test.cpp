// A resumed run goes on as if it had never stopped: bit-equal losses, weights, moments; and what may change on the way.
#include <QtTest>
#include <algorithm>
#include <filesystem>

#include "engine/base/files.h"
#include "engine/formats/safetensors.h"
#include "engine/train/checkpoint.h"
#include "tests/engine/train/session_fixture.h"

using namespace lathe;
using namespace lathe_test;

namespace {

std::vector<double> from(const std::vector<double>& losses, int64_t step) {
    return {losses.begin() + step, losses.end()};
}

// Runs to its end; its losses, and the place of its last checkpoint.
struct Finished {
    std::vector<double> losses;
    std::string run;
    int64_t resumed_from_step = -1, steps = 0;
};
std::optional<Finished> finish(Watched& session, RequestId request) {
    const auto done = session.wait<TrainDone>(request);
    if (!done) return std::nullopt;
    return Finished{.losses = session.losses(),
                    .run = done->run,
                    .resumed_from_step = done->resumed_from_step,
                    .steps = done->steps};
}

// A run that stopped behind this step, and its id.
std::string stopped_after(const Place& place, int64_t step, const RunConfig& config) {
    Watched session(place.workspace(), after_step(step, StopTraining{}));
    const auto done = session.wait<TrainDone>(session.train(config));
    return done && done->state == "stopped" && done->steps == step ? done->run : "";
}

}  // namespace

class RunResumeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void goes_on_bit_by_bit_data();
    void goes_on_bit_by_bit();
    void the_optimizer_is_part_of_it();
    void stops_and_goes_on_twice();
    void a_finished_run_gives_its_result();
    void a_run_by_epochs_is_finished_too();
    void another_learning_rate_is_refused();
    void more_steps_go_on();
    void other_intervals_are_allowed();
    void latest_without_runs_is_not_found();
    void a_run_that_is_not_there_is_not_found();
    void a_damaged_checkpoint_is_passed_over_data();
    void a_damaged_checkpoint_is_passed_over();
    void nothing_but_damage_is_an_error();
    void changed_data_is_refused();
    void one_of_another_machine_goes_on();
    void rows_past_the_checkpoint_go();

private:
    Place place_;
    Finished reference_, in_8_bits_;
    RunConfig constant() const {
        RunConfig config = place_.config();
        config.train.lr_scheduler_type = "constant";  // does not depend on max_steps
        return config;
    }
};

void RunResumeTest::initTestCase() {
    for (Finished* reference : {&reference_, &in_8_bits_}) {
        RunConfig config = constant();
        if (reference == &in_8_bits_) config.train.optim = "adamw_8bit";
        Watched session(place_.workspace());
        const auto finished = finish(session, session.train(config));
        QVERIFY(finished && finished->losses.size() == 12);
        *reference = *finished;
    }
    for (size_t i = 1; i < 12; ++i) QVERIFY(reference_.losses[i] != reference_.losses[i - 1]);
    for (size_t i = 0; i < 12; ++i) QVERIFY(std::abs(in_8_bits_.losses[i] - reference_.losses[i]) < 0.1);
    QVERIFY(in_8_bits_.losses != reference_.losses);
    const std::string moments = "/lathe/optimizer.safetensors";
    QVERIFY(contents(place_.checkpoint(in_8_bits_.run, 12) + moments).size() <
            contents(place_.checkpoint(reference_.run, 12) + moments).size());
}

void RunResumeTest::goes_on_bit_by_bit_data() {
    QTest::addColumn<int>("step");
    QTest::addColumn<bool>("in_8_bits");
    for (const int step : {1, 4, 5, 11}) QTest::addRow("behind step %d", step) << step << false;
    QTest::newRow("behind step 5, moments in 8 bits") << 5 << true;
}

void RunResumeTest::goes_on_bit_by_bit() {
    QFETCH(int, step);
    QFETCH(bool, in_8_bits);
    const Finished& reference = in_8_bits ? in_8_bits_ : reference_;
    const Place place;
    RunConfig config = constant();
    if (in_8_bits) config.train.optim = "adamw_8bit";
    config.data.files = place.config().data.files;
    const std::string run = stopped_after(place, step, config);
    QVERIFY(!run.empty());
    const RunSnapshot before = read_run_snapshot(place.checkpoint(run, step));
    Watched session(place.workspace());
    const RequestId request = session.resume("latest");
    const auto started = session.wait<TrainStarted>(request);
    QVERIFY(started);
    QCOMPARE(started->step, int64_t{step});
    const auto finished = finish(session, request);
    QVERIFY(finished);
    QCOMPARE(finished->run, run);
    QCOMPARE(finished->resumed_from_step, int64_t{step});
    QCOMPARE(finished->losses, from(reference.losses, step));
    for (const char* file : {"model.safetensors", "lathe/optimizer.safetensors"})
        QVERIFY2(contents(place.checkpoint(run, 12) + "/" + file) ==
                     contents(place_.checkpoint(reference.run, 12) + "/" + file),
                 file);
    const RunSnapshot after = read_run_snapshot(place.checkpoint(run, 12));
    QCOMPARE(after.created_at_ms, before.created_at_ms);
    QVERIFY(before.elapsed_s > 0 && session.all<TrainProgress>()[0].elapsed_s > before.elapsed_s);
    // The curve is whole: steps before and after the stop.
    const auto history = read_history(place.checkpoint(run, 12));
    QCOMPARE(history.size(), size_t{12});
    for (const int64_t validated : {4, 8, 12}) QVERIFY(history[static_cast<size_t>(validated - 1)].eval_loss);
    const auto detail = session.wait<RunDetail>(session.post(ShowRun{.run = run}));
    QVERIFY(detail && detail->metrics.size() == 12);
    for (size_t i = 0; i < 12; ++i) QCOMPARE(detail->metrics[i].loss, reference.losses[i]);
}

// Moments are stored, matter, and are not those of a run that began anew.
void RunResumeTest::the_optimizer_is_part_of_it() {
    const SafetensorsFile file(place_.checkpoint(reference_.run, 8) + "/lathe/optimizer.safetensors");
    int64_t updates = 0, cursor[2] = {};
    file.read(*file.find("updates"), &updates);
    file.read(*file.find("cursor"), cursor);
    QCOMPARE(updates, int64_t{8});
    QVERIFY(cursor[0] > 0 || cursor[1] > 0);
    double squares = 0;
    for (const TensorInfo& tensor : file.tensors()) {
        if (!tensor.name.starts_with("m.")) continue;
        std::vector<float> values(static_cast<size_t>(tensor.elements()));
        file.read_fp32(tensor, 0, tensor.elements(), values.data());
        for (const float value : values) squares += static_cast<double>(value) * value;
    }
    QVERIFY(squares > 0);
    // From the same weights, without the moments, the same steps go elsewhere.
    const Place place;
    RunConfig config = constant();
    config.data.files = place.config().data.files;
    config.model.reset();
    config.base_model = BaseModelConfig{.path = place_.checkpoint(reference_.run, 8)};
    config.train.warmup_steps = 0;
    Watched session(place.workspace());
    const auto finished = finish(session, session.train(config));
    QVERIFY(finished);
    QVERIFY(from(finished->losses, 1) != from(reference_.losses, 9));
}

void RunResumeTest::stops_and_goes_on_twice() {
    const Place place;
    RunConfig config = constant();
    config.data.files = place.config().data.files;
    const std::string run = stopped_after(place, 3, config);
    {
        Watched session(place.workspace(), after_step(7, StopTraining{}));
        const auto second = finish(session, session.resume(run));
        QVERIFY(second);
        QCOMPARE(second->steps, int64_t{7});
        QCOMPARE(second->resumed_from_step, int64_t{3});
    }
    Watched session(place.workspace());
    const auto third = finish(session, session.resume(run));
    QVERIFY(third);
    QCOMPARE(third->resumed_from_step, int64_t{7});
    QCOMPARE(third->losses, from(reference_.losses, 7));
}

void RunResumeTest::a_finished_run_gives_its_result() {
    Watched session(place_.workspace());
    const RequestId request = session.resume(reference_.run);
    const auto done = session.wait<TrainDone>(request);
    QVERIFY(done);
    QCOMPARE(done->state, std::string("finished"));
    QCOMPARE(done->steps, int64_t{12});
    QCOMPARE(done->train_loss, reference_.losses.back());
    QCOMPARE(done->checkpoint, place_.checkpoint(reference_.run, 12));
    QVERIFY(session.all<TrainProgress>().empty());
}

void RunResumeTest::a_run_by_epochs_is_finished_too() {
    const Place place;
    RunConfig config = place.config();
    config.train.max_steps = 0;
    config.train.num_train_epochs = 0.2;
    Finished first;
    {
        Watched session(place.workspace());
        const auto finished = finish(session, session.train(config));
        QVERIFY(finished);
        first = *finished;
        QVERIFY(first.steps > 1);
    }
    Watched session(place.workspace());
    const auto done = session.wait<TrainDone>(session.resume(first.run));
    QVERIFY(done);
    QCOMPARE(done->steps, first.steps);
    QCOMPARE(done->state, std::string("finished"));
    QCOMPARE(done->train_loss, first.losses.back());
    QVERIFY(session.all<TrainProgress>().empty());
}

void RunResumeTest::another_learning_rate_is_refused() {
    const Place place;
    const std::string run = stopped_after(place, 5, place.config());
    Watched session(place.workspace());
    RunConfig config = place.config();
    config.train.learning_rate = 5e-3;
    const auto error = session.failure(session.train(config, run));
    QVERIFY(error);
    QCOMPARE(error->kind, ErrorKind::mismatch);
    QCOMPARE(error->key, std::string("train.learning_rate"));
    QCOMPARE(error->file, std::string("tiny.json"));
    QCOMPARE(error->exit_status(), 2);
    config = place.config();
    config.model->hidden_size = 64;
    const auto other = session.failure(session.train(config, run));
    QVERIFY(other && other->key == "model.hidden_size");
    for (const std::string setting :
         {"data.files=[\"other.txt\"]", "data.max_length=16", "tokenizer.vocab_size=299",
          "train.per_device_train_batch_size=2", "train.gradient_accumulation_steps=2", "train.warmup_steps=3",
          "train.weight_decay=0.5", "train.adam_beta1=0.5", "train.max_grad_norm=3", "train.seed=7"}) {
        config = place.config();
        set_field(config, setting);
        const auto refused = session.failure(session.train(config, run));
        QVERIFY2(refused && refused->key == setting.substr(0, setting.find('=')), setting.c_str());
    }
    QVERIFY(session.wait<TrainDone>(session.train(place.config(), run)));  // the stored one may be given
}

void RunResumeTest::more_steps_go_on() {
    const Place place;
    RunConfig config = constant();
    config.data.files = place.config().data.files;
    config.train.max_steps = 6;
    std::string run;
    {
        Watched session(place.workspace());
        const auto finished = finish(session, session.train(config));
        QVERIFY(finished);
        run = finished->run;
    }
    config.train.max_steps = 12;
    Watched session(place.workspace());
    const auto finished = finish(session, session.train(config, run));
    QVERIFY(finished);
    QCOMPARE(finished->resumed_from_step, int64_t{6});
    QCOMPARE(finished->losses, from(reference_.losses, 6));
    // Fewer than it has: it is finished.
    config.train.max_steps = 9;
    const auto done = session.wait<TrainDone>(session.train(config, run));
    QVERIFY(done && done->state == "finished" && done->steps == 12);
}

void RunResumeTest::other_intervals_are_allowed() {
    const Place place;
    RunConfig config = constant();
    config.data.files = place.config().data.files;
    const std::string run = stopped_after(place, 5, config);
    config.train.save_steps = 3;
    config.train.eval_steps = 2;
    config.train.logging_steps = 5;
    Watched session(place.workspace());
    const auto finished = finish(session, session.train(config, run));
    QVERIFY(finished);
    QCOMPARE(finished->losses, from(reference_.losses, 5));
    std::vector<int64_t> saved;
    for (const CheckpointSaved& checkpoint : session.all<CheckpointSaved>()) saved.push_back(checkpoint.step);
    QCOMPARE(saved, (std::vector<int64_t>{6, 9, 12}));
}

void RunResumeTest::latest_without_runs_is_not_found() {
    const Place place;
    Watched session(place.workspace());
    const auto error = session.failure(session.resume("latest"));
    QVERIFY(error);
    QCOMPARE(error->kind, ErrorKind::not_found);
    QCOMPARE(error->exit_status(), 2);
    QVERIFY(session.all<TrainStarted>().empty());
}

void RunResumeTest::a_run_that_is_not_there_is_not_found() {
    Watched session(place_.workspace());
    for (const char* run : {"20200101-000000-none-0000", "a"}) {
        const auto error = session.failure(session.resume(run));
        QVERIFY(error && error->kind == ErrorKind::not_found);
    }
    for (const char* run : {"../../etc", ".", "a/b"}) {
        const auto error = session.failure(session.resume(run));
        QVERIFY(error && error->kind == ErrorKind::usage);
    }
}

void RunResumeTest::a_damaged_checkpoint_is_passed_over_data() {
    QTest::addColumn<QString>("file");
    for (const char* file :
         {"model.safetensors", "lathe/optimizer.safetensors", "lathe/run.json", "manifest.json", "config.json"})
        QTest::newRow(file) << file;
}

void RunResumeTest::a_damaged_checkpoint_is_passed_over() {
    QFETCH(QString, file);
    const Place place;
    RunConfig config = constant();
    config.data.files = place.config().data.files;
    std::string run;
    {
        Watched session(place.workspace());
        const auto finished = finish(session, session.train(config));
        QVERIFY(finished);
        run = finished->run;
    }
    flip_a_byte(place.checkpoint(run, 12) + "/" + file.toStdString());
    Watched session(place.workspace());
    const auto finished = finish(session, session.resume(run));
    QVERIFY(finished);
    QCOMPARE(finished->resumed_from_step, int64_t{8});
    QCOMPARE(finished->losses, from(reference_.losses, 8));
    QVERIFY(verify_folder(place.checkpoint(run, 12)));
}

void RunResumeTest::nothing_but_damage_is_an_error() {
    const Place place;
    const std::string run = stopped_after(place, 5, place.config());
    for (const CheckpointPlace& checkpoint : list_checkpoints(place.workspace() + "/runs/" + run))
        flip_a_byte(checkpoint.path + "/model.safetensors");
    Watched session(place.workspace());
    const auto error = session.failure(session.resume(run));
    QVERIFY(error && error->kind == ErrorKind::not_found);
    QVERIFY(error->file.ends_with(run));
}

void RunResumeTest::changed_data_is_refused() {
    const Place place;
    const std::string run = stopped_after(place, 5, place.config());
    std::ofstream(place.path("text.txt"), std::ios::app) << "one more line.\n";
    Watched session(place.workspace());
    const auto error = session.failure(session.resume(run));
    QVERIFY(error);
    QVERIFY2(error->kind == ErrorKind::mismatch && error->key == "data.files", error->sentence().c_str());
    QVERIFY(verify_folder(place.checkpoint(run, 5)));
}

// The checkpoint of a run that was short of memory, by other instructions.
void RunResumeTest::one_of_another_machine_goes_on() {
    const Place place;
    const std::string run = stopped_after(place, 5, place.config());
    const std::string checkpoint = place.checkpoint(run, 5);
    RunSnapshot snapshot = read_run_snapshot(checkpoint);
    snapshot.micro_batch_tokens = 32;
    snapshot.provenance.simd_target = "another";
    write_file_durably(checkpoint + "/lathe/run.json", run_snapshot_json(snapshot));
    {
        DurableFolder folder(checkpoint, /*replace=*/true);
        std::filesystem::remove(checkpoint + "/manifest.json");
        std::filesystem::copy(checkpoint, folder.path(), std::filesystem::copy_options::recursive);
        folder.commit();
    }
    Watched session(place.workspace());
    QVERIFY(session.wait<TrainDone>(session.resume(run)));
    QCOMPARE(session.all<TrainStarted>()[0].step, int64_t{5});
    QVERIFY(std::ranges::count(session.all<Notice>(), "simd_changed", &Notice::kind) == 1);
    QCOMPARE(read_run_snapshot(place.checkpoint(run, 12)).micro_batch_tokens, int64_t{32});
}

// Steps past the newest checkpoint were lost with the process: their rows go, and come anew.
void RunResumeTest::rows_past_the_checkpoint_go() {
    const Place place;
    RunConfig config = constant();
    config.data.files = place.config().data.files;
    const std::string run = stopped_after(place, 7, config);
    std::filesystem::remove_all(place.checkpoint(run, 7));
    Watched session(place.workspace(), after_step(5, StopTraining{}));
    const auto finished = finish(session, session.resume(run));
    QVERIFY(finished);
    QCOMPARE(finished->resumed_from_step, int64_t{4});
    const auto detail = session.wait<RunDetail>(session.post(ShowRun{.run = run}));
    QVERIFY(detail);
    QCOMPARE(detail->metrics.size(), size_t{5});
}

QTEST_APPLESS_MAIN(RunResumeTest)
#include "run_resume_test.moc"
