// NF4 held to bitsandbytes, and to the folder that transformers writes with it.
#include <QTemporaryDir>
#include <cstring>

#include "engine/base/json.h"
#include "engine/formats/nf4.h"
#include "engine/formats/nf4_export.h"
#include "engine/formats/nf4_weights.h"
#include "tests/engine/formats/format_fixture.h"

using namespace lathe;

namespace {

// A tensor of a golden file as it is stored.
template <class T>
std::vector<T> stored(const SafetensorsFile& file, const std::string& name) {
    const TensorInfo* tensor = file.find(name);
    if (!tensor) qFatal("no %s", name.c_str());
    std::vector<T> values(static_cast<size_t>(tensor->end - tensor->begin) / sizeof(T));
    file.read(*tensor, values.data());
    return values;
}

template <class T>
bool same_bytes(const std::vector<T>& a, const std::vector<T>& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0;
}

std::string bytes_of(const HfWeights& weights, const std::string& name) {
    const TensorInfo& info = weights.info(name);
    std::string bytes(static_cast<size_t>(info.end - info.begin), '\0');
    weights.read_raw(name, 0, info.elements(), bytes.data());
    return bytes;
}

std::vector<float> values_of(const ModelWeights& weights, const std::string& name) {
    std::vector<float> values(static_cast<size_t>(weights.elements(name)));
    weights.read_part(name, 0, weights.elements(name), values.data());
    return values;
}

// All tensors, to be stored as BF16, as of the model that hf_qwen2 has too.
std::vector<TensorSource> plain_sources(const ModelWeights& weights) {
    const HfWeights shapes(golden("hf_qwen2"));
    std::vector<TensorSource> sources;
    for (const std::string& name : weights.names()) {
        sources.push_back({.name = name,
                           .dtype = Dtype::BF16,
                           .shape = shapes.info(name).shape,
                           .data = nullptr,
                           .read = [&weights, name](int64_t first, int64_t count, void* values) {
                               weights.read_part(name, first, count, static_cast<float*>(values));
                           }});
    }
    return sources;
}

HfExport nf4_export_of(const ModelWeights& weights, const std::string& folder) {
    HfExport model;
    model.config = read_model_config(folder);
    model.dtype = Dtype::BF16;
    model.weights = nf4_sources(plain_sources(weights), weights);
    model.quantization_config = nf4_config(Dtype::BF16);
    return model;
}

}  // namespace

class Nf4Test : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equals_bitsandbytes_data();
    void equals_bitsandbytes();
    void nests_many_scales_as_bitsandbytes_does();
    void reads_any_range();
    void reads_what_transformers_wrote();
    void writes_what_transformers_writes();
    void comes_back_bit_equal();
    void quantises_again_what_is_held_otherwise();
    void a_plain_export_does_not_claim_to_be_quantised();
    void refuses_to_quantise_what_is_not_finite();
};

void Nf4Test::equals_bitsandbytes_data() {
    QTest::addColumn<int>("block");
    QTest::newRow("fp32_64") << 64;
    QTest::newRow("bf16_64") << 64;
    QTest::newRow("fp16_128") << 128;
}

void Nf4Test::equals_bitsandbytes() {
    QFETCH(int, block);
    const std::string set = QTest::currentDataTag();
    const SafetensorsFile file(golden("nf4.safetensors"));
    const TensorInfo& source = *file.find(set + ".values");
    const int64_t n = source.elements();
    std::vector<float> values(static_cast<size_t>(n)), absmax(static_cast<size_t>(nf4_blocks(n, block))), again(values);
    file.read_fp32(source, 0, n, values.data());
    std::vector<uint8_t> codes(static_cast<size_t>(n + 1) / 2);
    nf4_absmax(values.data(), n, block, absmax.data());
    quantize_nf4(values.data(), absmax.data(), n, block, codes.data());
    QVERIFY(same_bytes(absmax, stored<float>(file, set + ".absmax")));
    QVERIFY(same_bytes(codes, stored<uint8_t>(file, set + ".codes")));

    const NestedAbsmax nested = quantize_absmax(absmax);
    QVERIFY(same_bytes({nested.offset}, stored<float>(file, set + ".nested_offset")));
    QVERIFY(same_bytes(nested.absmax, stored<float>(file, set + ".nested_absmax")));
    QVERIFY(same_bytes(nested.codes, stored<uint8_t>(file, set + ".nested_codes")));

    dequantize_absmax(nested.codes.data(), dynamic_map().data(), nested.absmax.data(), nested.offset, kNf4NestedBlock,
                      0, static_cast<int64_t>(absmax.size()), absmax.data());
    again.resize(static_cast<size_t>(n));
    dequantize_nf4(codes.data(), absmax.data(), block, 0, n, again.data());
    QVERIFY(same_bytes(again, stored<float>(file, set + ".nested_dequantized")));
}

