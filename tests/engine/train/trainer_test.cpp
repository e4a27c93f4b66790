// Training steps, held to PyTorch's gradients, norms and AdamW (tests/data/hf_qwen3_grads), and to themselves:
// recomputed, cut into micro-batches, short of memory, given up.
#include <QtTest>
#include <limits>
#include <numeric>

#include "engine/base/memory.h"
#include "engine/formats/safetensors.h"
#include "engine/model/parallel.h"
#include "tests/engine/base/caught.h"
#include "tests/engine/model/model_fixture.h"
#include "tests/engine/train/batch_fixture.h"

using namespace lathe;
using namespace lathe_test;

namespace {

struct Fixture {
    LoadedModel loaded = load_model(golden("hf_qwen3"));
    Trainer trainer;
    Model& model() { return *loaded.model; }

    explicit Fixture(const TrainerOptions& options) : trainer(prepared(*loaded.model), options) {}
    static Model& prepared(Model& model) {
        model.reserve_positions(model.config().max_position_embeddings);
        return model;
    }

    // Every float of weights and moments.
    std::vector<std::vector<float>> state() {
        std::vector<std::vector<float>> all;
        for (const Parameter* parameter : model().parameters()) all.push_back(copy_of(parameter->value));
        for (const ops::Moments& moments : trainer.moments()) {
            all.push_back(copy_of(moments.m));
            all.push_back(copy_of(moments.v));
        }
        return all;
    }
    std::vector<std::vector<float>> gradients() {
        std::vector<std::vector<float>> all;
        for (const Parameter* parameter : model().parameters()) all.push_back(copy_of(parameter->grad));
        return all;
    }
};

bool same_bits(const std::vector<std::vector<float>>& a, const std::vector<std::vector<float>>& b) {
    if (a.size() != b.size()) return false;
    for (size_t i = 0; i < a.size(); ++i)
        if (a[i].size() != b[i].size() ||
            !lathe_test::same_bits(a[i].data(), b[i].data(), static_cast<int64_t>(a[i].size())))
            return false;
    return true;
}

// Largest difference of any tensor, as a share of that tensor's largest element.
double relative_difference(const std::vector<std::vector<float>>& a, const std::vector<std::vector<float>>& b) {
    double worst = 0;
    for (size_t i = 0; i < a.size(); ++i) {
        const std::vector<float> zeros(a[i].size());
        const auto count = static_cast<int64_t>(a[i].size());
        worst = std::max(worst, largest_difference(a[i].data(), b[i].data(), count) /
                                    largest_difference(b[i].data(), zeros.data(), count));
    }
    return worst;
}

TrainerOptions adamw(const Json& settings, bool decay_vectors) {
    return {.adamw = {.learning_rate = 0,
                      .beta1 = settings["adam_beta1"],
                      .beta2 = settings["adam_beta2"],
                      .eps = settings["adam_epsilon"],
                      .weight_decay = settings["weight_decay"]},
            .decay_vectors = decay_vectors};
}

TrainerOptions plain() {
    return {.adamw = {.learning_rate = 0, .beta1 = 0.9, .beta2 = 0.999, .eps = 1e-8, .weight_decay = 0.01}};
}

Json expected() {
    return golden_json("hf_qwen3_grads/expected.json");
}
Batch golden_batch() {
    return batch_of(expected()["input_ids"].get<std::vector<std::vector<int32_t>>>());
}

}  // namespace

class TrainerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        install_allocator();
        set_threads(1);
    }
    void cleanup() { set_memory_limit(0); }
    void gradients_equal_those_of_pytorch_data();
    void gradients_equal_those_of_pytorch();
    void plain_attention_learns_the_same();
    void losses_under_adamw_equal_those_of_pytorch_data();
    void losses_under_adamw_equal_those_of_pytorch();
    void recomputing_gives_the_same_bits();
    void micro_batches_add_up_data();
    void micro_batches_add_up();
    void threads_give_the_same_bits();
    void evaluation_gives_the_loss_of_the_step();
    void nothing_changes_where_a_number_is_not_finite_data();
    void nothing_changes_where_a_number_is_not_finite();
    void nothing_changes_where_a_step_is_given_up();
    void short_of_memory_halves_the_micro_batch();
    void one_row_that_does_not_fit_is_an_error();
    void learns_one_batch_by_heart();
    void clips_the_gradient();
};

void TrainerTest::gradients_equal_those_of_pytorch_data() {
    QTest::addColumn<bool>("flash");
    for (const bool flash : {true, false}) QTest::newRow(flash ? "flash attention" : "plain attention") << flash;
}

