// Reading and writing of Hugging Face folders, held to the tiny models that transformers made.
#include <QTemporaryDir>
#include <cstring>

#include "engine/base/json.h"
#include "engine/formats/hf_folder.h"
#include "tests/engine/formats/format_fixture.h"

using namespace lathe;

namespace {

// All weights of a folder in fp32, as an exporter has them.
struct Loaded {
    HfExport model;
    std::vector<std::vector<float>> values;

    explicit Loaded(const std::string& folder) {
        model.config = read_hf_config(folder);
        const HfWeights weights(folder);
        for (const std::string& name : weights.names()) {
            const TensorInfo& info = weights.info(name);
            values.emplace_back(static_cast<size_t>(info.elements()));
            weights.read(name, info.shape, values.back().data());
            model.weights.push_back({name, Dtype::F32, info.shape, nullptr});
        }
        for (size_t i = 0; i < values.size(); ++i) model.weights[i].data = values[i].data();
    }
};

}  // namespace

class HfFolderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_the_configs_of_transformers();
    void reads_both_forms_of_rope_data();
    void reads_both_forms_of_rope();
    void has_the_defaults_of_transformers();
    void end_tokens_come_from_generation_config_alone();
    void reads_shards();
    void names_what_does_not_fit();
    void comes_back_from_a_round_trip_data();
    void comes_back_from_a_round_trip();
    void writes_both_forms_of_rope_and_keeps_unknown_keys();
    void splits_into_shards();
    void plan_is_exact();
    void copies_the_tokenizer();
    void a_new_config_says_all_that_transformers_needs();
    void cancels();

private:
    std::string folder_of(const std::string& config) {
        const std::string folder = temporary_.path().toStdString() + "/" + std::to_string(++count_);
        std::filesystem::create_directory(folder);
        if (!config.empty()) put_file(folder + "/config.json", config);
        return folder;
    }
    QTemporaryDir temporary_;
    int count_ = 0;
};

void HfFolderTest::reads_the_configs_of_transformers() {
    const HfConfig qwen3 = read_hf_config(golden("hf_qwen3"));
    QCOMPARE(qwen3.model.model_type, std::string("qwen3"));
    QCOMPARE(qwen3.model.vocab_size, int64_t{128});
    QCOMPARE(qwen3.model.intermediate_size, int64_t{40});
    QCOMPARE(qwen3.model.num_key_value_heads, int64_t{2});
    QCOMPARE(qwen3.model.head_size(), int64_t{16});
    QCOMPARE(qwen3.model.rms_norm_eps, 1e-6);
    QCOMPARE(qwen3.model.rope_parameters.rope_theta, 1e6);
    QVERIFY(qwen3.model.tie_word_embeddings && qwen3.model.qk_norm() && !qwen3.model.qkv_bias());
    QCOMPARE(qwen3.eos_token_ids, std::vector<int64_t>{2});
    QCOMPARE(qwen3.bos_token_id, int64_t{1});
    QCOMPARE(qwen3.pad_token_id, int64_t{0});
    QVERIFY(read_hf_config(golden("hf_qwen2")).model.qkv_bias());
    QVERIFY(!read_hf_config(golden("hf_llama")).model.tie_word_embeddings);
    const HfConfig rope3 = read_hf_config(golden("hf_llama_rope3"));
    QCOMPARE(rope3.model.rope_parameters.rope_type, std::string("llama3"));
    QCOMPARE(rope3.model.rope_parameters.factor, 8.0);
    QCOMPARE(rope3.model.rope_parameters.original_max_position_embeddings, int64_t{16});
    QCOMPARE(rope3.eos_token_ids, (std::vector<int64_t>{2, 7}));
}

static const char* const kSizes =
    R"("vocab_size":100,"hidden_size":64,"intermediate_size":96,"num_hidden_layers":2,"num_attention_heads":4)";

