// GGUF files: blocks held bit by bit to the Python package gguf, models to the Hugging Face folders they were made of.
#include <QTemporaryDir>
#include <bit>

#include "engine/formats/float16.h"
#include "engine/formats/gguf_model.h"
#include "engine/formats/hf_folder.h"
#include "tests/engine/formats/format_fixture.h"
#include "tests/engine/formats/gguf_builder.h"

using namespace lathe;
using lathe_test::GgufBuilder;

namespace {

std::vector<float> all_of(const ModelWeights& weights, const std::string& name) {
    std::vector<float> values(static_cast<size_t>(weights.elements(name)));
    weights.read_part(name, 0, static_cast<int64_t>(values.size()), values.data());
    return values;
}

bool same_bits(const std::vector<float>& a, const std::vector<float>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](float x, float y) { return std::bit_cast<uint32_t>(x) == std::bit_cast<uint32_t>(y); });
}

// A llama whose every setting can be changed.
GgufBuilder small_llama() {
    GgufBuilder file;
    file.text("general.architecture", "llama");
    for (const auto& [key, value] : {std::pair<const char*, uint64_t>{"embedding_length", 32},
                                     {"feed_forward_length", 40},
                                     {"block_count", 2},
                                     {"attention.head_count", 4},
                                     {"attention.head_count_kv", 2},
                                     {"context_length", 64}})
        file.u32(std::string("llama.") + key, value);
    file.f32("llama.attention.layer_norm_rms_epsilon", 1e-5F);
    file.data = std::string(32 * 4 * 4, '\0');
    file.tensor("token_embd.weight", {32, 4}, 0, 0);
    return file;
}

}  // namespace

class GgufTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void blocks_are_those_of_the_reference_data();
    void blocks_are_those_of_the_reference();
    void a_model_is_its_folder_data();
    void a_model_is_its_folder();
    void pieces_are_the_whole();
    void settings_are_those_of_the_folder_data();
    void settings_are_those_of_the_folder();
    void reads_the_metadata();
    void reads_rope_scaling();
    void refuses_other_maths_data();
    void refuses_other_maths();
    void an_alignment_of_its_own();
    void knows_a_gguf_file();

private:
    std::string put(const std::string& bytes, const char* name = "x.gguf") const {
        const std::string path = folder_.path().toStdString() + "/" + name;
        put_file(path, bytes);
        return path;
    }
    QTemporaryDir folder_;
};

void GgufTest::blocks_are_those_of_the_reference_data() {
    QTest::addColumn<int>("type");
    for (const auto type : {GgufType::Q4_0, GgufType::Q4_1, GgufType::Q5_0, GgufType::Q5_1, GgufType::Q8_0,
                            GgufType::Q4_K, GgufType::Q5_K, GgufType::Q6_K})
        QTest::newRow(gguf_type_name(static_cast<uint32_t>(type))) << static_cast<int>(type);
}

void GgufTest::blocks_are_those_of_the_reference() {
    QFETCH(const int, type);
    const std::string name = gguf_type_name(static_cast<uint32_t>(type));
    const SafetensorsFile file(golden("gguf/blocks.safetensors"));
    const TensorInfo* blocks = file.find(name + ".blocks");
    const TensorInfo* weights = file.find(name + ".weights");
    QVERIFY(blocks && weights);
    QCOMPARE(blocks->shape[1], find_gguf_block(static_cast<uint32_t>(type))->bytes);
    std::vector<uint8_t> bytes(static_cast<size_t>(blocks->elements()));
    std::vector<float> wanted(static_cast<size_t>(weights->elements())), found(wanted.size());
    file.read(*blocks, bytes.data());
    file.read(*weights, wanted.data());
    dequantize(static_cast<GgufType>(type), bytes.data(), blocks->shape[0], found.data());
    QVERIFY(same_bits(found, wanted));
}

void GgufTest::a_model_is_its_folder_data() {
    QTest::addColumn<bool>("halves");  // the file rounded the matrices to fp16
    for (const char* name : {"qwen2", "llama", "llama_rope3"}) QTest::newRow(name) << true;
    QTest::newRow("qwen3_bf16") << false;
}

void GgufTest::a_model_is_its_folder() {
    QFETCH(const bool, halves);
    const std::string name = QTest::currentDataTag();
    const HfWeights folder(golden("hf_" + name));
    const GgufWeights file(golden("gguf/" + name + ".gguf"));
    QCOMPARE(file.names(), folder.names());
    for (const std::string& tensor : folder.names()) {
        const std::vector<int64_t>& shape = folder.info(tensor).shape;
        file.require(tensor, shape);
        std::vector<float> wanted = all_of(folder, tensor);
        if (halves && shape.size() > 1)
            for (float& weight : wanted) weight = fp16_to_fp32(fp32_to_fp16(weight));
        QVERIFY2(same_bits(all_of(file, tensor), wanted), tensor.c_str());
    }
}