void TrainerTest::gradients_equal_those_of_pytorch() {
    QFETCH(bool, flash);
    TrainerOptions options = plain();
    options.attention = flash ? AttentionKernel::flash : AttentionKernel::plain;
    Fixture f(options);
    const auto weights = copy_of(f.model().embedding().value);
    const StepResult result = f.trainer.step(golden_batch(), 0);
    const Json wanted = expected();
    QVERIFY(std::abs(result.loss - wanted["loss"].get<double>()) < 1e-6);
    QCOMPARE(result.tokens, int64_t{32});
    QVERIFY(weights == copy_of(f.model().embedding().value));  // the learning rate was 0

    const SafetensorsFile file(golden("hf_qwen3_grads/grads.safetensors"));
    size_t seen = 0;
    for (const Parameter* parameter : f.model().parameters()) {
        const auto* gradient = parameter->grad.const_data_ptr<float>();
        for (const Parameter::Part& part : parameter->parts) {
            const TensorInfo* tensor = file.find(part.name);
            QVERIFY2(tensor != nullptr, part.name.c_str());
            QCOMPARE(tensor->shape, parameter->part_shape(part));
            std::vector<float> theirs(static_cast<size_t>(tensor->elements()));
            file.read(*tensor, theirs.data());
            const std::vector<float> ours(gradient, gradient + theirs.size());
            const double difference = relative_difference({ours}, {theirs});
            QVERIFY2(difference < 1e-4,
                     qPrintable(QString::fromStdString(part.name) + QString(": %1").arg(difference)));
            gradient += theirs.size();
            ++seen;
        }
    }
    QCOMPARE(seen, file.tensors().size());
    const auto norm = wanted["grad_norm"].get<double>();
    QVERIFY2(std::abs(result.grad_norm - norm) < 1e-5 * norm, qPrintable(QString::number(result.grad_norm, 'g', 10)));
}

void TrainerTest::losses_under_adamw_equal_those_of_pytorch_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<bool>("decay_vectors");
    QTest::newRow("matrices decay") << "losses" << false;
    QTest::newRow("everything decays") << "losses_all_decayed" << true;
}

void TrainerTest::losses_under_adamw_equal_those_of_pytorch() {
    QFETCH(QString, key);
    QFETCH(bool, decay_vectors);
    const Json settings = expected()["adamw"];
    Fixture f(adamw(settings, decay_vectors));
    const auto losses = settings[key.toStdString()].get<std::vector<double>>();
    for (size_t s = 0; s < losses.size(); ++s) {
        const double loss = f.trainer.step(golden_batch(), settings["learning_rate"]).loss;
        QVERIFY2(std::abs(loss - losses[s]) < 1e-5,
                 qPrintable(QString("after %1 updates: %2 for %3").arg(s).arg(loss).arg(losses[s])));
    }
    QCOMPARE(f.trainer.updates(), static_cast<int64_t>(losses.size()));
}

// Also where a block is recomputed, where documents share a row, and in passes without gradients.
void TrainerTest::plain_attention_learns_the_same() {
    TrainerOptions scores = plain();
    scores.attention = AttentionKernel::plain;
    scores.recomputed_blocks = 1;
    Fixture flash(plain()), whole(scores);
    Batch batch = any_batch(3, 40, 128);
    batch.segment_lengths = {40, 13, 27, 40};
    for (int step = 0; step < 3; ++step) {
        const StepResult a = flash.trainer.step(batch, 1e-3), b = whole.trainer.step(batch, 1e-3);
        QVERIFY(std::abs(a.loss - b.loss) < 1e-5);
        QVERIFY(relative_difference(whole.gradients(), flash.gradients()) < 1e-4);
    }
    const EvalResult a = evaluate(flash.model(), batch, 99, {}), b = evaluate(whole.model(), batch, 99, {});
    QVERIFY(std::abs(a.loss() - b.loss()) < 1e-5);
}

void TrainerTest::recomputing_gives_the_same_bits() {
    TrainerOptions recompute = plain();
    recompute.recomputed_blocks = 1;
    Fixture a(plain()), b(recompute);
    const Batch batch = any_batch(3, 40, 128);
    for (int step = 0; step < 2; ++step) {
        const StepResult kept = a.trainer.step(batch, 1e-3), recomputed = b.trainer.step(batch, 1e-3);
        QCOMPARE(recomputed.loss, kept.loss);
        QCOMPARE(recomputed.grad_norm, kept.grad_norm);
        QVERIFY(same_bits(a.gradients(), b.gradients()));
    }
    QVERIFY(same_bits(a.state(), b.state()));
}

