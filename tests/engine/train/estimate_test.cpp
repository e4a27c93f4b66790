// The estimate held to the allocator's own counters over two steps; the costs of other values to what they must be, the
// speed to a run's.
#include "engine/train/estimate.h"

#include <QtTest>
#include <cmath>
#include <filesystem>
#include <map>

#include "engine/base/machine_memory.h"
#include "engine/base/memory.h"
#include "engine/model/adapter.h"
#include "engine/model/model_io.h"
#include "engine/model/parallel.h"
#include "engine/model/random.h"
#include "engine/train/run_costs.h"
#include "engine/train/step_time.h"
#include "tests/engine/train/batch_fixture.h"
#include "tests/engine/train/session_fixture.h"

using namespace lathe;
using namespace lathe_test;

namespace {

ModelConfig small_model() {
    return {.vocab_size = 1024,
            .hidden_size = 128,
            .intermediate_size = 384,
            .num_hidden_layers = 3,
            .num_attention_heads = 4,
            .num_key_value_heads = 2,
            .head_dim = 32,
            .max_position_embeddings = 512,
            .rope_parameters = {}};
}

struct Case {
    ModelConfig model = small_model();
    DataConfig data = {.files = {}, .max_length = 128};
    TrainConfig train = {};
    std::optional<BaseModelConfig> adapted;  // by LoRA
};

// Small enough for a sanitizer's build, large enough for blocks that the allocator keeps.
std::map<std::string, Case> cases() {
    std::map<std::string, Case> all;
    all["plain"];
    all["gradient_checkpointing"].train.gradient_checkpointing = true;
    all["adamw_8bit"].train.optim = "adamw_8bit";
    for (const char* name : {"plain attention", "plain attention, gradient_checkpointing", "plain attention, lora"}) {
        all[name].train.use_flash_attention = false;
        all[name].data.max_length = 256;  // where its scores are most of what is kept
    }
    all["plain attention, gradient_checkpointing"].train.gradient_checkpointing = true;
    all["plain attention, lora"].adapted = BaseModelConfig{.path = "base"};
    all["lora"].adapted = BaseModelConfig{.path = "base"};
    all["qlora"].adapted = BaseModelConfig{.path = "base", .load_in_4bit = true};
    all["qlora, plain scales, embeddings in 8 bits"].adapted = BaseModelConfig{
        .path = "base", .load_in_4bit = true, .bnb_4bit_use_double_quant = false, .embeddings_in_8bit = true};
    for (auto& [name, one] : all)
        if (one.adapted) one.train.micro_batch_tokens = 1024;
    Case& wide = all["untied llama, large vocabulary, long rows"];
    wide.model.model_type = "llama";
    wide.model.tie_word_embeddings = false;
    wide.model.num_hidden_layers = 1;
    wide.model.vocab_size = 1 << 13;
    wide.data.max_length = 512;
    wide.train.micro_batch_tokens = 128;  // a row at least
    wide.train.per_device_train_batch_size = 2;
    return all;
}

int64_t sum_of(const std::map<std::string, int64_t>& bytes) {
    int64_t sum = 0;
    for (const auto& [kind, count] : bytes) sum += count;
    return sum;
}

std::map<std::string, FieldCost> costs_of(const RunConfig& config) {
    std::map<std::string, FieldCost> costs;
    for (const FieldCost& cost : field_costs(CostBase(config, 1))) costs[cost.key] = cost;
    return costs;
}

}  // namespace

class EstimateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        install_allocator();
        set_threads(1);
    }
    void is_what_training_takes_data();
    void is_what_training_takes();
    void recomputes_no_more_than_the_limit_asks_for();
    void flops_count_what_is_multiplied();
    void doubling_adds_what_the_estimate_says();
    void doubling_past_the_legal_is_left_out();
    void doubling_scales_the_time();
    void other_positions_have_their_cost();
    void the_extremes_do_not_overflow();
    void a_session_knows_the_machine();
    void a_wrong_config_is_named_and_no_data_is_none();
    void speed_comes_from_a_like_run();
    void step_time_follows_the_shape();
};

void EstimateTest::is_what_training_takes_data() {
    QTest::addColumn<QString>("name");
    for (const auto& [name, unused] : cases()) QTest::newRow(name.c_str()) << QString::fromStdString(name);
}

