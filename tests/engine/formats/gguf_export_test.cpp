// GGUF files that Lathe writes: held to those that the Python package gguf wrote of the same folders, to the types that
// llama.cpp's quantiser chooses, and to the folders themselves.
#include <QTemporaryDir>
#include <bit>
#include <cmath>

#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/formats/gguf_export.h"
#include "engine/formats/gguf_model.h"
#include "tests/engine/formats/format_fixture.h"

using namespace lathe;

namespace {

std::vector<TensorSource> sources_of(const HfWeights& folder) {
    std::vector<TensorSource> sources;
    for (const std::string& name : folder.names())
        sources.push_back({.name = name,
                           .dtype = Dtype::F32,
                           .shape = folder.info(name).shape,
                           .data = nullptr,
                           .read = [&folder, name](int64_t first, int64_t count, void* destination) {
                               folder.read_part(name, first, count, static_cast<float*>(destination));
                           }});
    return sources;
}

// The toy vocabulary of the golden file.
GgufKeys tokenizer_of(const GgufFile& file) {
    GgufKeys keys;
    for (const auto& [key, value] : file.values())
        if (key.starts_with("tokenizer.")) keys.emplace_back(key, value);
    return keys;
}

bool same_bits(float a, float b) {
    return std::bit_cast<uint32_t>(a) == std::bit_cast<uint32_t>(b);
}

std::vector<float> all_of(const GgufFile& file, const GgufTensor& tensor) {
    std::vector<float> values(static_cast<size_t>(tensor.elements()));
    file.read_fp32(tensor, 0, tensor.elements(), values.data());
    return values;
}

std::vector<float> all_of(const ModelWeights& weights, const std::string& name) {
    std::vector<float> values(static_cast<size_t>(weights.elements(name)));
    weights.read_part(name, 0, weights.elements(name), values.data());
    return values;
}

bool same_bits(const std::vector<float>& a, const std::vector<float>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](float x, float y) { return same_bits(x, y); });
}

// One block of a qwen2, 96 wide: `weights` for each of its matrices' and vectors' elements.
struct SmallModel {
    explicit SmallModel(int64_t vocab) : values(static_cast<size_t>(vocab * 96)) {
        for (size_t i = 0; i < values.size(); ++i) values[i] = std::sin(static_cast<float>(i)) * 0.1F;
        ModelConfig& config = model.config.model;
        config.model_type = "qwen2";
        config.vocab_size = vocab;
        config.hidden_size = 96;
        config.num_attention_heads = config.num_key_value_heads = 2;
        config.num_hidden_layers = 1;
        model.name = "small";
        model.weights = {
            {.name = "model.embed_tokens.weight", .dtype = Dtype::F32, .shape = {vocab, 96}, .data = values.data()}};
    }
    std::vector<float> values;
    GgufExport model;
};

}  // namespace

class GgufExportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writes_what_the_reference_wrote_data();
    void writes_what_the_reference_wrote();
    void reads_back_as_the_folder_data();
    void reads_back_as_the_folder();
    void keeps_rope_scaling_data();
    void keeps_rope_scaling();
    void types_are_those_of_llama_cpp();
    void names_of_file_types();
    void threads_change_nothing();
    void leaves_no_file_behind();
    void refuses_other_maths_data();
    void refuses_other_maths();

private:
    std::string fresh(const char* name = "x.gguf") const {
        const std::string path = folder_.path().toStdString() + "/" + name;
        std::filesystem::remove(path);
        return path;
    }
    QTemporaryDir folder_;
};

void GgufExportTest::writes_what_the_reference_wrote_data() {
    QTest::addColumn<int>("type");
    for (const char* name : {"qwen2", "llama", "llama_rope3"})
        QTest::newRow(name) << static_cast<int>(GgufFileType::F16);
    QTest::newRow("qwen3_bf16") << static_cast<int>(GgufFileType::BF16);
}

