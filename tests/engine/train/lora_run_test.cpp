// A run that trains an adapter: its checkpoints are PEFT's folders, it is resumed bit by bit, merged and refused where
// its base has changed.
#include <QtTest>
#include <filesystem>

#include "engine/formats/peft_adapter.h"
#include "engine/formats/safetensors.h"
#include "engine/train/checkpoint.h"
#include "tests/engine/base/caught.h"
#include "tests/engine/train/session_fixture.h"

using namespace lathe;
using namespace lathe_test;

class LoraRunTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // A small model to adapt, trained here.
    void initTestCase() {
        Watched session(place_.workspace());
        const auto done = session.wait<TrainDone>(session.train(place_.config()));
        QVERIFY(done);
        base_ = place_.path("base");
        std::filesystem::copy(done->checkpoint, base_, std::filesystem::copy_options::recursive);
    }

    void learns_and_is_resumed_bit_by_bit() {
        const Place place, other;
        std::vector<double> losses;
        {
            Watched session(place.workspace());
            const auto done = session.wait<TrainDone>(session.train(config(base_)));
            QVERIFY(done);
            losses = session.losses();
            QCOMPARE(losses.size(), size_t{12});
            QVERIFY(losses.back() < losses.front());
            run_ = done->run;
            checkpoint_ = place_.path("adapter");
            std::filesystem::copy(done->checkpoint, checkpoint_, std::filesystem::copy_options::recursive);
            const PeftAdapter adapter = read_peft_adapter(done->checkpoint);
            QCOMPARE(adapter.base_model_name_or_path, base_);
            QCOMPARE(adapter.modules.size(), size_t{14});
            QVERIFY(!std::filesystem::exists(done->checkpoint + "/model.safetensors"));
            QVERIFY(std::filesystem::exists(done->checkpoint + "/tokenizer.json"));
        }
        std::string stopped;
        {
            Watched session(other.workspace(), after_step(5, StopTraining{}));
            const auto done = session.wait<TrainDone>(session.train(config(base_)));
            QVERIFY(done);
            QCOMPARE(done->steps, int64_t{5});
            stopped = done->run;
        }
        Watched session(other.workspace());
        const auto done = session.wait<TrainDone>(session.resume("latest"));
        QVERIFY(done);
        QCOMPARE(done->resumed_from_step, int64_t{5});
        QCOMPARE(session.losses(), std::vector<double>(losses.begin() + 5, losses.end()));
        for (const char* file : {"adapter_model.safetensors", "lathe/optimizer.safetensors"})
            QVERIFY2(contents(other.checkpoint(stopped, 12) + "/" + file) == contents(checkpoint_ + "/" + file), file);
    }

    // The checkpoint is a model like any other: what is merged gives its logits.
    void is_merged() {
        Watched session(place_.workspace());
        const std::vector<int32_t> tokens = {5, 17, 100, 42, 9};
        const auto adapted =
            session.wait<LogitsDone>(session.post(ComputeLogits{.model = checkpoint_, .tokens = tokens}));
        QVERIFY(adapted);
        const auto plain = session.wait<LogitsDone>(session.post(ComputeLogits{.model = base_, .tokens = tokens}));
        QVERIFY(plain && plain->logits != adapted->logits);
        const std::string out = place_.path("merged");
        QVERIFY(session.wait<ExportDone>(
            session.post(ExportModel{.model = checkpoint_, .format = "merged", .dtype = "float32", .out = out})));
        const auto merged = session.wait<LogitsDone>(session.post(ComputeLogits{.model = out, .tokens = tokens}));
        QVERIFY(merged);
        QCOMPARE(merged->logits.size(), adapted->logits.size());
        for (size_t i = 0; i < merged->logits.size(); ++i)
            QVERIFY(std::abs(merged->logits[i] - adapted->logits[i]) < 1e-5);
    }

    void a_base_that_changed_is_refused() {
        const Place place;
        const std::string base = place.path("base");
        std::filesystem::copy(base_, base, std::filesystem::copy_options::recursive);
        {
            Watched session(place.workspace(), after_step(5, StopTraining{}));
            QVERIFY(session.wait<TrainDone>(session.train(config(base))));
        }
        flip_a_byte(base + "/model.safetensors");
        Watched session(place.workspace());
        const auto error = session.failure(session.resume("latest"));
        QVERIFY(error);
        QCOMPARE(error->kind, ErrorKind::mismatch);
        QCOMPARE(error->key, std::string("base_model.path"));
    }

    void what_cannot_be_is_refused_data() {
        QTest::addColumn<QString>("assignment");
        QTest::addColumn<QString>("key");
        QTest::newRow("4 bits alone") << "lora=null"
                                      << "lora";
        QTest::newRow("r 0") << "lora.r=0"
                             << "lora.r";
        QTest::newRow("unknown module") << "lora.target_modules=[\"q_proj\",\"w2\"]"
                                        << "lora.target_modules";
        QTest::newRow("no module") << "lora.target_modules=[]"
                                   << "lora.target_modules";
        QTest::newRow("dropout of everything") << "lora.lora_dropout=1"
                                               << "lora.lora_dropout";
    }
    void what_cannot_be_is_refused() {
        QFETCH(QString, assignment);
        QFETCH(QString, key);
        const Error error = caught([&] {
            RunConfig wrong = config(base_);
            set_field(wrong, assignment.toStdString());
            validate(wrong, "");
        });
        QCOMPARE(error.key, key.toStdString());
    }

private:
    RunConfig config(const std::string& base) const {
        RunConfig config = place_.config();
        config.model.reset();
        config.base_model = BaseModelConfig{.path = base, .load_in_4bit = true, .embeddings_in_8bit = true};
        config.lora = LoraConfig{.r = 4, .lora_alpha = 8, .lora_dropout = 0.1};
        config.train.weight_decay = 0;
        return config;
    }

    Place place_;
    std::string base_, run_, checkpoint_;
};

QTEST_APPLESS_MAIN(LoraRunTest)
#include "lora_run_test.moc"
