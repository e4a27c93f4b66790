// LoRA adapters held to PEFT: the merged weights, and a folder that goes out and comes back.
#include <QTemporaryDir>
#include <cmath>

#include "engine/base/json.h"
#include "engine/formats/adapted_weights.h"
#include "engine/formats/adapter_base.h"
#include "engine/formats/nf4_weights.h"
#include "tests/engine/formats/format_fixture.h"
#include "tests/engine/formats/gguf_builder.h"

using namespace lathe;
using lathe_test::GgufBuilder;

class PeftTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void merges_as_peft_does_data();
    void merges_as_peft_does();
    void reads_any_range();
    void an_adapter_names_its_base();
    void follows_a_plain_path_alone();
    void a_base_of_another_name_is_told_data();
    void a_base_of_another_name_is_told();
    void a_base_is_called_as_its_files_say();
    void comes_back_from_a_round_trip();
    void an_nf4_base_keeps_what_is_not_adapted();
};

void PeftTest::merges_as_peft_does_data() {
    QTest::addColumn<QByteArray>("base");
    QTest::newRow("peft_qwen2") << QByteArray("hf_qwen2");  // rsLoRA, patterns of rank and alpha
    QTest::newRow("peft_llama") << QByteArray("hf_llama");  // bf16, targets by an expression
}

void PeftTest::merges_as_peft_does() {
    QFETCH(QByteArray, base);
    const std::string folder = golden(QTest::currentDataTag());
    const auto weights = open_weights(golden(base.toStdString()), folder);
    QCOMPARE(weights->names(), HfWeights(golden(base.toStdString())).names());
    const SafetensorsFile merged(folder + "/merged.safetensors");
    double largest = 0;
    for (const TensorInfo& tensor : merged.tensors()) {
        const auto n = static_cast<size_t>(tensor.elements());
        std::vector<float> ours(n), theirs(n);
        merged.read_fp32(tensor, 0, tensor.elements(), theirs.data());
        weights->read(tensor.name, tensor.shape, ours.data());
        double error = 0, norm = 0;
        for (size_t i = 0; i < n; ++i) {
            error = std::max(error, std::abs(static_cast<double>(ours[i]) - theirs[i]));
            norm = std::max(norm, std::abs(static_cast<double>(theirs[i])));
        }
        largest = std::max(largest, error / norm);
    }
    QVERIFY2(largest < 1e-6, qPrintable(QString::number(largest)));
    const std::string untouched = "model.layers.0.self_attn.o_proj.weight";
    std::vector<float> ours(1024), theirs(1024);
    weights->read(untouched, {32, 32}, ours.data());
    HfWeights(golden(base.toStdString())).read(untouched, {32, 32}, theirs.data());
    QCOMPARE(ours, theirs);
}

void PeftTest::reads_any_range() {
    const std::string name = "model.layers.0.mlp.down_proj.weight";
    const auto weights = open_weights(golden("hf_qwen2"), golden("peft_qwen2"));
    std::vector<float> whole(1280);
    weights->read(name, {32, 40}, whole.data());
    for (const auto& [first, count] : {std::pair(0, 1), std::pair(39, 2), std::pair(41, 200), std::pair(1279, 1)}) {
        std::vector<float> part(static_cast<size_t>(count));
        weights->read_part(name, first, count, part.data());
        QVERIFY(std::equal(part.begin(), part.end(), whole.begin() + first));
    }
    VERIFY_FAILS(weights->read_part(name, 1280, 1, whole.data()), out_of_range, name);
}

void PeftTest::an_adapter_names_its_base() {
    const std::string folder = golden("peft_qwen2");
    QVERIFY(is_adapter(folder) && !is_adapter(golden("hf_qwen2")));
    QCOMPARE(std::filesystem::canonical(base_of_adapter(folder)).string(),
             std::filesystem::canonical(golden("hf_qwen2")).string());
    QCOMPARE(base_of_adapter(folder + "/"), base_of_adapter(folder));
    QCOMPARE(read_model_config(folder).model.model_type, std::string("qwen2"));
    const auto named = open_weights(folder), given = open_weights(golden("hf_qwen2"), folder);
    std::vector<float> a(1280), b(1280);
    named->read("model.layers.1.mlp.down_proj.weight", {32, 40}, a.data());
    given->read("model.layers.1.mlp.down_proj.weight", {32, 40}, b.data());
    QCOMPARE(a, b);
}