void GgufTest::pieces_are_the_whole() {
    GgufBuilder builder = small_llama();
    for (int i = 0; i < 32 * 4 * 4; ++i) builder.data += static_cast<char>(i * 37 & 0x3F);  // Q8_0 of 4 rows of 96
    builder.tensor("x", {96, 4}, 8, 512);
    const GgufWeights quantized(put(builder.bytes()));
    const GgufWeights rotated(golden("gguf/llama.gguf"));
    for (const auto& [weights, name] : {std::pair<const GgufWeights*, const char*>{&quantized, "x"},
                                        {&rotated, "model.layers.1.self_attn.q_proj.weight"}}) {
        const std::vector<float> whole = all_of(*weights, name);
        for (const int64_t size : {1, 7, 31, 33, 100}) {
            std::vector<float> pieces(whole.size());
            for (int64_t at = 0; at < static_cast<int64_t>(whole.size()); at += size)
                weights->read_part(name, at, std::min(size, static_cast<int64_t>(whole.size()) - at),
                                   pieces.data() + at);
            QVERIFY(same_bits(pieces, whole));
        }
    }
}

void GgufTest::settings_are_those_of_the_folder_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"qwen2", "llama", "qwen3_bf16", "llama_rope3"}) QTest::newRow(name) << name;
}

void GgufTest::settings_are_those_of_the_folder() {
    QFETCH(const QString, name);
    const HfConfig file = read_model_config(golden("gguf/" + name.toStdString() + ".gguf"));
    ModelConfig wanted = read_model_config(golden("hf_" + name.toStdString())).model, found = file.model;
    QCOMPARE(found.head_size(), wanted.head_size());
    found.head_dim = wanted.head_dim;
    found.initializer_range = wanted.initializer_range;
    QCOMPARE(to_json(found), to_json(wanted));
    QCOMPARE(file.eos_token_ids, (std::vector<int64_t>{101}));
    QCOMPARE(file.bos_token_id, int64_t{100});
    QCOMPARE(file.pad_token_id, int64_t{102});
}

void GgufTest::reads_the_metadata() {
    GgufBuilder builder;
    builder.value("i8", 1, lathe_test::le(0xFE, 1)).value("i64", 11, lathe_test::le8(~0ULL));
    builder.value("u64", 10, lathe_test::le8(1ULL << 63)).value("u16", 2, lathe_test::le(65535, 2));
    builder.f32("f32", 1e-6F).value("f64", 12, lathe_test::le8(std::bit_cast<uint64_t>(0.1)));
    builder.value("nan", 6, lathe_test::le4(0x7FC00000)).boolean("yes", true).text("text", "\xED\x95\x9C\xff");
    builder.texts("texts", {"", "a", "bc"}).i32s("i32s", {-1, 7}).texts("none", {});
    const GgufFile file(put(builder.bytes()));
    QCOMPARE(file.integer("i8").value(), int64_t{-2});
    QCOMPARE(file.integer("i64").value(), int64_t{-1});
    QCOMPARE(file.integer("u16").value(), int64_t{65535});
    QCOMPARE(file.number("f32").value(), 1e-6);
    QCOMPARE(file.number("f64").value(), 0.1);
    QCOMPARE(file.number("i8").value(), -2.0);
    QCOMPARE(file.boolean("yes").value(), true);
    QCOMPARE(file.text("text").value(), std::string("\xED\x95\x9C\xff"));
    QCOMPARE(file.texts("texts").value(), (std::vector<std::string_view>{"", "a", "bc"}));
    QVERIFY(file.texts("none").value().empty());
    QCOMPARE(file.integers("i32s").value(), (std::vector<int64_t>{-1, 7}));
    QVERIFY(!file.integer("absent") && !file.texts("absent") && !file.has("absent"));
    VERIFY_FAILS(file.integer("u64"), out_of_range, "u64");
    VERIFY_FAILS(file.number("nan"), out_of_range, "nan");
    VERIFY_FAILS(file.integer("text"), wrong_type, "a STRING");
    VERIFY_FAILS(file.text("i8"), wrong_type, "an INT8");
    VERIFY_FAILS(file.boolean("i8"), wrong_type, "i8");
    VERIFY_FAILS(file.texts("i32s"), wrong_type, "a list of texts");
    VERIFY_FAILS(file.integers("texts"), wrong_type, "texts");
    VERIFY_FAILS(file.needed_integer("absent"), missing_key, "absent");
}

void GgufTest::reads_rope_scaling() {
    const auto rope = [&](GgufBuilder file) {
        return read_gguf_config(GgufFile(put(file.bytes()))).model.rope_parameters;
    };
    QCOMPARE(rope(small_llama()).rope_theta, 10000.0);
    QCOMPARE(rope(small_llama()).rope_type, std::string("default"));
    GgufBuilder scaled = small_llama();
    scaled.text("llama.rope.scaling.type", "linear").f32("llama.rope.scaling.factor", 4);
    QCOMPARE(rope(scaled).rope_type, std::string("linear"));
    QCOMPARE(rope(scaled).factor, 4.0);
    QCOMPARE(rope(small_llama().f32("llama.rope.scale_linear", 2)).factor, 2.0);
    scaled = small_llama();
    scaled.text("llama.rope.scaling.type", "yarn").f32("llama.rope.scaling.factor", 4);
    scaled.u32("llama.rope.scaling.original_context_length", 16);
    QCOMPARE(rope(scaled).rope_type, std::string("yarn"));
    QCOMPARE(rope(scaled).original_max_position_embeddings, int64_t{16});
}