void Nf4Test::nests_many_scales_as_bitsandbytes_does() {
    const SafetensorsFile file(golden("nf4.safetensors"));
    QVERIFY(same_bytes({dynamic_map().begin(), dynamic_map().end()}, stored<float>(file, "dynamic_map")));
    std::vector<float> scales(5001);  // as the golden file's script makes them
    for (size_t i = 0; i < scales.size(); ++i)
        scales[i] = static_cast<float>(static_cast<uint32_t>(i * 2654435761U) >> 8) * 0x1p-24F;
    const NestedAbsmax nested = quantize_absmax(scales);
    QVERIFY(same_bytes({nested.offset}, stored<float>(file, "scales.nested_offset")));
    QVERIFY(same_bytes(nested.absmax, stored<float>(file, "scales.nested_absmax")));
    QVERIFY(same_bytes(nested.codes, stored<uint8_t>(file, "scales.nested_codes")));
}

void Nf4Test::reads_any_range() {
    const std::string name = "model.layers.1.mlp.down_proj.weight";
    const auto weights = open_weights(golden("nf4_qwen2"));
    const std::vector<float> whole = values_of(*weights, name);
    for (const auto& [first, count] : {std::pair(0, 1), std::pair(63, 2), std::pair(1, 777), std::pair(1279, 1)}) {
        std::vector<float> part(static_cast<size_t>(count));
        weights->read_part(name, first, count, part.data());
        QVERIFY(std::equal(part.begin(), part.end(), whole.begin() + first));
    }
    weights->read_part(name, 1280, 0, nullptr);
    float none;
    VERIFY_FAILS(weights->read_part(name, 1280, 1, &none), out_of_range, name);
    VERIFY_FAILS(weights->read_part(name, -1, 1, &none), out_of_range, name);
    VERIFY_FAILS(weights->require(name, {40, 32}), mismatch, "(32, 40)");
}

void Nf4Test::reads_what_transformers_wrote() {
    const std::string folder = golden("nf4_qwen2");
    QCOMPARE(read_model_config(folder).model.hidden_size, int64_t{32});
    const auto weights = open_weights(folder);
    const HfWeights source(golden("hf_qwen2"));
    QCOMPARE(weights->names(), source.names());
    const SafetensorsFile file(folder + "/dequantized.safetensors");
    for (const TensorInfo& tensor : file.tensors()) {
        std::vector<float> expected(static_cast<size_t>(tensor.elements()));
        file.read_fp32(tensor, 0, tensor.elements(), expected.data());
        weights->require(tensor.name, tensor.shape);
        QVERIFY(same_bytes(values_of(*weights, tensor.name), expected));
    }
}

void Nf4Test::writes_what_transformers_writes() {
    const std::string source = golden("hf_qwen2");
    const HfWeights weights(source);
    const HfExport model = nf4_export_of(weights, source);
    const QTemporaryDir folder;
    write_files(plan_hf_files(model), folder.path().toStdString());
    QVERIFY(get_file(folder.filePath("model.safetensors").toStdString()) ==
            get_file(golden("nf4_qwen2/model.safetensors")));
    nlohmann::json ours(read_json(folder.filePath("config.json").toStdString()).at("quantization_config"));
    nlohmann::json theirs(read_json(golden("nf4_qwen2/config.json")).at("quantization_config"));
    QCOMPARE(ours.at("llm_int8_skip_modules"), nlohmann::json({"lm_head"}));  // what null stands for
    for (const char* key : {"_load_in_4bit", "_load_in_8bit", "llm_int8_skip_modules"}) theirs.erase(key);
    ours.erase("llm_int8_skip_modules");
    QCOMPARE(ours, theirs);
}