void TrainerTest::micro_batches_add_up_data() {
    QTest::addColumn<int>("tokens");
    for (const int tokens : {1, 40, 79, 80, 121, 199}) QTest::addRow("%d tokens", tokens) << tokens;
}

void TrainerTest::micro_batches_add_up() {
    QFETCH(int, tokens);
    TrainerOptions options = plain();
    options.micro_batch_tokens = tokens;
    Fixture whole(plain()), cut(options);
    Batch batch = any_batch(5, 40, 128);
    batch.targets[3] = batch.targets[170] = cpu::kIgnoreTarget;  // the mean is over targets, not over rows
    batch.target_count -= 2;
    const StepResult a = whole.trainer.step(batch, 0), b = cut.trainer.step(batch, 0);
    QVERIFY(std::abs(a.loss - b.loss) < 1e-6);
    const double difference = relative_difference(cut.gradients(), whole.gradients());
    QVERIFY2(difference < 1e-5, qPrintable(QString::number(difference)));
    QCOMPARE(cut.trainer.micro_batch_tokens(), int64_t{tokens});
}

void TrainerTest::threads_give_the_same_bits() {
    const Batch batch = any_batch(3, 40, 128);
    const int before = threads();
    Fixture a(plain()), b(plain());
    set_threads(1);
    a.trainer.step(batch, 1e-3);
    set_threads(3);
    b.trainer.step(batch, 1e-3);
    set_threads(before);
    QVERIFY(same_bits(a.gradients(), b.gradients()));
    QVERIFY(same_bits(a.state(), b.state()));
}

void TrainerTest::evaluation_gives_the_loss_of_the_step() {
    Fixture f(plain());
    Batch batch = any_batch(4, 20, 128);
    std::fill_n(batch.targets.begin(), 15, cpu::kIgnoreTarget);  // the mean is over targets, not over micro-batches
    batch.target_count -= 15;
    batch.target_bytes = 2 * batch.target_count;
    int pauses = 0;
    const EvalResult result = evaluate(f.model(), batch, 40, [&] { ++pauses; });
    QCOMPARE(pauses, 2 * (2 + 1));  // before each block and piece of the head
    QCOMPARE(result.targets, batch.target_count);
    QVERIFY(std::abs(result.loss() - f.trainer.step(batch, 0).loss) < 1e-6);
    QVERIFY(std::abs(result.bits_per_byte() - result.loss() / std::log(2.0) / 2) < 1e-9);
}

void TrainerTest::nothing_changes_where_a_number_is_not_finite_data() {
    QTest::addColumn<double>("value");
    QTest::newRow("NaN") << std::numeric_limits<double>::quiet_NaN();
    QTest::newRow("infinity") << std::numeric_limits<double>::infinity();
}

void TrainerTest::nothing_changes_where_a_number_is_not_finite() {
    QFETCH(double, value);
    Fixture f(plain());
    f.trainer.step(golden_batch(), 1e-3);
    f.model().parameters()[2]->value.data_ptr<float>()[5] = static_cast<float>(value);
    const auto before = f.state();
    const Error error = caught([&] { f.trainer.step(golden_batch(), 1e-3); });
    QCOMPARE(error.kind, ErrorKind::non_finite);
    QCOMPARE(error.key, std::string("step 2"));
    QVERIFY(same_bits(f.state(), before));
    QCOMPARE(f.trainer.updates(), int64_t{1});
}

void TrainerTest::nothing_changes_where_a_step_is_given_up() {
    Fixture f(plain()), other(plain());
    f.trainer.step(golden_batch(), 1e-3);
    other.trainer.step(golden_batch(), 1e-3);
    const auto before = f.state();
    for (int calls = 0; calls < 5; ++calls) {  // 2 blocks, the head, and back
        int left = calls;
        f.trainer.set_checkpoint_call([&] { return left-- > 0; });
        QCOMPARE(caught([&] { f.trainer.step(golden_batch(), 1e-3); }).kind, ErrorKind::cancelled);
        QVERIFY(same_bits(f.state(), before));
    }
    f.trainer.set_checkpoint_call({});
    f.trainer.step(golden_batch(), 1e-3);
    other.trainer.step(golden_batch(), 1e-3);
    QVERIFY(same_bits(f.state(), other.state()));
}

namespace {

// Wide enough that activations outweigh everything else.
struct Wide {
    Model model;
    Trainer trainer;