void GgufTest::refuses_other_maths_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("key");
    const auto row = [](const char* key, const GgufBuilder& file, ErrorKind kind = ErrorKind::unsupported) {
        QTest::newRow(key) << QByteArray::fromStdString(file.bytes()) << static_cast<int>(kind) << QByteArray(key);
    };
    GgufBuilder other;
    other.text("general.architecture", "gemma3");
    row("general.architecture", other);
    row("llama.expert_count", small_llama().u32("llama.expert_count", 8));
    row("llama.logit_scale", small_llama().f32("llama.logit_scale", 2));
    row("llama.attention.sliding_window", small_llama().u32("llama.attention.sliding_window", 16));
    row("llama.attention.value_length", small_llama().u32("llama.attention.value_length", 16));
    row("llama.rope.dimension_count", small_llama().u32("llama.rope.dimension_count", 4));
    row("llama.rope.dimension_count", small_llama().u32("llama.rope.dimension_count", 0));
    row("llama.rope.scaling.type", small_llama().text("llama.rope.scaling.type", "longrope"));
    row("llama.rope.freq_base", small_llama().f32("llama.rope.freq_base", 0), ErrorKind::out_of_range);
    GgufBuilder divided = small_llama();
    divided.data += std::string(16, '\x40');
    row("rope_freqs.weight", divided.tensor("rope_freqs.weight", {4}, 0, 512));
    GgufBuilder short_divided = small_llama();
    short_divided.data += std::string(16, '\x40');
    row("rope_freqs.weight", short_divided.tensor("rope_freqs.weight", {3}, 0, 512), ErrorKind::mismatch);
    GgufBuilder odd = small_llama();
    odd.u32("llama.attention.key_length", 7);
    row("head_dim", odd, ErrorKind::out_of_range);
    row("tokenizer.ggml.bos_token_id", small_llama().u32("tokenizer.ggml.bos_token_id", 4), ErrorKind::out_of_range);
    row("tokenizer.ggml.eos_token_id", small_llama().value("tokenizer.ggml.eos_token_id", 5, lathe_test::le4(~1U)),
        ErrorKind::out_of_range);
    for (const char* key : {"llama.attention.head_count", "llama.embedding_length", "llama.block_count"}) {
        GgufBuilder zero = small_llama();
        const std::string spelled = lathe_test::gguf_string(key) + lathe_test::le4(4);
        zero.keys.replace(zero.keys.find(spelled) + spelled.size(), 4, lathe_test::le4(0));
        row(key, zero, ErrorKind::out_of_range);
        GgufBuilder renamed = small_llama();
        renamed.keys[renamed.keys.find(key)] = 'L';
        row(key, renamed, ErrorKind::missing_key);
    }
}

void GgufTest::refuses_other_maths() {
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, kind);
    QFETCH(const QByteArray, key);
    const std::string path = put(bytes.toStdString());
    const auto failure = error_of([&] { read_model_config(path); });
    QVERIFY(failure.has_value());
    QVERIFY2(static_cast<int>(failure->kind) == kind, failure->sentence().c_str());
    QVERIFY2(failure->key == key.toStdString(), failure->sentence().c_str());
    QCOMPARE(failure->file, path);
}

void GgufTest::an_alignment_of_its_own() {
    GgufBuilder builder;
    builder.u32("general.alignment", 64).tensor("w", {2}, 0, 64);
    builder.data = std::string(64, '\0') + lathe_test::le4(0x3F800000) + lathe_test::le4(0x40000000);
    const GgufFile file(put(builder.bytes(64)));
    float values[2] = {};
    file.read_fp32(*file.find("w"), 0, 2, values);
    QCOMPARE(values[0], 1.0F);
    QCOMPARE(values[1], 2.0F);
    VERIFY_FAILS(file.read_fp32(*file.find("w"), 1, 2, values), out_of_range, "w");
}

void GgufTest::knows_a_gguf_file() {
    QVERIFY(is_gguf(golden("gguf/llama.gguf")));
    QVERIFY(is_gguf(put("", "empty.gguf")));
    QVERIFY(is_gguf(put("GGUF", "blob")));
    QVERIFY(!is_gguf(put("{}", "tokenizer.json")));
    QVERIFY(!is_gguf(folder_.path().toStdString()));
    QVERIFY(!is_gguf("/dev/zero"));
    QVERIFY(!is_gguf(folder_.path().toStdString() + "/nowhere"));
    const std::string nowhere = folder_.path().toStdString() + "/nowhere.gguf";
    VERIFY_FAILS(read_model_config(nowhere), not_found, "/nowhere.gguf");
    VERIFY_FAILS(open_weights(nowhere), not_found, "/nowhere.gguf");
}

QTEST_APPLESS_MAIN(GgufTest)
#include "gguf_test.moc"
