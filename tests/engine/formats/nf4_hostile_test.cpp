// Broken and hostile NF4 tensors: each companion of a good file is replaced or left out.
#include <QTemporaryDir>
#include <memory>

#include "engine/base/json.h"
#include "engine/formats/hf_folder.h"
#include "engine/formats/nf4.h"
#include "tests/engine/formats/format_fixture.h"

using namespace lathe;

namespace {

constexpr const char* kName = "w_proj.weight";
constexpr const char* kState =
    R"({"quant_type": "nf4", "blocksize": 64, "dtype": "bfloat16", "shape": [16, 8], "nested_blocksize": 256,)"
    R"( "nested_dtype": "float32", "nested_offset": 0.5})";

struct Part {
    Dtype dtype;
    std::vector<int64_t> shape;
    std::string bytes;
};

std::string floats(const std::vector<float>& values) {
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)};
}

}  // namespace

class Nf4HostileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void a_good_one_is_read();
    void refuses_a_state_data();
    void refuses_a_state();
    void refuses_a_part_data();
    void refuses_a_part();
    void refuses_a_part_that_is_missing();
    void refuses_what_is_not_finite();
    void refuses_fp4();
    void refuses_a_config_data();
    void refuses_a_config();

private:
    std::unique_ptr<ModelWeights> open() {
        std::vector<TensorSource> sources;
        for (const auto& [name, part] : parts_)
            sources.push_back({kName + name, part.dtype, part.shape, part.bytes.data(), false});
        std::filesystem::remove(folder_ + "/model.safetensors");
        write_safetensors(folder_ + "/model.safetensors", sources, {});
        return open_weights(folder_);
    }
    void put_state(const std::string& text) {
        parts_[".quant_state.bitsandbytes__nf4"] = {Dtype::U8, {static_cast<int64_t>(text.size())}, text};
    }

    std::unique_ptr<QTemporaryDir> temporary_;
    std::string folder_;
    std::map<std::string, Part> parts_;
};

void Nf4HostileTest::init() {
    temporary_ = std::make_unique<QTemporaryDir>();
    folder_ = temporary_->path().toStdString();
    parts_ = {{"", {Dtype::U8, {64, 1}, std::string(64, '\x80')}},
              {".absmax", {Dtype::U8, {2}, std::string("\xff\x7f", 2)}},
              {".quant_map", {Dtype::F32, {16}, floats({kNf4Levels.begin(), kNf4Levels.end()})}},
              {".nested_absmax", {Dtype::F32, {1}, floats({0.25F})}},
              {".nested_quant_map", {Dtype::F32, {256}, floats({dynamic_map().begin(), dynamic_map().end()})}}};
    put_state(kState);
}

void Nf4HostileTest::a_good_one_is_read() {
    const auto weights = open();
    QCOMPARE(weights->names(), std::vector<std::string>{kName});
    std::vector<float> values(128);
    weights->read(kName, {16, 8}, values.data());
    QCOMPARE(values[0], 0.0595703125F);  // level 8 by 0.75, in bf16
    QCOMPARE(values[1], -0.75F);
    QCOMPARE(values[64], 0.039794921875F);  // by 0.5
}