void PeftTest::follows_a_plain_path_alone() {
    const QTemporaryDir temporary;
    const std::string parent = temporary.path().toStdString(), folder = parent + "/in/adapter";
    std::filesystem::create_directories(folder);
    std::filesystem::copy(golden("hf_qwen2"), parent + "/base");
    const auto put = [&](const std::string& base) {
        put_file(folder + "/adapter_config.json",
                 dump_json({{"peft_type", "LORA"}, {"base_model_name_or_path", base}}));
    };
    for (const char* base :
         {"", "Qwen/Qwen2.5-0.5B", "../base", "x/../../base", "adapter", "/nowhere", "https://a.b/c"}) {
        put(base);
        VERIFY_FAILS(open_weights(folder), not_found, "base_model_name_or_path");
        VERIFY_FAILS(read_model_config(folder), not_found, "--adapter FOLDER");
    }
    put(parent + "/base");
    QCOMPARE(base_of_adapter(folder), parent + "/base");
    std::filesystem::copy(golden("hf_qwen2"), parent + "/in/base");
    put("base");
    QCOMPARE(base_of_adapter(folder), parent + "/in/base");
}

void PeftTest::a_base_of_another_name_is_told_data() {
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QString>("base");
    QTest::addColumn<bool>("same");
    const auto row = [](const char* wanted, const char* base, bool same) {
        QTest::addRow("%s over %s", wanted, base) << QString(wanted) << QString(base) << same;
    };
    row("Qwen/Qwen2.5-0.5B", "Qwen2.5-0.5B", true);
    row("Qwen/Qwen2.5-0.5B", "qwen2.5_0.5b/", true);
    row("Qwen/Qwen2.5-0.5B", "models--Qwen--Qwen2.5-0.5B/snapshots/0a1b", true);
    row("/srv/models--Qwen--Qwen2.5-0.5B/snapshots/0a1b/", "Qwen2.5-0.5B", true);
    row("../out/Qwen2.5-0.5B", "Qwen2.5-0.5B", true);
    row("", "Qwen2.5-0.5B", true);  // it does not say
    row("..", "Qwen2.5-0.5B", true);
    row("Qwen/Qwen2.5-0.5B", "Qwen2.5-0.5B-Instruct", false);
    row("Qwen/Qwen2.5-0.5B-Instruct", "Qwen2.5-0.5B", false);
    row("Qwen/Qwen2.5-0.5B", "models--Qwen--Qwen3-0.6B/snapshots/0a1b", false);
    row("한국/모형", "모형", true);
    row("한국/모형", "다른", false);
}

void PeftTest::a_base_of_another_name_is_told() {
    QFETCH(QString, wanted);
    QFETCH(QString, base);
    QFETCH(bool, same);
    const QTemporaryDir temporary;
    const std::string parent = temporary.path().toStdString(), folder = parent + "/" + base.toStdString();
    std::filesystem::create_directories(parent + "/adapter");
    std::filesystem::create_directories(folder);
    put_file(folder + "/config.json", "{}");
    put_file(parent + "/adapter/adapter_config.json",
             dump_json({{"peft_type", "LORA"}, {"base_model_name_or_path", wanted.toStdString()}}));
    const std::string said = base_difference(folder, parent + "/adapter");
    QVERIFY2(said.empty() == same, said.c_str());
    QVERIFY(same || said.starts_with("it is for " + wanted.toStdString() + ", the base is "));
    put_file(folder + "/config.json", dump_json({{"_name_or_path", wanted.toStdString()}}));
    QCOMPARE(base_difference(folder, parent + "/adapter"), std::string());
}