void GgufExportTest::writes_what_the_reference_wrote() {
    QFETCH(const int, type);
    const std::string name = QTest::currentDataTag();
    const HfWeights folder(golden("hf_" + name));
    const GgufFile wanted(golden("gguf/" + name + ".gguf"));
    const std::string path = fresh();
    write_gguf(path, {.config = read_hf_config(golden("hf_" + name)),
                      .weights = sources_of(folder),
                      .type = static_cast<GgufFileType>(type),
                      .name = name,
                      .tokenizer = tokenizer_of(wanted)});
    const GgufFile found(path);
    QCOMPARE(found.tensors().size(), wanted.tensors().size());
    for (const GgufTensor& tensor : wanted.tensors()) {
        const GgufTensor* ours = found.find(tensor.name);
        QVERIFY2(ours && ours->type == tensor.type && ours->shape == tensor.shape, tensor.name.c_str());
        const std::vector<float> a = all_of(found, *ours), b = all_of(wanted, tensor);
        for (size_t i = 0; i < a.size(); ++i) {
            const bool same =
                tensor.name == "rope_freqs.weight" ? std::abs(a[i] - b[i]) < 1e-5F * b[i] : same_bits(a[i], b[i]);
            QVERIFY2(same, tensor.name.c_str());
        }
    }
    for (const auto& [key, value] : wanted.values()) {
        if (key == "general.file_type") continue;
        const auto ours = found.values().find(key);
        QVERIFY2(ours != found.values().end(), key.c_str());
        QVERIFY2(ours->second.type == value.type && ours->second.element == value.element &&
                     ours->second.count == value.count && ours->second.bytes == value.bytes,
                 key.c_str());
    }
    QCOMPARE(found.integer("general.file_type").value(), static_cast<int64_t>(type));
    QCOMPARE(found.text("general.name").value(), name);
}

void GgufExportTest::reads_back_as_the_folder_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"qwen2", "qwen3", "llama", "llama_rope3", "qwen3_bf16"}) QTest::newRow(name) << name;
}

void GgufExportTest::reads_back_as_the_folder() {
    QFETCH(const QString, name);
    const std::string source = golden("hf_" + name.toStdString()), path = fresh();
    const HfWeights folder(source);
    const GgufExport model{
        .config = read_hf_config(source), .weights = sources_of(folder), .type = GgufFileType::F32, .threads = 2};
    int64_t reported = 0;
    const std::string hash = write_gguf(path, model, [&](int64_t bytes) {
        reported = bytes;
        return true;
    });
    QCOMPARE(hash, sha256_of_file(path));
    QCOMPARE(static_cast<int64_t>(std::filesystem::file_size(path)), gguf_bytes(model));
    QVERIFY(reported > gguf_bytes(model) - 32 && reported <= gguf_bytes(model));
    const GgufWeights file(path);
    QCOMPARE(file.names(), folder.names());
    for (const std::string& tensor : folder.names()) {
        file.require(tensor, folder.info(tensor).shape);
        QVERIFY2(same_bits(all_of(file, tensor), all_of(folder, tensor)), tensor.c_str());
    }
    ModelConfig found = read_model_config(path).model, wanted = model.config.model;
    QCOMPARE(found.head_size(), wanted.head_size());
    found.head_dim = wanted.head_dim;
    found.initializer_range = wanted.initializer_range;
    QCOMPARE(to_json(found), to_json(wanted));
}

void GgufExportTest::keeps_rope_scaling_data() {
    QTest::addColumn<QString>("type");
    for (const char* type : {"linear", "yarn"}) QTest::newRow(type) << type;
}

void GgufExportTest::keeps_rope_scaling() {
    QFETCH(const QString, type);
    SmallModel small(4);
    RopeParameters& rope = small.model.config.model.rope_parameters;
    rope.rope_type = type.toStdString();
    rope.factor = 4;
    if (rope.rope_type == "yarn") {
        rope.original_max_position_embeddings = 128;
        rope.beta_fast = 16;
        rope.beta_slow = 2;
    }
    const std::string path = fresh();
    write_gguf(path, small.model);
    ModelConfig found = read_model_config(path).model;
    QCOMPARE(to_json(found), to_json(small.model.config.model));
}