void EstimateTest::is_what_training_takes() {
    QFETCH(QString, name);
    const Case c = cases()[name.toStdString()];
    RunConfig config{.base_model = c.adapted, .data = c.data, .train = c.train};
    if (c.adapted) config.lora = LoraConfig{};
    const RunEstimate estimate = estimate_run(c.model, config);
    release_free_memory();
    MemoryByKind peak;
    {
        Model model(c.model, /*allocate=*/false);
        fill_model(model, weight_form(config),
                   [](const Parameter&, size_t part, int64_t first, int64_t count, float* values) {
                       fill_normal(values, count, 0.02, part, static_cast<uint64_t>(first));
                   });
        if (c.adapted) add_lora(model, {}, 1);
        model.reserve_positions(c.data.max_length);
        Trainer trainer(model,
                        {.adamw = {.learning_rate = 0, .beta1 = 0.9, .beta2 = 0.95, .eps = 1e-8, .weight_decay = 0},
                         .moments_in_8_bits = c.train.moments_in_8_bits(),
                         .recomputed_blocks = estimate.recomputed_blocks,
                         .micro_batch_tokens = estimate.micro_batch_tokens,
                         .attention = c.train.use_flash_attention ? AttentionKernel::flash : AttentionKernel::plain});
        const auto batch = any_batch(static_cast<int>(c.train.per_device_train_batch_size),
                                     static_cast<int>(c.data.max_length), static_cast<int32_t>(c.model.vocab_size));
        reset_peak_memory();
        for (int step = 0; step < 2; ++step) trainer.step(batch, 1e-3);
        peak = peak_memory_by_kind();
    }
    release_free_memory();
    const auto measured = [&](MemoryKind kind) { return static_cast<double>(peak[static_cast<size_t>(kind)]); };
    const auto near = [&](const char* kind, double bytes) {
        const auto estimated = static_cast<double>(estimate.bytes.at(kind));
        const bool holds = std::abs(estimated / bytes - 1) < 0.1;
        if (!holds) qWarning("%s: estimated %.2f MB, measured %.2f MB", kind, estimated / 1e6, bytes / 1e6);
        return holds;
    };
    QVERIFY(near("weights", measured(MemoryKind::weights)));
    QVERIFY(near("gradients", measured(MemoryKind::gradients)));
    QVERIFY(near("optimizer", measured(MemoryKind::optimizer)));
    QVERIFY(near("activations",
                 measured(MemoryKind::activations) + measured(MemoryKind::workspace) + measured(MemoryKind::free)));
}

void EstimateTest::recomputes_no_more_than_the_limit_asks_for() {
    const ModelConfig model = small_model();
    RunConfig config{.data = {.files = {}, .max_length = 128}};
    const RunEstimate free = estimate_run(model, config);
    QCOMPARE(free.recomputed_blocks, int64_t{0});
    QCOMPARE(free.work_per_token, free.flops_per_token);
    config.train.gradient_checkpointing = true;
    const RunEstimate all = estimate_run(model, config);
    QCOMPARE(all.recomputed_blocks, model.num_hidden_layers);
    config.train.gradient_checkpointing = false;
    const int64_t most = total_bytes(free.bytes), least = total_bytes(all.bytes);
    for (const auto& [limit, blocks] : {std::pair<int64_t, int64_t>{most, 0}, {most - 1, 2}, {least, 3}, {1, 3}}) {
        config.train.memory_limit_bytes = limit;
        const RunEstimate estimate = estimate_run(model, config);
        QCOMPARE(estimate.recomputed_blocks, blocks);
        QVERIFY(limit == 1 || total_bytes(estimate.bytes) <= limit);
        QVERIFY(blocks == 0 || estimate.work_per_token > free.work_per_token);
    }
}

// 6 for each weight that is multiplied, and causal attention.
void EstimateTest::flops_count_what_is_multiplied() {
    ModelConfig model = small_model();
    const RunConfig config{.data = {.files = {}, .max_length = 128}};
    const double tied = estimate_run(model, config).flops_per_token;
    QCOMPARE(tied, 6.0 * static_cast<double>(parameter_count(model)) + 6.0 * 3 * 128 * 4 * 32);
    model.tie_word_embeddings = false;
    QCOMPARE(estimate_run(model, config).flops_per_token, tied);
    QCOMPARE(estimate_run(model, config).parameters, parameter_count(model));
}

