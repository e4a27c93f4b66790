// One model in full, and the spread of its values, held to numpy.
#include <QTemporaryDir>
#include <cmath>

#include "engine/base/json.h"
#include "engine/library/inspect.h"
#include "tests/engine/formats/format_fixture.h"

using namespace lathe;

class InspectTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tells_a_folder();
    void tells_a_gguf();
    void tells_what_nf4_holds();
    void tells_what_is_wrong_and_the_rest();
    void spreads_as_numpy_has_it();
    void one_value_alone_has_a_bin();
    void nothing_finite();
    void refuses_and_cancels();

private:
    // A folder with that one F32 tensor "w".
    std::string folder_with(const std::vector<float>& values) {
        const std::string folder = temporary_.path().toStdString() + "/" + std::to_string(++count_);
        std::filesystem::create_directory(folder);
        const std::string bytes(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float));
        put_file(folder + "/model.safetensors",
                 safetensors_with(R"({"w":{"dtype":"F32","shape":[)" + std::to_string(values.size()) +
                                      R"(],"data_offsets":[0,)" + std::to_string(bytes.size()) + "]}}",
                                  bytes));
        return folder;
    }
    QTemporaryDir temporary_;
    int count_ = 0;
};

void InspectTest::tells_a_folder() {
    const ModelDetail detail = inspect_model(golden("hf_qwen3_bf16"));
    QVERIFY(!detail.entry.problem);
    QCOMPARE(detail.config, get_file(golden("hf_qwen3_bf16/config.json")));
    const auto row = std::find_if(detail.tensors.begin(), detail.tensors.end(), [](const TensorRow& tensor) {
        return tensor.name == "model.layers.1.mlp.gate_proj.weight";
    });
    QVERIFY(row != detail.tensors.end());
    QCOMPARE(row->shape, (std::vector<int64_t>{40, 32}));
    QCOMPARE(row->dtype, std::string("BF16"));
    QCOMPARE(row->bytes, int64_t{40 * 32 * 2});
    const std::string folder = folder_with({1});
    put_file(folder + "/tokenizer_config.json", R"({"chat_template":"{{ messages }}"})");
    QCOMPARE(inspect_model(folder).chat_template, std::string("{{ messages }}"));
}

void InspectTest::tells_a_gguf() {
    const ModelDetail detail = inspect_model(golden("gguf/llama_rope3.gguf"));
    QVERIFY(!detail.entry.problem);
    const Json config = parse_json(detail.config, "config");
    QCOMPARE(config["general.architecture"].get<std::string>(), std::string("llama"));
    QCOMPARE(config["llama.embedding_length"].get<int>(), 32);
    QVERIFY(config["tokenizer.ggml.tokens"].get<std::string>() == "a list of 128");
    QCOMPARE(detail.tensors.size(), size_t{21});
    const auto row = std::find_if(detail.tensors.begin(), detail.tensors.end(),
                                  [](const TensorRow& tensor) { return tensor.name == "blk.0.ffn_gate.weight"; });
    QVERIFY(row != detail.tensors.end());
    QCOMPARE(row->shape, (std::vector<int64_t>{40, 32}));
    QCOMPARE(row->dtype, std::string("F16"));
}

void InspectTest::tells_what_nf4_holds() {
    const ModelDetail detail = inspect_model(golden("nf4_qwen2"));
    QVERIFY(!detail.entry.problem);
    QCOMPARE(detail.entry.parameters, inspect_model(golden("hf_qwen2")).entry.parameters);
    const std::string name = "model.layers.1.mlp.down_proj.weight";
    const auto row = std::find_if(detail.tensors.begin(), detail.tensors.end(),
                                  [&](const TensorRow& tensor) { return tensor.name == name; });
    QVERIFY(row != detail.tensors.end());
    QCOMPARE(row->shape, (std::vector<int64_t>{32, 40}));
    QCOMPARE(row->dtype, std::string("NF4"));
    const std::string folder = folder_with({1});
    std::filesystem::copy_file(golden("nf4_qwen2/dequantized.safetensors"), folder + "/model.safetensors",
                               std::filesystem::copy_options::overwrite_existing);
    const TensorHistogram found = tensor_histogram(golden("nf4_qwen2"), name), wanted = tensor_histogram(folder, name);
    QVERIFY(found.min == wanted.min && found.max == wanted.max && found.mean == wanted.mean);
    QCOMPARE(found.bins, wanted.bins);
}

