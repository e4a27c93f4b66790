// Before a tuning run: the rules of thumb at their thresholds, the defaults that come with a base model and with a
// method, what the user changed, and the quick try.
#include <QLineEdit>
#include <QPushButton>

#include "tests/ui/page_fixture.h"
#include "ui/advice_card.h"
#include "ui/train_page.h"
#include "ui/tuning_advice.h"
#include "ui/tuning_defaults.h"

using namespace lathe;

namespace {

DataInspection data_of(int64_t examples, int64_t tokens = 1'000'000) {
    DataInspection data;
    data.examples = data.documents = examples;
    data.tokenised = true;
    data.trained_tokens = tokens;
    return data;
}

EstimateDone estimate_of(int64_t parameters, int64_t memory) {
    return {.parameters = parameters,
            .trainable = parameters / 100,
            .bytes = {{"weights", 2 * parameters}, {"optimizer", 7}, {"activations", 300}, {"program", 100}},
            .memory_bytes = memory};
}

struct Bench : PageFixture {
    TrainPage page{context};

    Bench() {
        page.resize(1300, 900);
        page.show();
    }
    TrainSetup& setup() { return *page.setup(); }
    const TrainConfig& train() { return page.setup()->config().train; }
    void type(const char* key, const char* text) {
        auto* edit = setup().form()->field(key)->findChild<QLineEdit*>();
        edit->setText(QLatin1String(text));
        Q_EMIT edit->textEdited(QLatin1String(text));
    }
    QPushButton* button(const char* text) const { return button_of(page, text); }
    void press(const char* text) { lathe::press(page, text); }
};

}  // namespace

class TuningTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void so_much_data_reaches_so_far_data() {
        QTest::addColumn<qint64>("examples");
        QTest::addColumn<qint64>("tokens");
        QTest::addColumn<int>("reach");
        const auto row = [](const char* name, qint64 examples, qint64 tokens, Reach reach) {
            QTest::newRow(name) << examples << tokens << static_cast<int>(reach);
        };
        row("plain text", 0, 100'000, Reach::text);
        row("1", 1, 100'000, Reach::form);
        row("49", 49, 100'000, Reach::form);
        row("50", 50, 100'000, Reach::manner);
        row("500 that say little", 500, 1'999, Reach::form);
        row("1,000", 1'000, 100'000, Reach::manner);
        row("1,001", 1'001, 100'000, Reach::terms);
        row("5,000", 5'000, 100'000, Reach::terms);
        row("5,001", 5'001, 100'000, Reach::field);
    }
    void so_much_data_reaches_so_far() {
        QFETCH(qint64, examples);
        QFETCH(qint64, tokens);
        QFETCH(int, reach);
        const DataInspection data = data_of(examples, tokens);
        QCOMPARE(static_cast<int>(reach_of(data)), reach);
        QVERIFY(reach_text(data).endsWith(QLatin1Char('.')));
        QVERIFY(examples == 0 || reach_text(data).contains(QLocale().toString(examples)));
    }

    // Parameters P: the whole model takes 16 P, LoRA 2 P, each with 400 bytes of the rest.
    void memory_and_data_decide_the_method() {
        const int64_t P = 10'000, whole = 16 * P + 400, lora = 2 * P + 400;
        QCOMPARE(tuning_bytes(estimate_of(P, 1), TuningMethod::whole), whole);
        QCOMPARE(tuning_bytes(estimate_of(P, 1), TuningMethod::lora), lora);
        QVERIFY(tuning_bytes(estimate_of(P, 1), TuningMethod::qlora) < lora);
        QCOMPARE(fitting_method(estimate_of(P, 2 * whole), Reach::field), TuningMethod::whole);
        QCOMPARE(fitting_method(estimate_of(P, 2 * whole), Reach::terms), TuningMethod::lora);
        QCOMPARE(fitting_method(estimate_of(P, 2 * whole - 1), Reach::field), TuningMethod::lora);
        QCOMPARE(fitting_method(estimate_of(P, lora * 5 / 4), Reach::manner), TuningMethod::lora);
        QCOMPARE(fitting_method(estimate_of(P, lora * 5 / 4 - 1), Reach::manner), TuningMethod::qlora);
        QCOMPARE(fitting_method(estimate_of(P, lora), Reach::field), TuningMethod::qlora);
        QVERIFY(
            method_text(estimate_of(P, lora), Reach::manner, TuningMethod::lora).startsWith(QLatin1String("QLoRA")));
        QVERIFY(method_text(estimate_of(P, 9 * lora), Reach::manner, TuningMethod::whole)
                    .contains(QLatin1String("forgets")));
    }

    void the_advice_comes_with_data_and_plan() {
        Bench bench;
        auto* card = bench.page.findChild<AdviceCard*>();
        QVERIFY(card->isHidden());  // a fresh model
        bench.setup().set_base("/models/base");
        RunConfig config = bench.setup().config();
        config.data.files = {"/data/a.jsonl"};
        bench.setup().set_config(config, {});
        QTRY_VERIFY(bench.engine.count<EstimateRun>() > 0);
        bench.engine.answer<EstimateRun>(estimate_of(10'000, 1'000'000));
        QVERIFY(card->isHidden());
        QTRY_COMPARE(bench.engine.count<InspectData>(), 1);
        bench.engine.answer<InspectData>(DataInspected{data_of(200)});
        QVERIFY(!card->isHidden());
        QStringList texts;
        for (const QLabel* label : card->findChildren<QLabel*>()) texts << label->text();
        QVERIFY(texts.filter(QStringLiteral("200 examples")).size() == 1);
        QVERIFY(texts.filter(QStringLiteral("LoRA fits")).size() == 1);
    }

    void a_base_brings_its_defaults() {
        Bench bench;
        const DataConfig samples = bench.setup().config().data;
        QVERIFY(!samples.files.empty());
        bench.press("Go on from a folder");
        const RunConfig& config = bench.setup().config();
        QVERIFY(config.data.files.empty());  // a preset's sample texts are not to tune on
        QCOMPARE(config.data.max_length, kTuningLength);
        bench.press("Fresh model");
        QCOMPARE(config.data.files, samples.files);
        QCOMPARE(config.data.max_length, samples.max_length);
        bench.press("Go on from a folder");
        QVERIFY(config.lora && !config.base_model->load_in_4bit);
        QCOMPARE(config.lora->r, int64_t{16});
        QCOMPARE(config.lora->lora_alpha, 32.0);
        QCOMPARE(config.lora->lora_dropout, 0.05);
        QCOMPARE(config.lora->target_modules, std::vector<std::string>{"all-linear"});
        QCOMPARE(bench.train().learning_rate, 2e-4);
        QCOMPARE(bench.train().lr_scheduler_type, std::string("linear"));
        QCOMPARE(bench.train().per_device_train_batch_size * bench.train().gradient_accumulation_steps, int64_t{16});
        QCOMPARE(bench.train().max_steps, int64_t{0});
        QCOMPARE(bench.train().num_train_epochs, 3.0);
        QVERIFY(bench.train().warmup_steps > 0);
        bench.press("Whole model");
        QCOMPARE(bench.train().learning_rate, 2e-5);
        bench.press("QLoRA");
        QCOMPARE(bench.train().learning_rate, 2e-4);
        const RunConfig nano = read_run_config(LATHE_SOURCE_DIR "/resources/presets/nano.json");
        bench.press("Fresh model");
        QCOMPARE(to_json(bench.setup().config()), to_json(nano));
        bench.setup().undo();
        QVERIFY(bench.setup().config().base_model);
        QCOMPARE(bench.train().learning_rate, 2e-4);
    }

    void what_the_user_changed_stays() {
        Bench bench;
        bench.type("train.learning_rate", "5e-4");
        bench.type("train.warmup_steps", "7");
        bench.setup().set_base("/models/base");
        QCOMPARE(bench.train().learning_rate, 5e-4);
        QCOMPARE(bench.train().warmup_steps, int64_t{7});
        QCOMPARE(bench.train().num_train_epochs, 3.0);
        bench.press("Whole model");
        QCOMPARE(bench.train().learning_rate, 5e-4);
    }

    void each_default_says_why() {
        Bench bench;
        bench.setup().set_base("/models/base");
        for (const char* key : {"lora.r", "lora.lora_alpha", "lora.lora_dropout", "lora.target_modules",
                                "train.learning_rate", "train.lr_scheduler_type", "train.warmup_steps",
                                "train.per_device_train_batch_size", "train.num_train_epochs"}) {
            QVERIFY2(!tuning_reason(bench.setup().config(), key).isEmpty(), key);
            bool said = false;
            for (const QLabel* label : bench.setup().form()->field(key)->findChildren<QLabel*>())
                said = said || label->text().contains(QLatin1String("for tuning "));
            QVERIFY2(said, key);
        }
        const RunConfig fresh = read_run_config(LATHE_SOURCE_DIR "/resources/presets/nano.json");
        QVERIFY(tuning_reason(fresh, "train.learning_rate").isEmpty());
    }

    // The shipped ones are these defaults, and leave the model and the data to the user.
    void the_presets_are_the_defaults() {
        Bench bench;
        for (const char* name : {"tune-lora", "tune-qlora"}) {
            const RunConfig preset =
                read_run_config(LATHE_SOURCE_DIR "/resources/presets/" + std::string(name) + ".json");
            RunConfig defaults = preset;
            defaults.lora = LoraConfig{};
            defaults.train = tuning_defaults(/*adapter=*/true);
            QCOMPARE(to_json(preset), to_json(defaults));
            QVERIFY(preset.base_model->path.empty() && preset.data.files.empty());
            QCOMPARE(preset.base_model->load_in_4bit, std::string(name) == "tune-qlora");
        }
        bench.setup().set_base("/models/base");
        bench.type("train.seed", "9");
        const std::vector<std::string> files = bench.setup().config().data.files;
        auto* names = bench.page.findChild<PresetBar*>()->findChild<DropDown*>();
        const int index = names->findText(QStringLiteral("tune-qlora"));
        QVERIFY(index >= 0);
        Q_EMIT names->activated(index);
        QCOMPARE(bench.setup().config().base_model->path, std::string("/models/base"));
        QCOMPARE(bench.setup().config().data.files, files);
        QVERIFY(bench.setup().config().base_model->load_in_4bit);
        QCOMPARE(bench.train().seed, int64_t{42});
    }

    void a_quick_try_is_a_short_run_and_leads_to_the_long_one() {
        Bench bench;
        QVERIFY(bench.button("Quick try") == nullptr);
        bench.setup().set_base("/models/base");
        RunConfig config = bench.setup().config();
        config.data.files = {"/data/a.jsonl"};
        bench.setup().set_config(config, QStringLiteral("tune-lora"));
        QTRY_VERIFY(bench.engine.count<EstimateRun>() > 0);
        EstimateDone estimate = estimate_of(10'000, 1'000'000);
        estimate.tokens_per_step = 1000;
        estimate.tokens_per_s = 100;
        bench.engine.answer<EstimateRun>(estimate);
        QPushButton* quick = bench.button("Quick try");
        QVERIFY(quick != nullptr && quick->toolTip().contains(QLatin1String("10 min")));  // 60 × 1,000 / 100 s
        quick->click();
        const auto* start = bench.engine.last<StartTraining>();
        QVERIFY(start != nullptr);
        QCOMPARE(start->config_file, std::string("a-quick-try.json"));  // of a.jsonl
        QCOMPARE(start->config->train.max_steps, int64_t{60});
        QVERIFY(start->config->train.warmup_steps < config.train.warmup_steps);
        QCOMPARE(differing_keys(*start->config, config),
                 (std::vector<std::string>{"train.max_steps", "train.warmup_steps"}));

        const RequestId request = bench.engine.last_request<StartTraining>();
        RunDetail run{.summary = {.run = "r1", .name = "tune-lora-quick-try", .state = "running"}};
        run.config_json = to_json(*start->config);
        bench.engine.say(request, TrainStarted{.run = "r1", .max_steps = 60});
        bench.engine.answer<ShowRun>(run);
        QVERIFY(bench.button("Start the long run") == nullptr);
        bench.engine.say(request, TrainDone{.run = "r1", .state = "finished", .steps = 60});
        run.summary.state = "finished";
        run.summary.checkpoints = {{.step = 60, .path = "/c"}};
        bench.engine.answer<ShowRun>(run);
        QVERIFY(bench.button("Compare with the base") != nullptr);
        QVERIFY(bench.button("Start the long run") != nullptr);
        bench.press("Start the long run");
        const auto* longer = bench.engine.last<StartTraining>();
        QCOMPARE(bench.engine.count<StartTraining>(), 2);
        QCOMPARE(to_json(*longer->config), to_json(config));
        QCOMPARE(longer->config_file, std::string("tune-lora.json"));
    }

    void where_the_run_is_short_there_is_no_quick_try() {
        Bench bench;
        bench.setup().set_base("/models/base");
        QVERIFY(bench.button("Quick try") != nullptr);
        bench.type("train.max_steps", "60");
        QVERIFY(bench.button("Quick try") == nullptr);
        bench.type("train.max_steps", "61");
        QVERIFY(bench.button("Quick try") != nullptr);
    }
};

LATHE_PAGE_TEST(TuningTest)
#include "tuning_test.moc"
