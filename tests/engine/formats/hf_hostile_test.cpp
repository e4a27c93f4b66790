// Broken and hostile Hugging Face folders. The numbers C1 to C12 are those of the project's list of hostile inputs.
#include <unistd.h>
#include <QTemporaryDir>

#include <memory>

#include "engine/base/json.h"
#include "engine/formats/hf_folder.h"
#include "tests/engine/formats/format_fixture.h"

using namespace lathe;

class HfHostileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void c1_weight_map_leads_out_data();
    void c1_weight_map_leads_out();
    void c1_links_stay_in_the_folder();
    void c2_shards_and_tensors_that_are_not_there();
    void c3_total_size_does_not_matter();
    void c4_a_million_shards();
    void refuses_a_config_data();
    void refuses_a_config();
    void accepts_a_config_data();
    void accepts_a_config();
    void c11_broken_json_data();
    void c11_broken_json();
    void c12_pickle_is_never_loaded();
    void refuses_a_generation_config();

private:
    void put_index(const std::string& map) {
        put_file(folder_ + "/model.safetensors.index.json",
                 "{\"metadata\":{\"total_size\":1},\"weight_map\":" + map + "}");
    }
    void put_shard(const std::string& name, const std::vector<std::string>& tensors) {
        const float one = 1;
        std::vector<TensorSource> sources;
        for (const std::string& tensor : tensors) sources.push_back({tensor, Dtype::F32, {1}, &one});
        write_safetensors(folder_ + "/" + name, sources, {});
    }

    std::unique_ptr<QTemporaryDir> temporary_;
    std::string folder_;
};

void HfHostileTest::init() {
    temporary_ = std::make_unique<QTemporaryDir>();
    folder_ = temporary_->path().toStdString() + "/model";
    std::filesystem::create_directory(folder_);
}

void HfHostileTest::c1_weight_map_leads_out_data() {
    QTest::addColumn<QByteArray>("shard");
    const std::string longest(300, 'n');
    for (const char* shard : {"../../etc/passwd", "../x.safetensors", "/abs.safetensors", "a/b.safetensors", "", ".",
                              "..", "a\\\\b.safetensors", "x.bin", "a\\u0000.safetensors", "x.safetensors/"}) {
        QTest::newRow(*shard ? shard : "empty") << QByteArray(shard);
    }
    QTest::newRow("300 bytes") << QByteArray::fromStdString(longest + ".safetensors");
}

void HfHostileTest::c1_weight_map_leads_out() {
    QFETCH(QByteArray, shard);
    put_file(temporary_->path().toStdString() + "/x.safetensors", "");
    put_index("{\"w\":\"" + shard.toStdString() + "\"}");
    VERIFY_FAILS(HfWeights weights(folder_), malformed, "model.safetensors.index.json: w");
}

void HfHostileTest::c1_links_stay_in_the_folder() {
    put_shard("real.safetensors", {"w"});
    QCOMPARE(::symlink("real.safetensors", (folder_ + "/inside.safetensors").c_str()), 0);
    put_index(R"({"w":"inside.safetensors"})");
    QVERIFY(HfWeights(folder_).has("w"));
    std::filesystem::rename(folder_ + "/real.safetensors", folder_ + "/../outside.safetensors");
    QCOMPARE(::symlink("../outside.safetensors", (folder_ + "/link.safetensors").c_str()), 0);
    put_index(R"({"w":"link.safetensors"})");
    VERIFY_FAILS(HfWeights weights(folder_), unsupported, "link.safetensors");
    QCOMPARE(::symlink("../outside.safetensors", (folder_ + "/model.safetensors").c_str()), 0);
    VERIFY_FAILS(HfWeights weights(folder_), unsupported, "model.safetensors");
    // The cache of Hugging Face: models--x/snapshots/REVISION/model.safetensors -> ../../blobs/HASH
    const std::string cache = temporary_->path().toStdString() + "/models--x";
    std::filesystem::create_directories(cache + "/snapshots/0123");
    std::filesystem::create_directories(cache + "/blobs");
    std::filesystem::rename(folder_ + "/../outside.safetensors", cache + "/blobs/abcd");
    QCOMPARE(::symlink("../../blobs/abcd", (cache + "/snapshots/0123/model.safetensors").c_str()), 0);
    QVERIFY(HfWeights(cache + "/snapshots/0123").has("w"));
}

