// Broken and hostile adapters. The numbers P1 to P7 are those of the project's list of hostile inputs.
#include <QTemporaryDir>
#include <cmath>
#include <memory>

#include "engine/base/json.h"
#include "engine/formats/model_weights.h"
#include "engine/formats/peft_adapter.h"
#include "tests/engine/formats/format_fixture.h"

using namespace lathe;

namespace {

const std::string kPrefix = "base_model.model.model.layers.0.self_attn.";

}  // namespace

class PeftHostileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void p1_and_p7_refuses_a_config_data();
    void p1_and_p7_refuses_a_config();
    void accepts_a_config_data();
    void accepts_a_config();
    void p1_ranks_are_the_tensors();
    void p2_names_what_the_base_has_not();
    void p3_expressions_are_names_alone_data();
    void p3_expressions_are_names_alone();
    void p5_refuses_what_is_not_finite();
    void p6_pickle_is_never_loaded();
    void p7_refuses_other_tensors();
    void refuses_half_a_pair_and_none();

private:
    void put_config(const std::string& key = "", const Json& value = nullptr) {
        Json json = {{"peft_type", "LORA"}, {"r", 2}, {"lora_alpha", 4}, {"target_modules", {"q_proj"}}};
        if (!key.empty()) json[key] = value;
        put_file(folder_ + "/adapter_config.json", dump_json(json));
    }
    // Tensors of ones.
    void put_tensors(const std::vector<std::pair<std::string, std::vector<int64_t>>>& tensors) {
        std::vector<TensorSource> sources;
        for (const auto& [name, shape] : tensors) sources.push_back({name, Dtype::F32, shape, values_.data()});
        std::filesystem::remove(folder_ + "/adapter_model.safetensors");
        write_safetensors(folder_ + "/adapter_model.safetensors", sources, {});
    }
    void put_pair(const std::string& module, int64_t out = 32) {
        put_tensors({{module + ".lora_A.weight", {2, 32}}, {module + ".lora_B.weight", {out, 2}}});
    }

    std::unique_ptr<QTemporaryDir> temporary_;
    std::string folder_;
    std::vector<float> values_;
};

void PeftHostileTest::init() {
    temporary_ = std::make_unique<QTemporaryDir>();
    folder_ = temporary_->path().toStdString();
    values_.assign(4096, 1.0F);
    put_config();
    put_pair(kPrefix + "q_proj");
}

void PeftHostileTest::p1_and_p7_refuses_a_config_data() {
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("kind");
    const auto row = [](const char* key, const char* value, ErrorKind kind) {
        QTest::addRow("%s %s", key, value) << QByteArray(key) << QByteArray(value) << static_cast<int>(kind);
    };
    using enum ErrorKind;
    for (const char* r : {"0", "-1", "1000000000"}) row("r", r, out_of_range);
    row("r", "2.0", wrong_type);
    row("lora_alpha", "\"4\"", wrong_type);
    row("lora_alpha", "1e400", malformed);
    row("peft_type", "\"ADALORA\"", unsupported);
    row("peft_type", "null", unsupported);
    row("use_dora", "true", unsupported);
    row("modules_to_save", "[\"lm_head\"]", unsupported);
    row("bias", "\"lora_only\"", unsupported);
    row("fan_in_fan_out", "true", unsupported);
    row("lora_bias", "true", unsupported);
    row("layer_replication", "[[0, 2]]", unsupported);
    row("trainable_token_indices", "[1, 2]", unsupported);
    row("target_parameters", "[\"w\"]", unsupported);
    row("init_lora_weights", "\"pissa\"", unsupported);
    row("target_modules", "[1]", wrong_type);
    row("target_modules", "{}", wrong_type);
    row("target_modules", "[\"k_proj\"]", mismatch);
    row("target_modules", "[\"_proj\"]", mismatch);
    row("rank_pattern", R"({"q_proj": 0})", out_of_range);
    row("rank_pattern", R"({"q_proj": "2"})", wrong_type);
    row("rank_pattern", R"({".*q_(.+)+": 2})", unsupported);
    row("rank_pattern", R"({"": 2})", unsupported);
    row("rank_pattern", R"({"other": 2})", mismatch);
    row("rank_pattern", "[2]", wrong_type);
    row("alpha_pattern", R"({"other": 2})", mismatch);
    row("alpha_pattern", R"({"q_proj": null})", missing_key);
}