void HfFolderTest::reads_both_forms_of_rope_data() {
    QTest::addColumn<QByteArray>("keys");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<double>("theta");
    QTest::addColumn<double>("factor");
    QTest::addColumn<qint64>("original");
    QTest::addColumn<double>("attention");
    const auto row = [](const char* keys, const char* type, double theta, double factor, qint64 original,
                        double attention) {
        QTest::newRow(keys) << QByteArray(keys) << QByteArray(type) << theta << factor << original << attention;
    };
    row(R"("rope_theta":5e5)", "default", 5e5, 1, 0, 0);
    row(R"("rope_theta":500000,"rope_scaling":null)", "default", 5e5, 1, 0, 0);
    row(R"("rope_scaling":{"type":"linear","factor":2})", "linear", 1e4, 2, 0, 0);
    row(R"("rope_theta":1e6,"rope_scaling":{"type":"yarn","factor":4.0,"original_max_position_embeddings":32}})",
        "yarn", 1e6, 4, 32, 0);
    row(R"("rope_parameters":{"rope_type":"default","rope_theta":7e5})", "default", 7e5, 1, 0, 0);
    row(R"("rope_parameters":{"rope_type":"default","rope_theta":7e5},"rope_theta":7e5,"rope_scaling":null)", "default",
        7e5, 1, 0, 0);
    row(R"("rope_parameters":{"rope_type":"default","rope_theta":7e5},"rope_theta":8e5,"rope_scaling":{"rope_type":"linear","factor":3})",
        "linear", 8e5, 3, 0, 0);
    row(R"("rope_parameters":{"rope_type":"yarn","factor":4,"attention_factor":1.25,"rope_theta":1e4})", "yarn", 1e4, 4,
        0, 1.25);
    row(R"("rope_parameters":{"rope_type":"yarn","factor":40,"mscale":1.0,"mscale_all_dim":1.0})", "yarn", 1e4, 40, 0,
        1.0);
    row(R"("original_max_position_embeddings":64,"rope_parameters":{"rope_type":"yarn","factor":4,"original_max_position_embeddings":32})",
        "yarn", 1e4, 4, 64, 0);
}

void HfFolderTest::reads_both_forms_of_rope() {
    QFETCH(QByteArray, keys);
    QFETCH(QByteArray, type);
    QFETCH(double, theta);
    QFETCH(double, factor);
    QFETCH(qint64, original);
    QFETCH(double, attention);
    if (keys.count('}') > keys.count('{')) keys.chop(1);
    const RopeParameters rope =
        read_hf_config(folder_of(std::string(R"({"model_type":"llama",)") + kSizes + "," + keys.toStdString() + "}"))
            .model.rope_parameters;
    QCOMPARE(QByteArray::fromStdString(rope.rope_type), type);
    QCOMPARE(rope.rope_theta, theta);
    QCOMPARE(rope.factor, factor);
    QCOMPARE(qint64{rope.original_max_position_embeddings}, original);
    QCOMPARE(rope.attention_factor, attention);
}

void HfFolderTest::has_the_defaults_of_transformers() {
    const ModelConfig llama =
        read_hf_config(
            folder_of(std::string(R"({"architectures":["LlamaForCausalLM"],"head_dim":null,)") + kSizes + "}"))
            .model;
    QCOMPARE(llama.model_type, std::string("llama"));
    QCOMPARE(llama.num_key_value_heads, int64_t{4});
    QCOMPARE(llama.head_size(), int64_t{16});
    QCOMPARE(llama.max_position_embeddings, int64_t{2048});
    QCOMPARE(llama.rope_parameters.rope_theta, 1e4);
    QVERIFY(!llama.tie_word_embeddings);
    const ModelConfig qwen3 =
        read_hf_config(folder_of(std::string(R"({"model_type":"qwen3","num_key_value_heads":2,)") + kSizes + "}"))
            .model;
    QCOMPARE(qwen3.head_size(), int64_t{128});
    QCOMPARE(qwen3.max_position_embeddings, int64_t{32768});
}

void HfFolderTest::end_tokens_come_from_generation_config_alone() {
    const std::string folder =
        folder_of(std::string(R"({"model_type":"llama","eos_token_id":9,"bos_token_id":3,)") + kSizes + "}");
    HfConfig config = read_hf_config(folder);
    QVERIFY(config.eos_token_ids.empty() && config.generation_config_json.empty());
    QCOMPARE(config.bos_token_id, int64_t{3});
    for (const auto& [text, ids] :
         {std::pair<std::string, std::vector<int64_t>>{"[5,6]", {5, 6}}, {"4", {4}}, {"null", {}}, {"[]", {}}}) {
        put_file(folder + "/generation_config.json", "{\"eos_token_id\":" + text + ",\"bos_token_id\":null}");
        QCOMPARE(read_hf_config(folder).eos_token_ids, ids);
    }
}