void HfHostileTest::c2_shards_and_tensors_that_are_not_there() {
    put_shard("a.safetensors", {"w", "v"});
    put_shard("b.safetensors", {"w"});
    put_shard("c.safetensors", {"u"});
    put_index(R"({"w":"a.safetensors","u":"missing.safetensors"})");
    VERIFY_FAILS(HfWeights weights(folder_), not_found, "missing.safetensors");
    put_index(R"({"w":"a.safetensors","x":"a.safetensors"})");
    VERIFY_FAILS(HfWeights weights(folder_), missing_key, "a.safetensors: x");
    put_index(R"({"w":"a.safetensors","v":"b.safetensors"})");
    VERIFY_FAILS(HfWeights weights(folder_), mismatch, "w");
    put_index(R"({"u":"a.safetensors","w":"c.safetensors"})");
    VERIFY_FAILS(HfWeights weights(folder_), missing_key, "u");
    put_index(R"({"w":3})");
    VERIFY_FAILS(HfWeights weights(folder_), wrong_type, "w");
    put_index(R"({"w":"a.safetensors","w":"b.safetensors"})");
    VERIFY_FAILS(HfWeights weights(folder_), malformed, "index.json");
    put_index("{}");
    VERIFY_FAILS(HfWeights weights(folder_), empty, "weight_map");
    put_file(folder_ + "/model.safetensors.index.json", "{}");
    VERIFY_FAILS(HfWeights weights(folder_), missing_key, "weight_map");
    // A shard that no entry names is left alone; a tensor that none names is there for the caller to report.
    put_index(R"({"w":"a.safetensors"})");
    QCOMPARE(HfWeights(folder_).names(), (std::vector<std::string>{"v", "w"}));
}

void HfHostileTest::c3_total_size_does_not_matter() {
    put_shard("a.safetensors", {"w"});
    put_file(folder_ + "/model.safetensors.index.json",
             R"({"metadata":{"total_size":-1e300},"weight_map":{"w":"a.safetensors"}})");
    QVERIFY(HfWeights(folder_).has("w"));
}

void HfHostileTest::c4_a_million_shards() {
    std::string map = "{";
    for (int i = 0; i < 1'000'000; ++i)
        map += (i ? ",\"" : "\"") + std::to_string(i) + "\":\"" + std::to_string(i) + ".safetensors\"";
    put_index(map + "}");
    VERIFY_FAILS(HfWeights weights(folder_), too_large, "512");
}

namespace {

Json tiny_config() {
    return read_json(golden("hf_qwen2/config.json"));
}

}  // namespace