void EstimateTest::doubling_adds_what_the_estimate_says() {
    const Place place;
    const RunConfig config = place.config();
    const auto costs = costs_of(config);
    RunConfig doubled = config;
    doubled.model->num_hidden_layers *= 2;
    const int64_t more = sum_of(estimate_run(planned_model(doubled), doubled).bytes) -
                         sum_of(estimate_run(planned_model(config), config).bytes);
    QVERIFY(std::abs(static_cast<double>(costs.at("model.num_hidden_layers").bytes - more)) < 2e6);  // program moves
    for (const char* key : {"model.hidden_size", "model.intermediate_size", "tokenizer.vocab_size"}) {
        QVERIFY2(costs.contains(key), key);
        QVERIFY2(costs.at(key).bytes > 0 && costs.at(key).time_ratio > 1, key);
    }
    for (const char* key : {"train.learning_rate", "train.seed", "model.rms_norm_eps", "train.logging_steps"})
        QVERIFY2(!costs.contains(key), key);
}

void EstimateTest::doubling_past_the_legal_is_left_out() {
    const Place place;
    RunConfig config = place.config();
    QVERIFY(costs_of(config).contains("data.max_length"));  // 32 of 64
    config.data.max_length = 64;
    QVERIFY(!costs_of(config).contains("data.max_length"));
    config.model->num_attention_heads = 4;
    config.model->num_key_value_heads = 4;
    QVERIFY(!costs_of(config).contains("model.num_key_value_heads"));  // 8 do not divide 4
}

void EstimateTest::doubling_scales_the_time() {
    const Place place;
    RunConfig config = place.config();
    auto costs = costs_of(config);
    QCOMPARE(costs.at("train.max_steps").time_ratio, 2.0);
    QCOMPARE(costs.at("train.max_steps").bytes, int64_t{0});
    QCOMPARE(costs.at("train.per_device_train_batch_size").time_ratio, 2.0);
    QVERIFY(!costs.contains("train.num_train_epochs"));
    config.train.max_steps = 0;
    costs = costs_of(config);
    QCOMPARE(costs.at("train.num_train_epochs").time_ratio, 2.0);
    // The same data in fewer steps; it may take more memory, where a micro-batch grows with it.
    const auto accumulation = costs.find("train.gradient_accumulation_steps");
    QVERIFY(accumulation == costs.end() || accumulation->second.time_ratio == 1.0);
}

// A switch is told in its other position, a choice with each other one.
void EstimateTest::other_positions_have_their_cost() {
    const Place place;
    const RunConfig config = place.config();
    const auto costs = costs_of(config);
    const auto& recomputed = costs.at("train.gradient_checkpointing");
    QCOMPARE(recomputed.other, std::string("true"));
    QVERIFY(recomputed.bytes < 0 && recomputed.time_ratio > 1);
    const auto& rounded = costs.at("train.optim");
    QCOMPARE(rounded.other, std::string("adamw_8bit"));
    const int64_t P = estimate_run(planned_model(config), config).parameters;
    QCOMPARE(rounded.bytes, 2 * (P + P / 256 * 4 - 4 * P));
    const auto& untied = costs.at("model.tie_word_embeddings");
    QCOMPARE(untied.other, std::string("false"));
    QVERIFY(untied.bytes >= int64_t{4} * 4 * 300 * 32);  // weights, gradients, two moments
    QVERIFY(untied.chat_bytes >= int64_t{4} * 300 * 32);
    const auto& context = costs.at("model.max_position_embeddings");
    QCOMPARE(context.bytes, int64_t{0});
    QVERIFY(context.chat_bytes >= int64_t{2} * 2 * 2 * 8 * 4 * 64);  // its cache
    QSet<QString> types;
    for (const FieldCost& cost : field_costs(CostBase(config, 1)))
        if (cost.key == "model.model_type") types << QString::fromStdString(cost.other);
    QCOMPARE(types, (QSet<QString>{QStringLiteral("qwen2"), QStringLiteral("llama")}));
    for (const char* key : {"data.packing", "train.lr_scheduler_type", "data.format"})
        QVERIFY2(!costs.contains(key), key);
}

void EstimateTest::the_extremes_do_not_overflow() {
    const Place place;
    RunConfig config = place.config();
    config.model->max_position_embeddings = 1 << 24;
    config.data.max_length = 1 << 24;
    config.train.per_device_train_batch_size = config.train.gradient_accumulation_steps = 1 << 20;
    config.train.max_steps = 1'000'000'000'000;
    QCOMPARE(tokens_per_step(config), static_cast<int64_t>(9e18));
    QVERIFY(!costs_of(config).empty());
}