void Nf4Test::comes_back_bit_equal() {
    const std::string source = golden("nf4_qwen2");
    const auto weights = open_weights(source);
    const QTemporaryDir folder;
    write_files(plan_hf_files(nf4_export_of(*weights, source)), folder.path().toStdString());
    QVERIFY(get_file(folder.filePath("model.safetensors").toStdString()) == get_file(source + "/model.safetensors"));
}

// Scales in fp32, as they are without double quantisation.
void Nf4Test::quantises_again_what_is_held_otherwise() {
    const std::string name = "model.layers.0.self_attn.k_proj.weight";
    const HfWeights source(golden("nf4_qwen2"));
    const std::vector<float> absmax = {0.5F, 0.25F, 1.0F, 0.125F, 0.5F, 0.5F, 2.0F, 0.5F};
    const std::string codes = bytes_of(source, name);
    const std::string state = R"({"quant_type": "nf4", "blocksize": 64, "dtype": "float32", "shape": [16, 32]})";
    const QTemporaryDir folder;
    const std::string path = folder.path().toStdString();
    write_safetensors(path + "/model.safetensors",
                      {{name, Dtype::U8, {256, 1}, codes.data(), false},
                       {name + ".absmax", Dtype::F32, {8}, absmax.data()},
                       {name + ".quant_map", Dtype::F32, {16}, kNf4Levels.data()},
                       {name + ".quant_state.bitsandbytes__nf4",
                        Dtype::U8,
                        {static_cast<int64_t>(state.size())},
                        state.data(),
                        false}},
                      {});
    const auto weights = open_weights(path);
    std::vector<float> expected(512);
    dequantize_nf4(reinterpret_cast<const uint8_t*>(codes.data()), absmax.data(), 64, 0, 512, expected.data());
    QVERIFY(same_bytes(values_of(*weights, name), expected));
    QVERIFY(weights->stored_nf4(name).empty());

    const auto read = [&](int64_t first, int64_t count, void* destination) {
        weights->read_part(name, first, count, static_cast<float*>(destination));
    };
    double share = 0;
    const auto sources =
        nf4_sources({{.name = name, .dtype = Dtype::F32, .shape = {16, 32}, .data = nullptr, .read = read}}, *weights,
                    Scales::computed, [&](double done) { share = done; });
    QCOMPARE(sources.size(), size_t{6});
    QCOMPARE(share, 1.0);
    std::string again(256, '\0');
    sources[0].read(0, 256, again.data());
    QVERIFY(again == codes);  // each block has a value of its full scale
}

void Nf4Test::a_plain_export_does_not_claim_to_be_quantised() {
    const std::string source = golden("nf4_qwen2");
    const auto weights = open_weights(source);
    HfExport model;
    model.config = read_model_config(source);
    model.dtype = Dtype::BF16;
    model.weights = plain_sources(*weights);
    const QTemporaryDir folder;
    write_files(plan_hf_files(model), folder.path().toStdString());
    QVERIFY(!read_json(folder.filePath("config.json").toStdString()).contains("quantization_config"));
    const auto again = open_weights(folder.path().toStdString());
    for (const std::string& name : weights->names())
        QVERIFY(same_bytes(values_of(*again, name), values_of(*weights, name)));
}

void Nf4Test::refuses_to_quantise_what_is_not_finite() {
    const HfWeights weights(golden("hf_qwen2"));
    for (const float bad : {NAN, INFINITY, 70000.0F}) {
        const auto read = [&](int64_t, int64_t count, void* values) {
            std::fill_n(static_cast<float*>(values), count, 1.0F);
            static_cast<float*>(values)[count / 2] = bad;
        };
        const TensorSource source = {.name = "model.layers.0.mlp.up_proj.weight",
                                     .dtype = Dtype::F16,
                                     .shape = {8, 16},
                                     .data = nullptr,
                                     .read = read};
        VERIFY_FAILS(nf4_sources({source}, weights), out_of_range, "up_proj");
    }
}

QTEST_APPLESS_MAIN(Nf4Test)
#include "nf4_test.moc"