void HfHostileTest::refuses_a_config_data() {
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("kind");
    using enum ErrorKind;
    const auto row = [](const char* key, const char* value, ErrorKind kind) {
        QTest::addRow("%s = %s", key, value) << QByteArray(key) << QByteArray(value) << static_cast<int>(kind);
    };
    for (const char* key : {"vocab_size", "hidden_size", "num_hidden_layers", "intermediate_size",
                            "num_attention_heads", "num_key_value_heads", "max_position_embeddings"}) {
        row(key, "0", out_of_range);
        row(key, "-1", out_of_range);
        row(key, "2147483648", out_of_range);
        row(key, "1000000000000000000", out_of_range);
        row(key, "18446744073709551615", out_of_range);
        row(key, "3.5", wrong_type);
        row(key, "\"4096\"", wrong_type);
        row(key, "[4]", wrong_type);
    }
    row("hidden_size", "null", missing_key);
    row("num_attention_heads", "5", mismatch);
    row("num_key_value_heads", "3", mismatch);
    row("head_dim", "-2", out_of_range);
    row("rms_norm_eps", "-1", out_of_range);
    row("rms_norm_eps", "\"1e-6\"", wrong_type);
    row("tie_word_embeddings", "1", wrong_type);
    row("model_type", "\"gpt2\"", unsupported);
    row("model_type", "7", wrong_type);
    row("architectures", "[\"Qwen2ForSequenceClassification\"]", unsupported);
    row("architectures", "\"Qwen2ForCausalLM\"", wrong_type);
    row("rope_scaling", "{\"type\":\"linear\",\"factor\":0}", out_of_range);
    row("rope_scaling", "{\"type\":\"linear\",\"factor\":1e308}", out_of_range);
    row("rope_scaling", "{\"type\":\"linear\",\"factor\":\"2\"}", wrong_type);
    row("rope_scaling", "{\"type\":\"linear\"}", missing_key);
    row("rope_scaling", "{\"type\":\"longrope\",\"factor\":2}", unsupported);
    row("rope_scaling", "{\"type\":\"mrope\",\"mrope_section\":[1,2,3]}", unsupported);
    row("rope_scaling", "{\"type\":\"llama3\",\"factor\":2}", missing_key);
    row("rope_scaling", "{\"type\":\"llama3\",\"factor\":2,\"low_freq_factor\":4,\"high_freq_factor\":4}",
        out_of_range);
    row("rope_scaling", "{\"type\":\"yarn\",\"factor\":2,\"truncate\":false}", unsupported);
    row("rope_scaling", "[]", wrong_type);
    row("rope_parameters", "{\"full_attention\":{\"rope_type\":\"default\"}}", unsupported);
    row("rope_parameters", "{\"rope_theta\":0}", out_of_range);
    row("rope_parameters", "{\"partial_rotary_factor\":0.5}", unsupported);
    row("partial_rotary_factor", "0.5", unsupported);
    row("layer_types", "[\"full_attention\"]", mismatch);
    row("layer_types", "[\"full_attention\",\"sliding_attention\"]", unsupported);
    row("layer_types", "[\"full_attention\",3]", unsupported);
    row("hidden_act", "\"gelu\"", unsupported);
    row("num_experts", "8", unsupported);
    row("quantization_config", "{\"quant_method\":\"bitsandbytes\"}", unsupported);
    row("mlp_bias", "true", unsupported);
    row("pretraining_tp", "2", unsupported);
    row("is_causal", "false", unsupported);
}

void HfHostileTest::refuses_a_config() {
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, value);
    QFETCH(int, kind);
    Json json = tiny_config();
    json[key.toStdString()] = parse_json(value.toStdString(), "value");
    put_file(folder_ + "/config.json", dump_json(json));
    const auto failure = error_of([&] { read_hf_config(folder_); });
    QVERIFY(failure.has_value());
    QVERIFY2(static_cast<int>(failure->kind) == kind, failure->sentence().c_str());
    QCOMPARE(failure->file, folder_ + "/config.json");
    const bool names_the_key = failure->key.find(key.toStdString()) != std::string::npos || key == "hidden_size" ||
                               key == "num_attention_heads";
    QVERIFY2(names_the_key, failure->sentence().c_str());
}

void HfHostileTest::accepts_a_config_data() {
    QTest::addColumn<QByteArray>("keys");
    for (const char* keys :
         {R"({"auto_map":{"AutoModel":"evil.Model"},"trust_remote_code":true})",
          R"({"torch_dtype":"float3","dtype":17})",
          R"({"use_sliding_window":true,"sliding_window":null,"layer_types":null})",
          R"({"use_sliding_window":true,"sliding_window":16,"max_window_layers":2,"layer_types":null})",
          R"({"attention_dropout":0.1,"quantization_config":null,"num_experts":null})",
          R"({"head_dim":null,"rope_scaling":{}})"}) {
        QTest::newRow(keys) << QByteArray(keys);
    }
}

void HfHostileTest::accepts_a_config() {
    QFETCH(QByteArray, keys);
    Json json = tiny_config();
    json.update(parse_json(keys.toStdString(), "keys"));
    put_file(folder_ + "/config.json", dump_json(json));
    QCOMPARE(read_hf_config(folder_).model.hidden_size, int64_t{32});
    json["use_sliding_window"] = true;
    json["sliding_window"] = 16;
    json["max_window_layers"] = 1;
    json["layer_types"] = nullptr;
    put_file(folder_ + "/config.json", dump_json(json));
    VERIFY_FAILS(read_hf_config(folder_), unsupported, "use_sliding_window");
}