void GgufExportTest::types_are_those_of_llama_cpp() {
    const Json models = read_json(golden("gguf/types.json"));
    QCOMPARE(models.size(), size_t{8});
    for (const auto& [name, entry] : models.items()) {
        ModelConfig model;
        const Json& config = entry["config"];
        model.model_type = config["model_type"].get<std::string>();
        model.num_hidden_layers = config["num_hidden_layers"].get<int64_t>();
        model.num_attention_heads = config["num_attention_heads"].get<int64_t>();
        model.num_key_value_heads = config["num_key_value_heads"].get<int64_t>();
        model.tie_word_embeddings = config["tie_word_embeddings"].get<bool>();
        for (const Json& row : entry["tensors"]) {
            size_t column = 2;
            for (const char* type : {"q8_0", "q4_0", "q4_k_m"}) {
                const GgufType found = gguf_tensor_type(parse_gguf_file_type(type), row[0].get<std::string>(),
                                                        row[1].get<std::vector<int64_t>>(), model);
                const std::string wanted = row[column++].get<std::string>();
                QVERIFY2(gguf_type_name(static_cast<uint32_t>(found)) == wanted,
                         (name + " " + row[0].get<std::string>() + " " + type).c_str());
            }
        }
    }
}

void GgufExportTest::names_of_file_types() {
    QCOMPARE(static_cast<int>(parse_gguf_file_type("q4_k_m")), 15);
    QCOMPARE(static_cast<int>(parse_gguf_file_type("bf16")), 32);
    VERIFY_FAILS(parse_gguf_file_type("q2_k"), out_of_range, "gguf_type");
    VERIFY_FAILS(parse_gguf_file_type(""), out_of_range, "q4_k_m");
}

// Over more than one chunk, with a last one that is cut short.
void GgufExportTest::threads_change_nothing() {
    SmallModel small(11000);
    for (const GgufFileType type : {GgufFileType::F16, GgufFileType::Q8_0, GgufFileType::Q4_K_M}) {
        small.model.type = type;
        small.model.threads = 1;
        const std::string alone = write_gguf(fresh(), small.model);
        small.model.threads = 5;
        const std::string path = fresh();
        QCOMPARE(write_gguf(path, small.model), alone);
        QCOMPARE(static_cast<int64_t>(std::filesystem::file_size(path)), gguf_bytes(small.model));
    }
}

void GgufExportTest::leaves_no_file_behind() {
    SmallModel small(8);
    const std::string path = fresh();
    VERIFY_FAILS(write_gguf(path, small.model, [](int64_t) { return false; }), cancelled, "x.gguf");
    QVERIFY(!std::filesystem::exists(path));
    for (const GgufFileType type : {GgufFileType::F32, GgufFileType::F16, GgufFileType::Q4_0}) {
        small.model.type = type;
        small.values[700] = std::nanf("");
        VERIFY_FAILS(write_gguf(path, small.model), out_of_range, "token_embd.weight");
        QVERIFY(!std::filesystem::exists(path));
    }
    small.values[700] = 1e6F;
    VERIFY_FAILS((small.model.type = GgufFileType::F16, write_gguf(path, small.model)), out_of_range, "F16");
    small.model.type = GgufFileType::BF16;
    write_gguf(path, small.model);
    QVERIFY(error_of([&] { write_gguf(path, small.model); }).has_value());
    QVERIFY(std::filesystem::exists(path));
}

void GgufExportTest::refuses_other_maths_data() {
    QTest::addColumn<QString>("key");
    for (const char* key : {"attention_bias", "head_dim", "rope_parameters.rope_type",
                            "rope_parameters.attention_factor", "model.extra.weight"})
        QTest::newRow(key) << key;
}

void GgufExportTest::refuses_other_maths() {
    QFETCH(const QString, key);
    SmallModel small(8);
    ModelConfig& model = small.model.config.model;
    if (key == "attention_bias") {
        model.model_type = "qwen3";
        model.attention_bias = true;
    } else if (key == "head_dim") {
        model.head_dim = 64;
    } else if (key == "rope_parameters.rope_type") {
        model.rope_parameters.rope_type = "llama3";
    } else if (key == "rope_parameters.attention_factor") {
        model.rope_parameters.rope_type = "yarn";
        model.rope_parameters.factor = 4;
        model.rope_parameters.attention_factor = 1.5;
    } else {
        small.model.weights[0].name = "model.extra.weight";
    }
    VERIFY_FAILS(gguf_bytes(small.model), unsupported, key.toStdString());
    const std::string path = fresh();
    VERIFY_FAILS(write_gguf(path, small.model), unsupported, key.toStdString());
    QVERIFY(!std::filesystem::exists(path));
}

QTEST_APPLESS_MAIN(GgufExportTest)
#include "gguf_export_test.moc"