void Nf4HostileTest::refuses_a_state_data() {
    QTest::addColumn<QByteArray>("state");
    QTest::addColumn<int>("kind");
    const auto row = [](const char* from, const char* to, ErrorKind kind) {
        QTest::addRow("%s", to) << QByteArray(kState).replace(from, to) << static_cast<int>(kind);
    };
    using enum ErrorKind;
    row("\"nf4\"", "\"fp4\"", unsupported);
    row("\"nf4\"", "4", wrong_type);
    for (const char* size : {"0", "-64", "48", "16", "8192", "9223372036854775807"})
        row("\"blocksize\": 64", ("\"blocksize\": " + std::string(size)).c_str(), out_of_range);
    row("\"blocksize\": 64, ", "", missing_key);
    row("\"blocksize\": 64", "\"blocksize\": 64.0", wrong_type);
    row("\"blocksize\": 64", "\"blocksize\": 64, \"blocksize\": 64", malformed);
    row("\"blocksize\": 64", "\"blocksize\": 32", mismatch);  // then there are other scales
    row("bfloat16", "int8", unsupported);
    row("\"dtype\": \"bfloat16\", ", "", unsupported);
    for (const char* shape : {"[]", "[128]", "[2, 8, 8]", "[0, 8]", "[-16, -8]", "[16.0, 8]", "null", "[\"16\", 8]",
                              "[4294967296, 4294967296]", "[18446744073709551615, 8]"})
        row("[16, 8]", shape, out_of_range);
    row("[16, 8]", "[16, 9]", mismatch);
    row("[16, 8]", "[2147483648, 2147483648]", mismatch);
    row("[16, 8]", "16", wrong_type);
    row("\"nested_blocksize\": 256", "\"nested_blocksize\": 255", out_of_range);
    row("\"float32\"", "\"float16\"", unsupported);
    row("0.5", "NaN", malformed);
    row("0.5", "Infinity", malformed);
    row("0.5", "1e300", out_of_range);
    row("0.5", "\"0.5\"", wrong_type);
    row("0.5", "null", missing_key);
    row("0.5}", "0.5", malformed);
    QTest::newRow("nothing") << QByteArray() << static_cast<int>(malformed);
    QTest::newRow("a list") << QByteArray("[1]") << static_cast<int>(wrong_type);
    QTest::newRow("deep") << QByteArray(50'000, '[') << static_cast<int>(malformed);
    QTest::newRow("long") << QByteArray(70'000, ' ') << static_cast<int>(too_large);
}

void Nf4HostileTest::refuses_a_state() {
    QFETCH(QByteArray, state);
    QFETCH(int, kind);
    put_state(state.toStdString());
    const auto failure = error_of([&] { open(); });
    QVERIFY(failure.has_value());
    QVERIFY2(static_cast<int>(failure->kind) == kind, failure->sentence().c_str());
    QVERIFY2(failure->sentence().find(kName) != std::string::npos, failure->sentence().c_str());
}

void Nf4HostileTest::refuses_a_part_data() {
    QTest::addColumn<QByteArray>("part");
    QTest::addColumn<QByteArray>("dtype");
    QTest::addColumn<int>("elements");
    QTest::newRow("codes too short") << QByteArray("") << QByteArray("U8") << 63;
    QTest::newRow("codes in bf16") << QByteArray("") << QByteArray("BF16") << 32;
    QTest::newRow("scales too short") << QByteArray(".absmax") << QByteArray("U8") << 1;
    QTest::newRow("scales too long") << QByteArray(".absmax") << QByteArray("U8") << 3;
    QTest::newRow("nested scales in fp32") << QByteArray(".absmax") << QByteArray("F32") << 2;
    QTest::newRow("other levels") << QByteArray(".quant_map") << QByteArray("F32") << 16;
    QTest::newRow("too few levels") << QByteArray(".quant_map") << QByteArray("F32") << 15;
    QTest::newRow("nested scales too long") << QByteArray(".nested_absmax") << QByteArray("F32") << 2;
    QTest::newRow("map too short") << QByteArray(".nested_quant_map") << QByteArray("F32") << 255;
    QTest::newRow("map in bf16") << QByteArray(".nested_quant_map") << QByteArray("BF16") << 256;
}

void Nf4HostileTest::refuses_a_part() {
    QFETCH(QByteArray, part);
    QFETCH(QByteArray, dtype);
    QFETCH(int, elements);
    const Dtype stored = dtype == "U8" ? Dtype::U8 : dtype == "F32" ? Dtype::F32 : Dtype::BF16;
    parts_[part.toStdString()] = {
        stored, {elements}, std::string(static_cast<size_t>(elements * dtype_bytes(stored)), 0)};
    VERIFY_FAILS(open(), mismatch, kName + part.toStdString());
}

void Nf4HostileTest::refuses_a_part_that_is_missing() {
    for (const char* part : {"", ".absmax", ".quant_map", ".nested_quant_map"}) {
        init();
        parts_.erase(part);
        VERIFY_FAILS(open(), missing_key, kName + std::string(part));
    }
    init();
    parts_.erase(".nested_absmax");
    VERIFY_FAILS(open(), mismatch, ".absmax");  // fp32 scales are wanted then
    init();
    parts_.erase(".quant_state.bitsandbytes__nf4");
    VERIFY_FAILS(open()->require(kName, {64, 1}), unsupported, kName);
}

void Nf4HostileTest::refuses_what_is_not_finite() {
    std::vector<float> values(128);
    parts_[".nested_absmax"].bytes = floats({NAN});
    VERIFY_FAILS(open(), out_of_range, ".nested_absmax");
    init();
    std::vector<float> map(dynamic_map().begin(), dynamic_map().end());
    map[3] = INFINITY;
    parts_[".nested_quant_map"].bytes = floats(map);
    VERIFY_FAILS(open(), out_of_range, ".nested_quant_map");
    init();
    map[3] = 0;
    map[255] = 2;
    parts_[".nested_quant_map"].bytes = floats(map);
    parts_[".nested_absmax"].bytes = floats({3e38F});
    VERIFY_FAILS(open()->read_part(kName, 0, 128, values.data()), out_of_range, ".absmax");
    init();
    parts_.erase(".nested_absmax");
    parts_[".absmax"] = {Dtype::F32, {2}, floats({1, NAN})};
    VERIFY_FAILS(open()->read_part(kName, 0, 128, values.data()), out_of_range, ".absmax");
}

void Nf4HostileTest::refuses_fp4() {
    parts_[".quant_state.bitsandbytes__fp4"] = parts_[".quant_state.bitsandbytes__nf4"];
    parts_.erase(".quant_state.bitsandbytes__nf4");
    VERIFY_FAILS(open(), unsupported, "fp4");
}

void Nf4HostileTest::refuses_a_config_data() {
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("named");
    for (const auto& [value, named] : {std::pair(R"({"quant_method":"gptq","bits":4})", "gptq"),
                                       std::pair(R"({"quant_method":"bitsandbytes","load_in_8bit":true})", "int8"),
                                       std::pair(R"({"quant_method":"bitsandbytes","load_in_4bit":true})", "fp4"),
                                       std::pair(R"({"load_in_4bit":true,"bnb_4bit_quant_type":"nf4",)"
                                                 R"("bnb_4bit_quant_storage":"bfloat16"})",
                                                 "bnb_4bit_quant_storage"),
                                       std::pair(R"({"bits":4})", "load_in_4bit"), std::pair(R"([])", "wrong type")})
        QTest::newRow(value) << QByteArray(value) << QByteArray(named);
}

void Nf4HostileTest::refuses_a_config() {
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, named);
    Json json = read_json(golden("nf4_qwen2/config.json"));
    json["quantization_config"] = parse_json(value.toStdString(), "value");
    put_file(folder_ + "/config.json", dump_json(json));
    const auto failure = error_of([&] { read_hf_config(folder_); });
    QVERIFY(failure.has_value());
    QVERIFY2(failure->sentence().find(named.toStdString()) != std::string::npos, failure->sentence().c_str());
    QVERIFY2(failure->sentence().find("quantization_config") != std::string::npos, failure->sentence().c_str());
}

QTEST_APPLESS_MAIN(Nf4HostileTest)
#include "nf4_hostile_test.moc"