void PeftTest::a_base_is_called_as_its_files_say() {
    const QTemporaryDir temporary;
    const std::string folder = temporary.path().toStdString();
    std::filesystem::create_directories(folder + "/adapter");
    const auto said = [&](const std::string& wanted, const std::string& base) {
        put_file(folder + "/adapter/adapter_config.json",
                 dump_json({{"peft_type", "LORA"}, {"base_model_name_or_path", wanted}}));
        return base_difference(folder + base, folder + "/adapter");
    };
    std::filesystem::copy_file(golden("gguf/qwen2.gguf"), folder + "/qwen2.5-0.5b-instruct-q8_0.gguf");
    QCOMPARE(said("Qwen/Qwen2.5-0.5B-Instruct", "/qwen2.5-0.5b-instruct-q8_0.gguf"), std::string());
    QVERIFY(!said("Qwen/Qwen3-0.6B", "/qwen2.5-0.5b-instruct-q8_0.gguf").empty());
    put_file(folder + "/named.gguf", GgufBuilder().text("general.name", "Qwen2.5 0.5B Instruct").bytes());
    QCOMPARE(said("Qwen/Qwen2.5-0.5B-Instruct", "/named.gguf"), std::string());
    // A link by another name is the same folder still; a file that cannot be read tells nothing.
    std::filesystem::create_directories(folder + "/model");
    std::filesystem::create_directory_symlink(folder + "/model", folder + "/other");
    put_file(folder + "/model/config.json", "[");
    QCOMPARE(said(folder + "/model", "/other"), std::string());
    QCOMPARE(said("Qwen/Qwen3-0.6B", "/model"), std::string("it is for Qwen/Qwen3-0.6B, the base is model"));
}

void PeftTest::comes_back_from_a_round_trip() {
    for (const char* name : {"peft_qwen2", "peft_llama"}) {
        const PeftAdapter adapter = read_peft_adapter(golden(name));
        const QTemporaryDir temporary;
        const std::string folder = temporary.path().toStdString();
        const AdapterFiles files = adapter_files(adapter, Dtype::F32);
        put_file(folder + "/adapter_config.json", files.config_json);
        write_safetensors(folder + "/adapter_model.safetensors", files.tensors, {{"format", "pt"}});
        const PeftAdapter again = read_peft_adapter(folder);
        QCOMPARE(again.base_model_name_or_path, adapter.base_model_name_or_path);
        QCOMPARE(again.modules.size(), adapter.modules.size());
        for (const auto& [module, pair] : adapter.modules) {
            const LoraPair& other = again.modules.at(module);
            QVERIFY(other.A == pair.A && other.B == pair.B && other.scale == pair.scale);
        }
        const nlohmann::json ours(parse_json(files.config_json, "ours"));
        const nlohmann::json theirs(read_json(golden(name) + std::string("/adapter_config.json")));
        for (const auto& [key, value] : ours.items())
            QVERIFY2(key == "target_modules" || theirs.at(key) == value, key.c_str());
    }
    // The same numbers as PEFT wrote, byte for byte.
    const QTemporaryDir temporary;
    const std::string path = temporary.path().toStdString() + "/a.safetensors";
    const PeftAdapter adapter = read_peft_adapter(golden("peft_llama"));
    write_safetensors(path, adapter_files(adapter, Dtype::BF16).tensors, {{"format", "pt"}});
    QVERIFY(get_file(path) == get_file(golden("peft_llama/adapter_model.safetensors")));
}

void PeftTest::an_nf4_base_keeps_what_is_not_adapted() {
    const auto weights = open_weights(golden("nf4_qwen2"), golden("peft_qwen2"));
    QCOMPARE(weights->stored_nf4("model.layers.0.mlp.up_proj.weight").size(), size_t{6});
    QVERIFY(weights->stored_nf4("model.layers.0.mlp.down_proj.weight").empty());
}

QTEST_APPLESS_MAIN(PeftTest)
#include "peft_test.moc"