void PeftHostileTest::p1_and_p7_refuses_a_config() {
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, value);
    QFETCH(int, kind);
    if (kind == static_cast<int>(ErrorKind::malformed)) {
        put_file(folder_ + "/adapter_config.json", "{\"" + key.toStdString() + "\":" + value.toStdString() + "}");
    } else {
        put_config(key.toStdString(), parse_json(value.toStdString(), "value"));
    }
    const auto failure = error_of([&] { read_peft_adapter(folder_); });
    QVERIFY(failure.has_value());
    const std::string sentence = failure->sentence();
    QVERIFY2(static_cast<int>(failure->kind) == kind, sentence.c_str());
    QVERIFY2(kind == static_cast<int>(ErrorKind::malformed) || sentence.find(key.toStdString()) != std::string::npos,
             sentence.c_str());
}

void PeftHostileTest::accepts_a_config_data() {
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("value");
    for (const auto& [key, value] :
         {std::pair("target_modules", "\"all-linear\""), std::pair("target_modules", "null"),
          std::pair("target_modules", R"(["layers.0.self_attn.q_proj", "v_proj"])"), std::pair("modules_to_save", "[]"),
          std::pair("rank_pattern", R"({"^model.layers.0.self_attn.q_proj": 2})"), std::pair("bias", "null"),
          std::pair("rank_pattern", R"({"self_attn\\.q_proj": 2})"), std::pair("init_lora_weights", "\"gaussian\""),
          std::pair("a_key_of_later_days", "[1]"), std::pair("lora_alpha", "0.5")})
        QTest::addRow("%s %s", key, value) << QByteArray(key) << QByteArray(value);
}

void PeftHostileTest::accepts_a_config() {
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, value);
    put_config(key.toStdString(), parse_json(value.toStdString(), "value"));
    QCOMPARE(read_peft_adapter(folder_).modules.size(), size_t{1});
}

void PeftHostileTest::p1_ranks_are_the_tensors() {
    put_config("r", 3);
    VERIFY_FAILS(read_peft_adapter(folder_), mismatch, "lora_A");
    put_config("rank_pattern", {{"q_proj", 1}});
    VERIFY_FAILS(read_peft_adapter(folder_), mismatch, "(1, 32)");
    put_config();
    put_tensors({{kPrefix + "q_proj.lora_A.weight", {2, 32}}, {kPrefix + "q_proj.lora_B.weight", {32, 3}}});
    VERIFY_FAILS(read_peft_adapter(folder_), mismatch, "lora_B");
    put_tensors({{kPrefix + "q_proj.lora_A.weight", {}}, {kPrefix + "q_proj.lora_B.weight", {32, 2}}});
    VERIFY_FAILS(read_peft_adapter(folder_), mismatch, "lora_A");
}

void PeftHostileTest::p2_names_what_the_base_has_not() {
    const std::string base = golden("hf_qwen2");
    open_weights(base, folder_);
    put_pair(kPrefix + "q_proj", 31);
    VERIFY_FAILS(open_weights(base, folder_), mismatch, "model.layers.0.self_attn.q_proj");
    std::vector<std::pair<std::string, std::vector<int64_t>>> tensors;
    for (int i = 0; i < 9; ++i) {
        const std::string name = "base_model.model.layers." + std::to_string(i) + ".q_proj.lora_";
        tensors.push_back({name + "A.weight", {2, 32}});
        tensors.push_back({name + "B.weight", {32, 2}});
    }
    put_tensors(tensors);
    VERIFY_FAILS(open_weights(base, folder_), mismatch, "layers.4.q_proj and 4 more");
    put_config("target_modules", {"v_proj"});
    VERIFY_FAILS(read_peft_adapter(folder_), mismatch, "layers.4.q_proj and 4 more");
}

