// What switches change and a model is made of, held to figures worked out by hand; shapes read from their files.
#include "engine/train/switch_costs.h"

#include <QtTest>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>

#include "engine/base/memory.h"
#include "engine/base/switches.h"
#include "engine/formats/export_advice.h"
#include "engine/formats/hf_folder.h"
#include "engine/model/model.h"
#include "engine/train/estimate.h"
#include "engine/train/model_parts.h"
#include "engine/train/run_costs.h"
#include "tests/engine/train/session_fixture.h"

using namespace lathe;
using namespace lathe_test;

namespace {

// Of the golden Qwen3: 24,288 parameters, of them 4,096 of its embedding; 2 blocks, 4 heads over 2 of 16, 32 wide.
RunConfig tuning_of_the_tiny_base() {
    RunConfig config{.base_model = BaseModelConfig{.path = LATHE_SOURCE_DIR "/tests/data/hf_qwen3"}};
    config.data.files = {"any"};
    config.data.max_length = 32;
    config.train.per_device_train_batch_size = 4;
    return config;
}

SwitchCost cost_of(const RunConfig& config, const std::string& name) {
    for (const SwitchCost& cost : switch_costs(CostBase(config, 1)))
        if (cost.name == name) return cost;
    return {};
}

FieldCost field_cost(const RunConfig& config, const std::string& key, const std::string& other = "") {
    for (const FieldCost& cost : field_costs(CostBase(config, 1)))
        if (cost.key == key && cost.other == other) return cost;
    return {};
}

}  // namespace

class SwitchCostsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { install_allocator(); }  // from here on the program's own memory is a constant
    void switches_change_what_they_must();
    void a_longer_context_is_a_chats_to_pay();
    void an_adapter_takes_the_place_of_the_whole();
    void four_bits_take_the_place_of_the_base();
    void a_rank_costs_by_its_parameters();
    void switches_turn_back();
    void the_guides_cache_is_a_quarter();
    void the_guides_shape_divides_by_four();
    void parts_add_up();
    void a_shape_is_read_from_its_file();
};

void SwitchCostsTest::switches_change_what_they_must() {
    RunConfig config = read_run_config(LATHE_SOURCE_DIR "/resources/presets/guide.json");
    std::map<std::string, SwitchCost> costs;
    for (const SwitchCost& cost : switch_costs(CostBase(config, 1))) costs[cost.name] = cost;
    QCOMPARE(costs.size(), size_t{5});
    QVERIFY(costs["use_flash_attention"].on && costs["use_gqa"].on && !costs["rope_scaling"].on);
    // 16 heads of 64 in place of 4: 12 layers · 2 · 12 heads · 64 · 4 bytes more a token.
    QCOMPARE(costs["use_gqa"].kv_bytes_per_token, int64_t{12 * 2 * 12 * 64 * 4});
    // Their weights, gradients and two moments, and their activations: the keys twice, as they come and normed.
    const int64_t weights = int64_t{12} * 2 * 12 * 64 * 768 * 4;
    const int64_t kept = int64_t{12} * 1024 * 2 * 12 * 64 * 2 * 4;
    QVERIFY(std::abs(static_cast<double>(costs["use_gqa"].bytes - (4 * weights + kept))) <
            0.1 * static_cast<double>(kept + weights));
    QVERIFY(costs["use_gqa"].time_ratio > 1);
    // Every score of 16 heads in 12 layers, in place of one number a row.
    QCOMPARE(costs["use_flash_attention"].bytes, int64_t{12} * 1024 * 16 * (512 - 1) * 4);
    QCOMPARE(costs["use_flash_attention"].kv_bytes_per_token, int64_t{0});
    QCOMPARE(*costs["use_lora"].refused, std::string("fresh_model"));
    QCOMPARE(*costs["use_qlora"].refused, std::string("fresh_model"));

    config.model->num_attention_heads = config.model->num_key_value_heads = 1;
    for (const SwitchCost& cost : switch_costs(CostBase(config, 1)))
        if (cost.name == "use_gqa") QCOMPARE(cost.refused.value_or(""), std::string("one_head"));
}

// Four times the context is four times the cache of a full chat, and nothing in training.
void SwitchCostsTest::a_longer_context_is_a_chats_to_pay() {
    const RunConfig config = read_run_config(LATHE_SOURCE_DIR "/resources/presets/guide.json");
    const int64_t cache = int64_t{12} * 2 * 4 * 64 * 4 * 4096;
    const SwitchCost scaled = cost_of(config, "rope_scaling");
    QCOMPARE(scaled.bytes, int64_t{0});
    QCOMPARE(scaled.time_ratio, 1.0);
    QCOMPARE(scaled.kv_bytes_per_token, int64_t{0});
    QCOMPARE(scaled.chat_bytes, 3 * cache);
    const FieldCost doubled = field_cost(config, "model.max_position_embeddings");
    QCOMPARE(doubled.bytes, int64_t{0});
    QCOMPARE(doubled.chat_bytes, cache);
    // The cache of 16 heads in place of 4, and their weights.
    QCOMPARE(cost_of(config, "use_gqa").chat_bytes, 3 * cache + int64_t{12} * 2 * 12 * 64 * 768 * 4);
    QCOMPARE(cost_of(config, "use_flash_attention").chat_bytes, int64_t{0});
}

