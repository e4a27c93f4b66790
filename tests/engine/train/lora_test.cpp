// LoRA and QLoRA steps, held to PEFT's and bitsandbytes' (tests/data/peft_training), and to themselves.
#include <QtTest>

#include "engine/base/memory.h"
#include "engine/model/adapter.h"
#include "engine/model/parallel.h"
#include "tests/engine/base/caught.h"
#include "tests/engine/model/model_fixture.h"
#include "tests/engine/train/batch_fixture.h"

using namespace lathe;
using namespace lathe_test;

namespace {

PeftAdapter start() {
    return read_peft_adapter(golden("peft_training/start"));
}

struct Fixture {
    LoadedModel loaded;
    Trainer trainer;
    Model& model() { return *loaded.model; }

    explicit Fixture(WeightForm form, const TrainerOptions& options = {}, double dropout = 0)
        : loaded(load_model(golden("peft_training/base"), form)), trainer(prepared(*loaded.model, dropout), options) {}

    static Model& prepared(Model& model, double dropout) {
        model.reserve_positions(model.config().max_position_embeddings);
        LoraConfig config = lora_config(start());
        config.lora_dropout = dropout;
        add_lora(model, config, 0);
        read_lora(model, start());
        return model;
    }
    std::vector<std::vector<float>> gradients() {
        std::vector<std::vector<float>> all;
        for (const Parameter* parameter : model().trainable()) all.push_back(copy_of(parameter->grad));
        return all;
    }
};

Json expected() {
    return golden_json("peft_training/expected.json");
}
Batch golden_batch() {
    return batch_of(expected()["input_ids"].get<std::vector<std::vector<int32_t>>>());
}
TrainerOptions adamw() {
    return {.adamw = {.learning_rate = 0, .beta1 = 0.9, .beta2 = 0.999, .eps = 1e-8, .weight_decay = 0.01}};
}

}  // namespace

class LoraTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        install_allocator();
        set_threads(1);
    }

    void losses_equal_those_of_peft_data() {
        QTest::addColumn<bool>("in_4bit");
        QTest::newRow("lora") << false;
        QTest::newRow("qlora") << true;
    }
    void losses_equal_those_of_peft() {
        QFETCH(bool, in_4bit);
        Fixture f(in_4bit ? WeightForm::nf4 : WeightForm::frozen, adamw());
        const Json wanted = expected()[QTest::currentDataTag()];
        for (size_t s = 0; s < 5; ++s) {
            const StepResult step = f.trainer.step(golden_batch(), expected()["learning_rate"]);
            const double loss = wanted["losses"][s], norm = wanted["grad_norms"][s];
            QVERIFY2(std::abs(step.loss - loss) < 2e-5, qPrintable(QString("%1: %2").arg(step.loss).arg(loss)));
            QVERIFY2(std::abs(step.grad_norm - norm) < 1e-4 * norm, qPrintable(QString::number(step.grad_norm)));
        }
        if (in_4bit) return;
        const SafetensorsFile end(golden("peft_training/end.safetensors"));
        const PeftAdapter ours = peft_adapter(f.model(), lora_config(start()), "base");
        QCOMPARE(end.tensors().size(), 2 * ours.modules.size());
        for (const auto& [module, pair] : ours.modules) {
            const TensorInfo* b = end.find("base_model.model." + module + ".lora_B.weight");
            QVERIFY2(b != nullptr, module.c_str());
            std::vector<float> theirs(static_cast<size_t>(b->elements()));
            end.read(*b, theirs.data());
            QVERIFY(largest_difference(theirs.data(), pair.B.data(), b->elements()) < 1e-4);
        }
    }

    void the_base_is_left_alone() {
        Fixture f(WeightForm::nf4, adamw());
        f.trainer.step(golden_batch(), 1e-2);
        int64_t trained = 0;
        for (const Parameter* parameter : f.model().parameters()) QVERIFY(!parameter->grad.defined());
        for (const Parameter* parameter : f.model().trainable()) trained += parameter->elements();
        int64_t wanted = 0;
        for (const auto& [module, pair] : start().modules) wanted += pair.r * (pair.in + pair.out);
        QCOMPARE(trained, wanted);
    }

    // B = 0: a fresh adapter changes nothing yet.
    void a_fresh_adapter_changes_no_answer() {
        LoadedModel plain = load_model(golden("hf_qwen3")),
                    adapted = load_model(golden("hf_qwen3"), WeightForm::frozen);
        add_lora(*adapted.model, {}, 1);
        const auto tokens = tokens_of(golden_json("hf_qwen3/expected.json")["tokens"]);
        QVERIFY(same_bits(logits_of(*plain.model, tokens), logits_of(*adapted.model, tokens)));
    }

    void recomputing_repeats_the_dropout() {
        TrainerOptions kept = adamw(), recomputed = adamw();
        recomputed.recomputed_blocks = 2;
        Fixture a(WeightForm::frozen, kept, 0.3), b(WeightForm::frozen, recomputed, 0.3), whole(WeightForm::frozen);
        const double loss = a.trainer.step(golden_batch(), 0).loss;
        QCOMPARE(b.trainer.step(golden_batch(), 0).loss, loss);
        QCOMPARE(a.gradients(), b.gradients());
        QVERIFY(whole.trainer.step(golden_batch(), 0).loss != loss);
        QVERIFY(a.trainer.step(golden_batch(), 0).loss != loss);  // another step, another mask
        const EvalResult full = evaluate(a.model(), golden_batch(), 1024, {});
        QVERIFY(std::abs(full.loss() - evaluate(whole.model(), golden_batch(), 1024, {}).loss()) < 1e-9);
    }

    // The mask of a step is a function of its number, so the loss can be asked for twice.
    void gradients_are_those_of_finite_differences() {
        const auto loss_with = [](size_t parameter, int64_t element, float change) {
            Fixture f(WeightForm::frozen, adamw(), 0.2);
            f.model().trainable()[parameter]->value.data_ptr<float>()[element] += change;
            return f.trainer.step(golden_batch(), 0).loss;
        };
        Fixture f(WeightForm::frozen, adamw(), 0.2);
        f.trainer.step(golden_batch(), 0);
        const auto gradients = f.gradients();
        for (size_t parameter = 0; parameter < gradients.size(); parameter += 3) {
            for (const int64_t element : {int64_t{5}, static_cast<int64_t>(gradients[parameter].size()) - 3}) {
                constexpr float kStep = 1e-2F;
                const double slope =
                    (loss_with(parameter, element, kStep) - loss_with(parameter, element, -kStep)) / (2 * kStep);
                const double gradient = gradients[parameter][static_cast<size_t>(element)];
                QVERIFY2(std::abs(slope - gradient) < 2e-3 * std::max(0.05, std::abs(gradient)),
                         qPrintable(QString("%1 %2: %3, %4").arg(parameter).arg(element).arg(slope).arg(gradient)));
            }
        }
    }

    void an_adapter_of_another_kind_is_refused() {
        LoadedModel model = load_model(golden("peft_training/base"), WeightForm::frozen);
        LoraConfig config = lora_config(start());
        config.r = 2;
        add_lora(*model.model, config, 0);
        const Error error = caught([&] { read_lora(*model.model, start()); });
        QCOMPARE(error.kind, ErrorKind::mismatch);
        QVERIFY2(error.found.find("model.layers.0.self_attn.q_proj") != std::string::npos, error.found.c_str());
    }
};

QTEST_APPLESS_MAIN(LoraTest)
#include "lora_test.moc"
