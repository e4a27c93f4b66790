// A tuned run beside its base: losses held against those of Evaluate, of this run and of one that changed nothing;
// answers against Generate's; what has no base or no held-back examples is refused.
#include <QtTest>
#include <cmath>
#include <filesystem>

#include "engine/base/json.h"
#include "tests/engine/train/session_fixture.h"

using namespace lathe;
using namespace lathe_test;

class CompareTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // A small model to tune, and questions for it.
    void initTestCase() {
        std::ofstream rows(place_.path("rows.jsonl"));
        const char* subjects[] = {"the cat", "a dog", "my friend", "she"};
        const char* objects[] = {"the house", "a tree", "the river", "some bread", "the sea"};
        for (int i = 0; i < 60; ++i)
            rows << dump_json({{"question", std::to_string(i) + " " + subjects[i % 4] + "?"},
                               {"answer", std::string(" ") + objects[i % 5] + "."}})
                 << "\n";
        rows.close();
        Watched session(place_.workspace());
        const auto done = session.wait<TrainDone>(session.train(place_.config()));
        QVERIFY(done);
        fresh_ = done->run;
        base_ = place_.path("base");
        std::filesystem::copy(done->checkpoint, base_, std::filesystem::copy_options::recursive);
    }

    void losses_are_those_of_evaluate_data() {
        QTest::addColumn<QString>("method");
        QTest::newRow("LoRA") << "lora.r=4";
        QTest::newRow("QLoRA") << "base_model.load_in_4bit=true";
        QTest::newRow("whole model") << "lora=null";
        QTest::newRow("questions too") << "data.train_on_prompt=true";
    }
    void losses_are_those_of_evaluate() {
        QFETCH(QString, method);
        RunConfig config = tuning();
        set_field(config, method.toStdString());
        Watched session(place_.workspace());
        const TrainDone tuned = trained(session, config);
        config.train.learning_rate = 0;
        const TrainDone still = trained(session, config);
        const TunedCompared compared = compare(session, tuned.run);
        QCOMPARE(compared.tuned_loss, loss(session, tuned.run));
        QCOMPARE(compared.base_loss, loss(session, still.run));
        QVERIFY(compared.tuned_loss < compared.base_loss);
        QCOMPARE(compared.run, tuned.run);
        QCOMPARE(compared.base, base_);
        QCOMPARE(compared.step, tuned.steps);
        QVERIFY(compared.tokens > 0);
        QVERIFY(compared.answers.size() >= 3);
        for (const TunedCompared::Answer& answer : compared.answers) {
            QVERIFY2(answer.prompt.ends_with("?"), answer.prompt.c_str());
            QVERIFY2(answer.expected.starts_with(" ") && answer.expected.ends_with("."), answer.expected.c_str());
        }
    }

    void the_answers_are_greedy() {
        RunConfig config = tuning();
        Watched session(place_.workspace());
        const TrainDone tuned = trained(session, config);
        const TunedCompared compared = compare(session, tuned.run);
        QVERIFY(compared.answers.size() >= 3);
        Generate asked{.model = base_, .sample = {.max_tokens = 8, .stop = {}}};
        for (const TunedCompared::Answer& answer : compared.answers) asked.prompts.push_back({.text = answer.prompt});
        const auto before = session.wait<GenerateDone>(session.post(asked));
        asked.model = tuned.checkpoint;
        const auto after = session.wait<GenerateDone>(session.post(asked));
        QVERIFY(before && after);
        for (size_t i = 0; i < compared.answers.size(); ++i) {
            QCOMPARE(compared.answers[i].before, before->answers[i].text);
            QCOMPARE(compared.answers[i].after, after->answers[i].text);
        }
        QVERIFY(session.all<TunedCompared>().size() == 1);
        QCOMPARE(compare(session, tuned.run, 2).answers.size(), size_t{2});
        QVERIFY(compare(session, tuned.run, 0).answers.empty());
    }

    void progress_only_grows() {
        Watched session(place_.workspace());
        const TrainDone tuned = trained(session, tuning());
        const RequestId request = session.post(CompareWithBase{.run = tuned.run, .max_tokens = 8});
        QVERIFY(session.wait<TunedCompared>(request));
        double last = 0;
        for (const Progress& progress : session.all<Progress>(request)) {
            if (progress.what != "compare") continue;
            QVERIFY(progress.done >= last && progress.done <= progress.total);
            last = progress.done;
        }
        QVERIFY(last > 0.5);
    }

    void plain_text_has_losses_alone() {
        RunConfig config = tuning();
        config.data.files = {place_.path("text.txt")};
        Watched session(place_.workspace());
        const TrainDone tuned = trained(session, config);
        const TunedCompared compared = compare(session, tuned.run);
        QVERIFY(compared.answers.empty());
        QCOMPARE(compared.tuned_loss, loss(session, tuned.run));
    }

    void what_cannot_be_compared_is_refused() {
        Watched session(place_.workspace());
        QCOMPARE(refusal(session, {.run = fresh_}).key, std::string("base_model"));
        RunConfig config = tuning();
        config.data.validation_fraction = 0;
        const TrainDone all = trained(session, config);
        QCOMPARE(refusal(session, {.run = all.run}).key, std::string("data.validation_fraction"));
        QCOMPARE(refusal(session, {.run = all.run, .checkpoint = "3"}).kind, ErrorKind::not_found);
        QCOMPARE(refusal(session, {.run = all.run, .max_tokens = 0}).key, std::string("max_tokens"));
        QCOMPARE(refusal(session, {.run = "nobody"}).kind, ErrorKind::not_found);
    }

    void it_can_be_cancelled() {
        Watched session(place_.workspace(), [](Watched& watched, const Event& event) {
            const auto* progress = std::get_if<Progress>(&event.body);
            if (progress != nullptr && progress->what == "compare") watched.cancel(event.request);
        });
        const TrainDone tuned = trained(session, tuning());
        QCOMPARE(refusal(session, {.run = tuned.run}).kind, ErrorKind::cancelled);
    }

private:
    RunConfig tuning() const {
        RunConfig config = place_.config();
        config.model.reset();
        config.base_model = BaseModelConfig{.path = base_};
        config.lora = LoraConfig{.r = 4, .lora_alpha = 8, .lora_dropout = 0.1};
        config.data.files = {place_.path("rows.jsonl")};
        config.data.validation_fraction = 0.2;
        config.train.weight_decay = 0;
        return config;
    }
    static TrainDone trained(Watched& session, const RunConfig& config) {
        const auto done = session.wait<TrainDone>(session.train(config));
        return done.value_or(TrainDone{});
    }
    static TunedCompared compare(Watched& session, const std::string& run, int64_t answers = 8) {
        const auto done =
            session.wait<TunedCompared>(session.post(CompareWithBase{.run = run, .answers = answers, .max_tokens = 8}));
        return done.value_or(TunedCompared{});
    }
    static double loss(Watched& session, const std::string& run) {
        const auto done = session.wait<EvaluateDone>(session.post(Evaluate{.run = run}));
        return done ? done->loss : std::nan("");
    }
    static Error refusal(Watched& session, const CompareWithBase& command) {
        return session.failure(session.post(command)).value_or(Error{});
    }

    Place place_;
    std::string base_, fresh_;
};

QTEST_APPLESS_MAIN(CompareTest)
#include "compare_test.moc"