void SwitchCostsTest::an_adapter_takes_the_place_of_the_whole() {
    RunConfig config = tuning_of_the_tiny_base();
    const SwitchCost on = cost_of(config, "use_lora");
    QVERIFY(!on.on && !on.refused);
    // q 96, k and v 64, o 96, gate, up and down 72 wide, times the rank, in two blocks.
    const int64_t adapter = int64_t{2} * LoraConfig{}.r * (96 + 2 * 64 + 96 + 3 * 72);
    // The adapter comes on top of the weights; gradients and two moments are its own; dropout keeps inputs twice.
    QCOMPARE(on.bytes, 4 * adapter + 12 * (adapter - 24'288) + int64_t{4} * 32 * 3 * 40 * 4);
    QCOMPARE(on.chat_bytes, int64_t{0});
    QVERIFY(on.time_ratio > 0 && std::abs(on.time_ratio - 1) > 1e-9);
    config.lora.emplace();
    const SwitchCost off = cost_of(config, "use_lora");
    QVERIFY(off.on);
    QCOMPARE(off.bytes, -on.bytes);
    QVERIFY(std::abs(off.time_ratio * on.time_ratio - 1) < 1e-9);
}

void SwitchCostsTest::four_bits_take_the_place_of_the_base() {
    RunConfig config = tuning_of_the_tiny_base();
    const SwitchCost from_whole = cost_of(config, "use_qlora"), lora = cost_of(config, "use_lora");
    config.lora.emplace();
    const SwitchCost on = cost_of(config, "use_qlora");
    QVERIFY(!on.on && !on.refused);
    // Half a byte, a byte of scale a block of 64, four a block of 256 scales, in place of four bytes a weight.
    const double saved = (24'288 - 4'096) * (4 - (0.5 + (1 + 4.0 / 256) / 64));
    QVERIFY2(std::abs(static_cast<double>(on.bytes) + saved) <= 1, qPrintable(QString::number(on.bytes)));
    QCOMPARE(from_whole.bytes, lora.bytes + on.bytes);
    QVERIFY(std::abs(from_whole.time_ratio / (lora.time_ratio * on.time_ratio) - 1) < 1e-9);
    config.base_model->load_in_4bit = true;
    const SwitchCost off = cost_of(config, "use_qlora");
    QVERIFY(off.on);
    QCOMPARE(off.bytes, -on.bytes);
    QVERIFY(std::abs(off.time_ratio * on.time_ratio - 1) < 1e-9);
    // Scales of four bytes, and embeddings of one byte and a scale a block.
    const FieldCost plain = field_cost(config, "base_model.bnb_4bit_use_double_quant", "false");
    QVERIFY(std::abs(static_cast<double>(plain.bytes) - (24'288 - 4'096) * (3 - 4.0 / 256) / 64) <= 1);
    const FieldCost small = field_cost(config, "base_model.embeddings_in_8bit", "true");
    QVERIFY(std::abs(static_cast<double>(small.bytes) + 4'096 * (3 - 4.0 / 64)) <= 1);
}

void SwitchCostsTest::a_rank_costs_by_its_parameters() {
    RunConfig config = tuning_of_the_tiny_base();
    config.lora.emplace();
    const ModelConfig model = planned_model(config);
    const int64_t adapter = lora_parameters(model, *config.lora);
    const FieldCost twice = field_cost(config, "lora.r");
    QCOMPARE(twice.bytes, 16 * adapter);  // weights, gradients, two moments
    // 4 FLOP a frozen weight, 6 one of the adapter, causal attention of 4 heads of 16 over 32 tokens in 2 blocks.
    const double now = 4.0 * 24'288 + 6.0 * static_cast<double>(adapter) + 3.0 * 2 * 2 * 32 * 4 * 16;
    QVERIFY(std::abs(twice.time_ratio - (now + 6.0 * static_cast<double>(adapter)) / now) < 1e-9);
    const FieldCost two = field_cost(config, "lora.target_modules", "q_proj, v_proj");
    QCOMPARE(two.bytes, 16 * (int64_t{2} * config.lora->r * (96 + 64) - adapter));
    QVERIFY(two.time_ratio < 1);
}

// Turned over twice, a switch is where it was.
void SwitchCostsTest::switches_turn_back() {
    const RunConfig config = read_run_config(LATHE_SOURCE_DIR "/resources/presets/guide.json");
    for (const std::string_view name : switch_names()) {
        const SwitchedOver once = switched_over(config, *config.model, name);
        if (once.refused) continue;
        validate(once.config, "");
        QVERIFY(switch_is_on(once.config, *once.config.model, name) != switch_is_on(config, *config.model, name));
        const SwitchedOver twice = switched_over(once.config, *once.config.model, name);
        QCOMPARE(to_json(twice.config), to_json(config));
    }
    QCOMPARE(switched_over(config, *config.model, "rope_scaling").config.model->max_position_embeddings,
             int64_t{16384});
    RunConfig tuned{.base_model = BaseModelConfig{.path = "base"}, .data = {.files = {"any"}}};
    const RunConfig qlora = switched_over(tuned, {}, "use_qlora").config;
    QVERIFY(qlora.lora && qlora.base_model->load_in_4bit);
    const RunConfig whole = switched_over(qlora, {}, "use_lora").config;
    QVERIFY(!whole.lora && !whole.base_model->load_in_4bit);
    QCOMPARE(*switched_over(tuned, {}, "use_gqa").refused, std::string("base_model"));
}

void SwitchCostsTest::the_guides_cache_is_a_quarter() {
    const Place place;
    Watched session(place.workspace());
    const RunConfig config = read_run_config(LATHE_SOURCE_DIR "/resources/presets/guide.json");
    const auto done = session.wait<EstimateDone>(session.post(EstimateRun{.config = config, .costs = true}));
    QVERIFY(done);
    QCOMPARE(done->kv_bytes_per_token, int64_t{12 * 2 * 4 * 64 * 4});
    QCOMPARE(4 * done->kv_bytes_per_token, done->kv_bytes_per_token_without_gqa);
    QCOMPARE(done->chat_bytes.at("kv_cache"), 4096 * done->kv_bytes_per_token);
    QCOMPARE(done->chat_bytes.at("weights"), 4 * done->parameters);
    int64_t sum = 0;
    for (const auto& [part, count] : done->parts) sum += count;
    QCOMPARE(sum, done->parameters);
    QCOMPARE(done->parts.front(), (std::pair<std::string, int64_t>{"embedding", 8192 * 768}));
    QCOMPARE(done->switches.size(), size_t{5});
}

// Heads, and the feed-forward, over four GPUs evenly; so an export says.
void SwitchCostsTest::the_guides_shape_divides_by_four() {
    const ModelConfig model = *read_run_config(LATHE_SOURCE_DIR "/resources/presets/guide.json").model;
    for (const int64_t part : {model.num_attention_heads, model.num_key_value_heads, model.intermediate_size})
        QCOMPARE(part % 4, int64_t{0});
    std::string vllm;
    for (const ExportCommand& one : export_commands({.folder = "/out", .format = "hf"}, {.model = model}))
        if (one.tool == "vllm") vllm = one.text;
    QVERIFY2(vllm.find("--tensor-parallel-size 2 to 4\n") != std::string::npos, vllm.c_str());
}

// Every model type, tied or not, with biases: the parts are the whole; an adapter comes on top.
void SwitchCostsTest::parts_add_up() {
    for (const char* type : {"qwen3", "qwen2", "llama"})
        for (const bool tied : {true, false}) {
            ModelConfig model{.vocab_size = 1024, .head_dim = 32};
            model.model_type = type;
            model.tie_word_embeddings = tied;
            model.attention_bias = std::string(type) == "llama";
            int64_t sum = 0;
            for (const auto& [part, count] : model_parts(model, std::nullopt)) sum += count;
            QCOMPARE(sum, parameter_count(model));
            const auto adapted = model_parts(model, LoraConfig{});
            QCOMPARE(adapted.back(), (std::pair<std::string, int64_t>{"adapter", lora_parameters(model, {})}));
        }
}

void SwitchCostsTest::a_shape_is_read_from_its_file() {
    const Place place;
    Watched session(place.workspace());
    const std::string folder = LATHE_SOURCE_DIR "/tests/data/hf_qwen3";
    for (const std::string& path : {folder, folder + "/config.json"}) {
        const auto read = session.wait<ModelConfigRead>(session.post(ReadModelConfig{.path = path}));
        QVERIFY(read);
        QCOMPARE(to_json(read->model), to_json(read_hf_config(folder).model));
    }
    std::filesystem::create_directory(place.path("odd"));
    std::ofstream(place.path("odd/config.json"))
        << R"({"model_type": "qwen3", "vocab_size": 64, "hidden_size": 32, "intermediate_size": 64,
               "num_hidden_layers": 1, "num_attention_heads": 4, "num_key_value_heads": 4, "hidden_act": "gelu"})";
    const auto refused = session.failure(session.post(ReadModelConfig{.path = place.path("odd/config.json")}));
    QVERIFY(refused);
    QCOMPARE(refused->kind, ErrorKind::unsupported);
    QCOMPARE(refused->key, std::string("hidden_act"));
    QVERIFY(session.failure(session.post(ReadModelConfig{.path = place.path("nothing")})));
}

QTEST_APPLESS_MAIN(SwitchCostsTest)
#include "switch_costs_test.moc"