void HfHostileTest::c11_broken_json_data() {
    QTest::addColumn<QByteArray>("text");
    const QByteArray good = QByteArray::fromStdString(dump_json(tiny_config()));
    const QByteArray open = good.chopped(1);
    QTest::newRow("comment") << open + "/* */}";
    QTest::newRow("NaN") << open + ",\"x\":NaN}";
    QTest::newRow("trailing comma") << open + ",}";
    QTest::newRow("key twice") << open + ",\"hidden_size\":64}";
    QTest::newRow("two documents") << good + good;
    QTest::newRow("deep") << open + ",\"x\":" + QByteArray(100'000, '[') + "}";
    QTest::newRow("1e400") << open + ",\"x\":1e400}";
    QTest::newRow("empty") << QByteArray();
}

void HfHostileTest::c11_broken_json() {
    QFETCH(QByteArray, text);
    put_file(folder_ + "/config.json", text.toStdString());
    VERIFY_FAILS(read_hf_config(folder_), malformed, "config.json");
    put_shard("a.safetensors", {"w"});
    put_index("{\"w\":\"a.safetensors\"}" + text.toStdString() + "]");
    VERIFY_FAILS(HfWeights weights(folder_), malformed, "index.json");
}

void HfHostileTest::c12_pickle_is_never_loaded() {
    VERIFY_FAILS(HfWeights weights(folder_), not_found, "model.safetensors");
    VERIFY_FAILS(HfWeights weights(folder_ + "/nowhere"), not_found, "nowhere");
    VERIFY_FAILS(read_hf_config(folder_), not_found, "config.json");
    put_file(folder_ + "/pytorch_model.bin", "\x80\x02");
    const auto failure = error_of([&] { HfWeights weights(folder_); });
    QVERIFY(failure && failure->kind == ErrorKind::unsupported && failure->found == "an executable format");
    QCOMPARE(failure->expected,  // a line to copy
             std::string("model.safetensors: python -c \"import torch, safetensors.torch as s; s.save_file({k: "
                         "v.contiguous().clone() for k, v in torch.load('pytorch_model.bin', 'cpu', "
                         "weights_only=True).items()}, 'model.safetensors', {'format': 'pt'})\""));
    QVERIFY(failure->expected.size() <= 300);
    std::filesystem::remove(folder_ + "/pytorch_model.bin");
    put_file(folder_ + "/'); x.bin", "");  // a name that means something to Python
    VERIFY_FAILS(HfWeights weights(folder_), unsupported, "torch.load('FILE'");
    std::filesystem::remove(folder_ + "/'); x.bin");
    put_shard("model.safetensors", {"w"});
    QVERIFY(HfWeights(folder_).has("w"));
}

void HfHostileTest::refuses_a_generation_config() {
    put_file(folder_ + "/config.json", dump_json(tiny_config()));
    const auto generation = [&](const char* text) { put_file(folder_ + "/generation_config.json", text); };
    generation(R"({"eos_token_id":"2"})");
    VERIFY_FAILS(read_hf_config(folder_), wrong_type, "eos_token_id");
    generation(R"({"eos_token_id":[2,null]})");
    VERIFY_FAILS(read_hf_config(folder_), missing_key, "eos_token_id");
    generation(R"({"eos_token_id":[2,-2]})");
    VERIFY_FAILS(read_hf_config(folder_), out_of_range, "eos_token_id");
    generation(R"({"bos_token_id":4294967296})");
    VERIFY_FAILS(read_hf_config(folder_), out_of_range, "bos_token_id");
    generation("[]");
    VERIFY_FAILS(read_hf_config(folder_), wrong_type, "generation_config.json");
}

QTEST_APPLESS_MAIN(HfHostileTest)
#include "hf_hostile_test.moc"