void PeftHostileTest::p3_expressions_are_names_alone_data() {
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<bool>("is_followed");
    for (const char* good : {"q_proj", ".*\\.q_proj", ".*q_proj$", "^.*\\.(q_proj|v_proj)$", ".*\\.(?:v_proj|q_proj)",
                             ".*self_attn\\.q_proj"})
        QTest::newRow(good) << QByteArray(good) << true;
    for (const char* bad : {"", ".*", "(a+)+$", ".*\\.(q_proj|)", "(.*)*q_proj", "[qv]_proj",
                            ".*\\.layers\\.\\d+\\.q_proj", "(q_proj", "q_proj)", "q_proj|", "(?i)q_proj"})
        QTest::addRow("not %s", bad) << QByteArray(bad) << false;
    QTest::newRow("a long one") << QByteArray(1'000'000, '(') << false;
}

void PeftHostileTest::p3_expressions_are_names_alone() {
    QFETCH(QByteArray, expression);
    QFETCH(bool, is_followed);
    put_config("target_modules", expression.toStdString());
    if (is_followed) {
        QCOMPARE(read_peft_adapter(folder_).modules.size(), size_t{1});
    } else {
        VERIFY_FAILS(read_peft_adapter(folder_), unsupported, "target_modules");
    }
}

void PeftHostileTest::p5_refuses_what_is_not_finite() {
    for (const float bad : {NAN, INFINITY}) {
        values_[5] = bad;
        put_pair(kPrefix + "q_proj");
        VERIFY_FAILS(read_peft_adapter(folder_), out_of_range, "q_proj.lora_");
    }
}

void PeftHostileTest::p6_pickle_is_never_loaded() {
    std::filesystem::remove(folder_ + "/adapter_model.safetensors");
    VERIFY_FAILS(read_peft_adapter(folder_), not_found, "adapter_model.safetensors");
    put_file(folder_ + "/adapter_model.bin", "\x80\x02");
    const auto failure = error_of([&] { read_peft_adapter(folder_); });
    QVERIFY(failure && failure->kind == ErrorKind::unsupported && failure->expected.size() <= 300);
    QVERIFY(failure->expected.find("torch.load('adapter_model.bin'") != std::string::npos);
}

void PeftHostileTest::p7_refuses_other_tensors() {
    for (const auto& [name, named] : {std::pair("model.embed_tokens.lora_embedding_A", "embedding"),
                                      std::pair("model.layers.0.self_attn.q_proj.lora_magnitude_vector", "DoRA"),
                                      std::pair("model.layers.0.self_attn.q_proj.lora_B.bias", "bias"),
                                      std::pair("lm_head.weight", "lm_head"), std::pair("lora_A.weight", "lora_A")}) {
        put_tensors({{std::string("base_model.model.") + name, {2, 32}}});
        VERIFY_FAILS(read_peft_adapter(folder_), unsupported, named);
    }
    put_tensors({{"model.layers.0.self_attn.q_proj.lora_A.weight", {2, 32}}});
    VERIFY_FAILS(read_peft_adapter(folder_), unsupported, "base_model.model.");
}

void PeftHostileTest::refuses_half_a_pair_and_none() {
    put_tensors({{kPrefix + "q_proj.lora_A.weight", {2, 32}}});
    VERIFY_FAILS(read_peft_adapter(folder_), missing_key, "lora_B");
    put_tensors({});
    VERIFY_FAILS(read_peft_adapter(folder_), empty, "adapter_model.safetensors");
}

QTEST_APPLESS_MAIN(PeftHostileTest)
#include "peft_hostile_test.moc"