    explicit Wide(int64_t micro_batch_tokens)
        : model(shape()),
          trainer(filled(model),
                  {.adamw = {.beta1 = 0.9, .beta2 = 0.99, .eps = 1e-8}, .micro_batch_tokens = micro_batch_tokens}) {}
    static ModelConfig shape() {
        return {.vocab_size = 64,
                .hidden_size = 128,
                .intermediate_size = 384,
                .num_hidden_layers = 3,
                .num_attention_heads = 4,
                .num_key_value_heads = 2,
                .max_position_embeddings = 256,
                .rope_parameters = {}};
    }
    static Model& filled(Model& model) {
        model.initialize(3);
        model.reserve_positions(256);
        return model;
    }
};

int64_t total(const MemoryByKind& bytes) {
    return std::accumulate(bytes.begin(), bytes.end(), int64_t{0});
}

int64_t peak_of_step(int64_t micro_batch_tokens, const Batch& batch) {
    Wide wide(micro_batch_tokens);
    release_free_memory();
    reset_peak_memory();
    wide.trainer.step(batch, 0);
    return total(peak_memory_by_kind());
}

}  // namespace

void TrainerTest::short_of_memory_halves_the_micro_batch() {
    // Of 512 tokens the first micro-batch takes 282 and the second 500: it is the second that does not fit, and nothing
    // of the first may stay.
    std::vector<std::vector<int32_t>> rows;
    for (const int length : {16, 16, 250, 250, 250})
        for (int i = 0; i < length; ++i)
            (i == 0 ? rows.emplace_back() : rows.back()).push_back((i * i * 11 + i * 5 + length) % 64);
    const Batch batch = batch_of(rows);
    const int64_t large = peak_of_step(512, batch), small = peak_of_step(282, batch);
    QVERIFY2(large > small + (2 << 20), qPrintable(QString("%1 %2").arg(large).arg(small)));
    Wide free(512), limited(512);
    const double loss = free.trainer.step(batch, 0).loss;
    release_free_memory();
    set_memory_limit((large + small) / 2 + free.model.parameter_count() * 16);
    const StepResult result = limited.trainer.step(batch, 0);
    QCOMPARE(limited.trainer.micro_batch_tokens(), int64_t{256});
    QVERIFY(std::abs(result.loss - loss) < 1e-6);
    QCOMPARE(limited.trainer.updates(), int64_t{1});
    std::vector<std::vector<float>> a, b;
    for (size_t i = 0; i < free.model.parameters().size(); ++i) {
        a.push_back(copy_of(free.model.parameters()[i]->grad));
        b.push_back(copy_of(limited.model.parameters()[i]->grad));
    }
    QVERIFY(relative_difference(b, a) < 1e-5);
}

void TrainerTest::one_row_that_does_not_fit_is_an_error() {
    Wide wide(1024);
    release_free_memory();
    set_memory_limit(total(memory_by_kind()) + (1 << 18));
    const Error error = caught([&] { wide.trainer.step(any_batch(4, 128, 64), 0); });
    QCOMPARE(error.kind, ErrorKind::memory);
    QCOMPARE(wide.trainer.updates(), int64_t{0});
    set_memory_limit(0);
    wide.trainer.step(any_batch(4, 128, 64), 0);
}

void TrainerTest::learns_one_batch_by_heart() {
    Fixture f(plain());
    const Batch batch = golden_batch();
    double loss = 0;
    for (int step = 0; step < 80; ++step) loss = f.trainer.step(batch, 1e-2).loss;
    QVERIFY2(loss < 0.05, qPrintable(QString::number(loss)));
}

void TrainerTest::clips_the_gradient() {
    TrainerOptions options = plain();
    Fixture free(options);
    options.max_grad_norm = 0.5;
    Fixture clipped(options);
    options.max_grad_norm = 1e6;
    Fixture untouched(options);
    const Batch batch = golden_batch();
    const double norm = free.trainer.step(batch, 1e-3).grad_norm;
    QCOMPARE(clipped.trainer.step(batch, 1e-3).grad_norm, norm);  // told as it was before
    untouched.trainer.step(batch, 1e-3);
    double squares = 0;
    for (const ops::Moments& moments : clipped.trainer.moments())
        for (const float x : copy_of(moments.m)) squares += static_cast<double>(x) * x;
    QVERIFY(norm > 1);
    QVERIFY(std::abs(std::sqrt(squares) - 0.1 * 0.5) < 1e-6);  // m = (1 - beta1) g
    QVERIFY(same_bits(free.state(), untouched.state()));
}

QTEST_APPLESS_MAIN(TrainerTest)
#include "trainer_test.moc"