void HfFolderTest::reads_shards() {
    const HfWeights weights(golden("hf_qwen3_bf16"));
    QCOMPARE(weights.names().size(), size_t{24});
    QVERIFY(weights.has("model.norm.weight") && !weights.has("lm_head.weight"));
    // Each tensor is the one of the shard that the index names.
    const Json map = read_json(golden("hf_qwen3_bf16/model.safetensors.index.json")).at("weight_map");
    for (const std::string& name : weights.names()) {
        const SafetensorsFile shard(golden("hf_qwen3_bf16/" + map.at(name).get<std::string>()));
        const TensorInfo* tensor = shard.find(name);
        QVERIFY(tensor && tensor->dtype == Dtype::BF16);
        std::vector<float> here(static_cast<size_t>(tensor->elements())), there = here;
        shard.read_fp32(*tensor, 0, tensor->elements(), here.data());
        weights.read(name, tensor->shape, there.data());
        QVERIFY(here == there);
    }
}

void HfFolderTest::names_what_does_not_fit() {
    const HfWeights weights(golden("hf_llama"));
    std::vector<float> values(128 * 32);
    weights.read("lm_head.weight", {128, 32}, values.data());
    VERIFY_FAILS(weights.read("lm_head.weight", {32, 128}, values.data()), mismatch, "lm_head.weight");
    VERIFY_FAILS(weights.read("lm_head.weight", {128}, values.data()), mismatch, "(128, 32)");
    VERIFY_FAILS(weights.read("lm_head.bias", {128}, values.data()), missing_key, "lm_head.bias");
}

void HfFolderTest::comes_back_from_a_round_trip_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"hf_qwen3", "hf_qwen2", "hf_llama", "hf_llama_rope3", "hf_qwen3_bf16"})
        QTest::newRow(name) << name;
}

void HfFolderTest::comes_back_from_a_round_trip() {
    QFETCH(QString, name);
    const std::string original = golden(name.toStdString()), folder = folder_of("");
    Loaded loaded(original);
    if (name == "hf_qwen3_bf16") loaded.model.dtype = Dtype::BF16;
    write_files(plan_hf_files(loaded.model), folder);
    const HfConfig config = read_hf_config(folder);
    QCOMPARE(to_json(config.model), to_json(loaded.model.config.model));
    QCOMPARE(config.eos_token_ids, loaded.model.config.eos_token_ids);
    QCOMPARE(get_file(folder + "/generation_config.json"), get_file(original + "/generation_config.json"));
    if (name == "hf_qwen3_bf16") {
        const Loaded again(folder);
        QVERIFY(again.values == loaded.values);
    } else {
        QVERIFY(get_file(folder + "/model.safetensors") == get_file(original + "/model.safetensors"));
    }
}

void HfFolderTest::writes_both_forms_of_rope_and_keeps_unknown_keys() {
    Loaded loaded(golden("hf_llama_rope3"));
    Json changed = parse_json(loaded.model.config.config_json, "config.json");
    changed["our_own_key"] = {{"nested", {1, 2.5, "x"}}};
    changed["auto_map"] = {{"AutoModel", "x.Y"}};
    changed["layer_types"] = {"full_attention", "full_attention"};
    loaded.model.config.config_json = dump_json(changed);
    loaded.model.dtype = Dtype::F16;
    const std::string folder = folder_of("");
    write_files(plan_hf_files(loaded.model), folder);
    const Json json = read_json(folder + "/config.json");
    QCOMPARE(json.at("our_own_key"), changed.at("our_own_key"));
    QCOMPARE(json.at("auto_map"), changed.at("auto_map"));
    QCOMPARE(json.at("transformers_version"), changed.at("transformers_version"));
    QVERIFY(!json.contains("layer_types"));
    QCOMPARE(json.at("dtype"), Json("float16"));
    QCOMPARE(json.at("torch_dtype"), Json("float16"));
    QCOMPARE(json.at("rope_theta"), Json(500000.0));
    Json scaling = json.at("rope_scaling");
    QCOMPARE(scaling.at("rope_type"), Json("llama3"));
    QCOMPARE(scaling.at("high_freq_factor"), Json(4.0));
    scaling["rope_theta"] = 500000.0;
    QCOMPARE(json.at("rope_parameters"), scaling);
    QCOMPARE(HfWeights(folder).info("model.norm.weight").dtype, Dtype::F16);
}