void EstimateTest::a_session_knows_the_machine() {
    const Place place;
    Watched session(place.workspace());
    RunConfig config = place.config();
    const auto estimate = session.wait<EstimateDone>(session.post(EstimateRun{.config = config, .costs = true}));
    QVERIFY(estimate);
    QCOMPARE(estimate->tokens_per_step, int64_t{4 * 32});
    QVERIFY(estimate->tokens_per_s > 0 && estimate->memory_bytes > 0 && estimate->free_disk_bytes > 0);
    QCOMPARE(estimate->kept_checkpoint_bytes, 4 * estimate->checkpoint_bytes);
    QVERIFY(!estimate->costs.empty());
    QVERIFY(!std::filesystem::exists(place.workspace()));
    config.train.memory_limit_bytes = 123456789;
    const auto limited = session.wait<EstimateDone>(session.post(EstimateRun{.config = config}));
    QVERIFY(limited && limited->costs.empty());
    QCOMPARE(limited->memory_bytes, int64_t{123456789});
}

void EstimateTest::a_wrong_config_is_named_and_no_data_is_none() {
    const Place place;
    Watched session(place.workspace());
    RunConfig config = place.config();
    config.data.files.clear();
    const auto estimate = session.wait<EstimateDone>(session.post(EstimateRun{.config = config, .costs = true}));
    QVERIFY(estimate && !estimate->costs.empty());
    config.data.max_length = 0;
    const auto error = session.failure(session.post(EstimateRun{.config = config}));
    QVERIFY(error && error->key == "data.max_length");
    config.model.reset();
    QVERIFY(session.failure(session.post(EstimateRun{.config = config})));
}

void EstimateTest::speed_comes_from_a_like_run() {
    const Place place;
    Watched session(place.workspace());
    RunConfig config = place.config();
    QVERIFY(session.wait<TrainDone>(session.train(config)));
    std::vector<double> speeds;
    for (const TrainProgress& progress : session.all<TrainProgress>()) speeds.push_back(progress.tokens_per_s);
    std::sort(speeds.begin() + 2, speeds.end());
    const auto same = session.wait<EstimateDone>(session.post(EstimateRun{.config = config}));
    QVERIFY(same);
    QVERIFY(std::abs(same->tokens_per_s / speeds[2 + 5] - 1) < 1e-9);
    config.model->num_hidden_layers = 4;
    const auto deeper = session.wait<EstimateDone>(session.post(EstimateRun{.config = config}));
    QVERIFY(deeper && deeper->tokens_per_s < 0.9 * same->tokens_per_s);
    // What that run had besides its kernels, this one has too.
    const auto seconds = [](const RunConfig& one) {
        const ModelConfig model = planned_model(one);
        return seconds_per_token(model, one, estimate_run(model, one), 1);
    };
    const double ratio = deeper->tokens_per_s * seconds(config) / (same->tokens_per_s * seconds(place.config()));
    QVERIFY2(std::abs(ratio - 1) < 1e-9, qPrintable(QString::number(ratio)));
    config.model->hidden_size = config.model->intermediate_size = 512;  // like no run before
    const auto wide = session.wait<EstimateDone>(session.post(EstimateRun{.config = config}));
    QVERIFY(wide);
    QVERIFY(std::abs(wide->tokens_per_s * seconds(config) - 1) < 1e-9);
}

// More of anything takes longer, and twice the threads half as long.
void EstimateTest::step_time_follows_the_shape() {
    const auto seconds = [](const ModelConfig& model, const RunConfig& config) {
        return seconds_per_token(model, config, estimate_run(model, config), 1);
    };
    const RunConfig config{.data = {.files = {}, .max_length = 128}};
    const ModelConfig model = small_model();
    const double usual = seconds(model, config);
    QVERIFY(usual > 1e-7 && usual < 1e-2);
    QCOMPARE(seconds(model, config), usual);  // timed once
    ModelConfig deep = model, wide = model;
    deep.num_hidden_layers *= 4;
    QVERIFY(seconds(deep, config) > 1.5 * usual);
    wide.hidden_size *= 4;
    wide.intermediate_size *= 4;
    QVERIFY(seconds(wide, config) > 3 * usual);
    for (const bool four_bits : {false, true}) {  // more of the layers have an adapter
        RunConfig adapted{.base_model = BaseModelConfig{.path = "base", .load_in_4bit = four_bits},
                          .lora = LoraConfig{.target_modules = {"q_proj"}},
                          .data = config.data};
        const double one = seconds(model, adapted);
        adapted.lora->target_modules = {"all-linear"};
        QVERIFY(seconds(model, adapted) > one);
    }
    RunConfig recomputed = config;
    recomputed.train.gradient_checkpointing = true;
    QVERIFY(seconds(model, recomputed) > usual);
}

QTEST_APPLESS_MAIN(EstimateTest)
#include "estimate_test.moc"