void InspectTest::tells_what_is_wrong_and_the_rest() {
    const std::string folder = folder_with({1, 2});
    QCOMPARE(inspect_model(folder).tensors.size(), size_t{1});
    QVERIFY(inspect_model(folder).entry.problem->kind == ErrorKind::not_found);
    put_file(folder + "/config.json", R"({"model_type":"gemma3"})");
    const ModelDetail detail = inspect_model(folder);
    QVERIFY(detail.entry.problem->kind == ErrorKind::unsupported);
    QCOMPARE(detail.config, std::string(R"({"model_type":"gemma3"})"));
    VERIFY_FAILS(inspect_model(folder + "/none"), not_found, "none");
}

void InspectTest::spreads_as_numpy_has_it() {
    const std::string rounding = folder_with({1});
    std::filesystem::copy_file(golden("hf_rounding.safetensors"), rounding + "/model.safetensors",
                               std::filesystem::copy_options::overwrite_existing);
    for (const Json& row : read_json(golden("tensor_stats.json"))) {
        std::string path = golden(row["file"].get<std::string>());
        if (path.ends_with("hf_rounding.safetensors")) path = rounding;
        if (path.ends_with("/model.safetensors")) path = std::filesystem::path(path).parent_path().string();
        const TensorHistogram found = tensor_histogram(path, row["tensor"].get<std::string>());
        QCOMPARE(found.elements, row["elements"].get<int64_t>());
        QCOMPARE(found.zeros, row["zeros"].get<int64_t>());
        QCOMPARE(found.non_finite, row["non_finite"].get<int64_t>());
        QCOMPARE(found.min, row["min"].get<double>());
        QCOMPARE(found.max, row["max"].get<double>());
        const double scale = row["std"].get<double>();
        QVERIFY(std::abs(found.mean - row["mean"].get<double>()) <= 1e-12 * scale);
        QVERIFY(std::abs(found.std - scale) <= 1e-12 * scale);
        QCOMPARE(found.bins, row["bins"].get<std::vector<int64_t>>());
    }
}

void InspectTest::one_value_alone_has_a_bin() {
    const TensorHistogram found = tensor_histogram(folder_with({2, 2, 2}), "w");
    QVERIFY(found.min == 2 && found.max == 2 && found.mean == 2 && found.std == 0);
    QCOMPARE(found.bins[kHistogramBins / 2], int64_t{3});
}

void InspectTest::nothing_finite() {
    const TensorHistogram found = tensor_histogram(folder_with({NAN, INFINITY}), "w");
    QVERIFY(found.non_finite == 2 && found.min == 0 && found.max == 0 && found.std == 0);
    QCOMPARE(found.bins, std::vector<int64_t>(kHistogramBins));
    QCOMPARE(tensor_histogram(folder_with({}), "w").elements, int64_t{0});
}

void InspectTest::refuses_and_cancels() {
    const std::string folder = folder_with(std::vector<float>(600'000, 1.0F));
    VERIFY_FAILS(tensor_histogram(folder, "v"), missing_key, "v");
    std::vector<int64_t> told;
    tensor_histogram(folder, "w", [&](int64_t done) { return told.push_back(done), true; });
    QCOMPARE(told.size(), size_t{6});
    QCOMPARE(told.back(), int64_t{1'200'000});
    VERIFY_FAILS(tensor_histogram(folder, "w", [](int64_t done) { return done < 500'000; }), cancelled, "w");
    put_file(folder + "/model.safetensors",
             safetensors_with(R"({"w":{"dtype":"I8","shape":[2],"data_offsets":[0,2]}})", "ab"));
    VERIFY_FAILS(tensor_histogram(folder, "w"), unsupported, "I8");
}

QTEST_GUILESS_MAIN(InspectTest)
#include "inspect_test.moc"