void HfFolderTest::splits_into_shards() {
    Loaded loaded(golden("hf_qwen3"));
    loaded.model.max_shard_bytes = 20'000;
    const std::string folder = folder_of("");
    write_files(plan_hf_files(loaded.model), folder);
    QVERIFY(!std::filesystem::exists(folder + "/model.safetensors"));
    const Json index = read_json(folder + "/model.safetensors.index.json");
    int64_t total = 0;
    std::string last_name;
    for (const auto& [name, shard] : index.at("weight_map").items()) {
        QVERIFY(last_name < name);
        last_name = name;
        const SafetensorsFile file(folder + "/" + shard.get<std::string>());
        const TensorInfo* tensor = file.find(name);
        QVERIFY(tensor);
        total += tensor->end - tensor->begin;
        QVERIFY(file.tensors().size() == 1 || file.tensors().back().end - file.tensors().front().begin <= 20'000);
        QCOMPARE(file.metadata().at("format"), std::string("pt"));
    }
    QCOMPARE(index.at("metadata").at("total_size"), Json(total));
    const Loaded again(folder);
    QVERIFY(again.values == loaded.values);
}

void HfFolderTest::plan_is_exact() {
    Loaded loaded(golden("hf_llama"));
    for (const int64_t limit : {int64_t{5} << 30, int64_t{9000}}) {
        loaded.model.max_shard_bytes = limit;
        const std::string folder = folder_of("");
        int64_t last = 0, sum = 0;
        write_files(plan_hf_files(loaded.model), folder,
                    [&](int64_t bytes) { return bytes >= last ? (last = bytes, true) : false; });
        size_t count = 0;
        for (const auto& [name, bytes, write] : plan_hf_files(loaded.model)) {
            QCOMPARE(static_cast<int64_t>(std::filesystem::file_size(folder + "/" + name)), bytes);
            sum += bytes;
            ++count;
        }
        QCOMPARE(last, sum);
        const std::filesystem::directory_iterator files(folder);
        QCOMPARE(count, static_cast<size_t>(std::distance(begin(files), end(files))));
    }
}

void HfFolderTest::copies_the_tokenizer() {
    Loaded loaded(golden("hf_llama"));
    loaded.model.tokenizer_folder = folder_of("{}");
    const std::string folder = folder_of("");
    VERIFY_FAILS(write_files(plan_hf_files(loaded.model), folder), not_found, "tokenizer.json");
    put_file(loaded.model.tokenizer_folder + "/tokenizer.json", "{\"version\": \"1.0\"}");
    put_file(loaded.model.tokenizer_folder + "/chat_template.jinja", "{{ messages }}");
    write_files(plan_hf_files(loaded.model), folder);
    QCOMPARE(get_file(folder + "/tokenizer.json"), std::string("{\"version\": \"1.0\"}"));
    QCOMPARE(get_file(folder + "/chat_template.jinja"), std::string("{{ messages }}"));
    QVERIFY(!std::filesystem::exists(folder + "/tokenizer_config.json"));
    QVERIFY(read_json(folder + "/config.json").contains("hidden_size"));  // the model's, not the tokenizer folder's
}

void HfFolderTest::a_new_config_says_all_that_transformers_needs() {
    Loaded loaded(golden("hf_qwen2"));
    loaded.model.config.config_json.clear();
    loaded.model.config.generation_config_json.clear();
    loaded.model.config.eos_token_ids = {2, 5};
    const std::string folder = folder_of("");
    write_files(plan_hf_files(loaded.model), folder);
    // The order of keys does not matter here.
    const nlohmann::json ours(read_json(folder + "/config.json")), theirs(read_json(golden("hf_qwen2/config.json")));
    for (const auto& [key, value] : theirs.items()) {
        const bool left_out = key == "layer_types" || key == "transformers_version" || key == "max_window_layers" ||
                              key == "sliding_window";
        QVERIFY2(left_out || key == "eos_token_id" || (ours.contains(key) && ours.at(key) == value), key.c_str());
    }
    const Json generation = read_json(folder + "/generation_config.json");
    QCOMPARE(generation, Json({{"bos_token_id", 1}, {"eos_token_id", {2, 5}}, {"pad_token_id", 0}}));
    QCOMPARE(read_hf_config(folder).eos_token_ids, (std::vector<int64_t>{2, 5}));
}

void HfFolderTest::cancels() {
    const Loaded loaded(golden("hf_llama"));
    int calls = 0;
    VERIFY_FAILS(write_files(plan_hf_files(loaded.model), folder_of(""), [&](int64_t) { return ++calls < 5; }),
                 cancelled, "safetensors");
    QCOMPARE(calls, 5);
}

QTEST_APPLESS_MAIN(HfFolderTest)
#include "hf_folder_test.moc"
