// safetensors against files and roundings made by Hugging Face's library and torch.
#include <QTemporaryDir>
#include <cmath>
#include <cstring>

#include "engine/base/files.h"
#include "engine/formats/float16.h"
#include "engine/formats/safetensors.h"
#include "tests/engine/formats/format_fixture.h"

using namespace lathe;

class SafetensorsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_a_file_of_the_reference_writer();
    void rewrites_the_reference_byte_for_byte_data();
    void rewrites_the_reference_byte_for_byte();
    void rounds_as_torch_does();
    void reads_every_dtype_as_fp32();
    void narrows_in_chunks();
    void reads_its_source_in_order_and_in_pieces();
    void refuses_a_number_that_would_become_infinite();
    void accepts_no_tensors_and_empty_ones();
    void cancels_and_leaves_no_file();
    void refuses_two_tensors_of_one_name();
    void a_moved_file_still_reads();
};

void SafetensorsTest::reads_a_file_of_the_reference_writer() {
    const SafetensorsFile file(golden("hf_qwen3/model.safetensors"));
    QCOMPARE(file.metadata().at("format"), std::string("pt"));
    QCOMPARE(file.tensors().size(), size_t{24});
    const TensorInfo* q = file.find("model.layers.1.self_attn.q_proj.weight");
    QVERIFY(q && q->dtype == Dtype::F32);
    QCOMPARE(q->shape, (std::vector<int64_t>{64, 32}));
    QCOMPARE(q->elements(), int64_t{2048});
    QVERIFY(!file.find("lm_head.weight"));
    std::vector<float> all(2048), part(10);
    file.read_fp32(*q, 0, 2048, all.data());
    file.read_fp32(*q, 2038, 10, part.data());
    QVERIFY(std::memcmp(part.data(), all.data() + 2038, 40) == 0);
    VERIFY_FAILS(file.read_fp32(*q, 2039, 10, part.data()), out_of_range, "q_proj");
    VERIFY_FAILS(file.read_fp32(*q, -1, 1, part.data()), out_of_range, "q_proj");
}

void SafetensorsTest::rewrites_the_reference_byte_for_byte_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"hf_qwen3/model.safetensors", "hf_llama/model.safetensors",
                             "hf_qwen3_bf16/model-00001-of-00002.safetensors", "hf_rounding.safetensors"}) {
        QTest::newRow(name) << name;
    }
}

void SafetensorsTest::rewrites_the_reference_byte_for_byte() {
    QFETCH(QString, name);
    const std::string original = golden(name.toStdString());
    const SafetensorsFile file(original);
    std::vector<std::string> raw;
    std::vector<TensorSource> sources;
    for (const TensorInfo& tensor : file.tensors()) {
        raw.emplace_back(static_cast<size_t>(tensor.end - tensor.begin), '\0');
        file.read(tensor, raw.back().data());
    }
    for (size_t i = raw.size(); i-- > 0;) {  // in another order than the file's
        const TensorInfo& tensor = file.tensors()[i];
        sources.push_back({tensor.name, tensor.dtype, tensor.shape, raw[i].data(), false});
    }
    const QTemporaryDir folder;
    const std::string path = folder.path().toStdString() + "/x.safetensors";
    int64_t last = 0;
    const std::string hash = write_safetensors(
        path, sources, file.metadata(), [&](int64_t bytes) { return bytes > last ? (last = bytes, true) : false; });
    QVERIFY(get_file(path) == get_file(original));
    QCOMPARE(hash, sha256_of_file(original));
    QCOMPARE(last, static_cast<int64_t>(get_file(original).size()));
    QCOMPARE(safetensors_bytes(sources, file.metadata()), last);
}

void SafetensorsTest::rounds_as_torch_does() {
    const SafetensorsFile file(golden("hf_rounding.safetensors"));
    const auto n = static_cast<size_t>(file.find("fp32")->elements());
    std::vector<float> numbers(n), wide(n);
    std::vector<uint16_t> bf16(n), fp16(n), ours(n);
    file.read(*file.find("fp32"), numbers.data());
    file.read(*file.find("bf16"), bf16.data());
    file.read(*file.find("fp16"), fp16.data());
    QVERIFY(!fp32_to_bf16(numbers.data(), ours.data(), static_cast<int64_t>(n)));
    for (size_t i = 0; i + 1 < n; ++i) QCOMPARE(ours[i], bf16[i]);
    QVERIFY(!fp32_to_fp16(numbers.data(), ours.data(), static_cast<int64_t>(n)));
    for (size_t i = 0; i + 1 < n; ++i) QCOMPARE(ours[i], fp16[i]);
    // The last one is NaN, whose bits may differ.
    QVERIFY(std::isnan(fp16_to_fp32(ours[n - 1])) && std::isnan(bf16_to_fp32(fp32_to_bf16(numbers[n - 1]))));
    // Widening is exact, so that it comes back; subnormals too.
    for (uint32_t bits = 0; bits < 0x10000; ++bits) {
        const auto half = static_cast<uint16_t>(bits);
        if ((half & 0x7FFF) <= 0x7C00) QCOMPARE(fp32_to_fp16(fp16_to_fp32(half)), half);
        if ((half & 0x7FFF) <= 0x7F80) QCOMPARE(fp32_to_bf16(bf16_to_fp32(half)), half);
    }
    QCOMPARE(fp16_to_fp32(0x3C00), 1.0f);
    QCOMPARE(fp16_to_fp32(0x0001), 0x1p-24f);
    QCOMPARE(fp16_to_fp32(0x7BFF), 65504.0f);
    file.read_fp32(*file.find("fp16"), 0, static_cast<int64_t>(n), wide.data());
    for (size_t i = 0; i + 1 < n; ++i) QCOMPARE(wide[i], fp16_to_fp32(fp16[i]));
}

void SafetensorsTest::reads_every_dtype_as_fp32() {
    const QTemporaryDir folder;
    const std::string path = folder.path().toStdString() + "/x.safetensors";
    const std::vector<double> doubles = {1.5, -2.25, 1e-3};
    const std::vector<int64_t> integers = {7, -8};
    write_safetensors(
        path, {{"f64", Dtype::F64, {3}, doubles.data(), false}, {"i64", Dtype::I64, {2}, integers.data(), false}}, {});
    const SafetensorsFile file(path);
    float out[3];
    file.read_fp32(*file.find("f64"), 1, 2, out);
    QCOMPARE(out[0], -2.25f);
    QCOMPARE(out[1], 1e-3f);
    VERIFY_FAILS(file.read_fp32(*file.find("i64"), 0, 2, out), unsupported, "i64");
}

void SafetensorsTest::narrows_in_chunks() {
    std::vector<float> numbers(1'500'001);  // three chunks
    for (size_t i = 0; i < numbers.size(); ++i) numbers[i] = std::sin(static_cast<float>(i)) * 3;
    const auto n = static_cast<int64_t>(numbers.size());
    const QTemporaryDir folder;
    const std::string path = folder.path().toStdString() + "/x.safetensors";
    write_safetensors(path,
                      {{"b", Dtype::BF16, {n}, numbers.data()},
                       {"h", Dtype::F16, {n, 1}, numbers.data()},
                       {"f", Dtype::F32, {1, n}, numbers.data()}},
                      {});
    const SafetensorsFile file(path);
    std::vector<float> back(numbers.size());
    file.read_fp32(*file.find("f"), 0, n, back.data());
    QVERIFY(back == numbers);
    file.read_fp32(*file.find("b"), 0, n, back.data());
    for (size_t i = 0; i < numbers.size(); ++i) {
        if (back[i] != bf16_to_fp32(fp32_to_bf16(numbers[i]))) QFAIL("bf16 differs");
    }
    file.read_fp32(*file.find("h"), 0, n, back.data());
    for (size_t i = 0; i < numbers.size(); ++i) {
        if (back[i] != fp16_to_fp32(fp32_to_fp16(numbers[i]))) QFAIL("fp16 differs");
    }
}

// From a callback, the same bytes as from memory.
void SafetensorsTest::reads_its_source_in_order_and_in_pieces() {
    const QTemporaryDir folder;
    std::vector<float> values((1 << 19) + 77);
    for (size_t i = 0; i < values.size(); ++i) values[i] = std::sin(static_cast<float>(i));
    int64_t expected = 0;
    const auto read = [&](int64_t first, int64_t count, void* destination) {
        QCOMPARE(first, expected);
        QVERIFY(count * 4 <= 1 << 20);
        std::copy_n(values.data() + first, count, static_cast<float*>(destination));
        expected += count;
    };
    const auto shape = std::vector<int64_t>{static_cast<int64_t>(values.size())};
    for (const Dtype dtype : {Dtype::F32, Dtype::BF16, Dtype::F16}) {
        expected = 0;
        const std::string from_memory = write_safetensors(
            folder.filePath("a").toStdString() + dtype_name(dtype),
            {{.name = "t", .dtype = dtype, .shape = shape, .data = values.data()}}, {{"format", "pt"}});
        const std::string from_callback = write_safetensors(
            folder.filePath("b").toStdString() + dtype_name(dtype),
            {{.name = "t", .dtype = dtype, .shape = shape, .data = nullptr, .read = read}}, {{"format", "pt"}});
        QCOMPARE(from_callback, from_memory);
        QCOMPARE(expected, shape[0]);
    }
}

void SafetensorsTest::refuses_a_number_that_would_become_infinite() {
    const QTemporaryDir folder;
    const std::string path = folder.path().toStdString() + "/x.safetensors";
    const float large[] = {1.0f, 70000.0f}, infinite[] = {1.0f, INFINITY};
    VERIFY_FAILS(write_safetensors(path, {{"w", Dtype::F16, {2}, large}}, {}), out_of_range, "w");
    QVERIFY(!std::filesystem::exists(path));
    write_safetensors(path, {{"w", Dtype::F16, {2}, infinite}}, {});  // it was infinite before
}

void SafetensorsTest::accepts_no_tensors_and_empty_ones() {
    const QTemporaryDir folder;
    const std::string path = folder.path().toStdString() + "/x.safetensors",
                      none = folder.path().toStdString() + "/none.safetensors";
    const float one[] = {1};
    write_safetensors(
        path, {{"a", Dtype::F32, {0, 3}, nullptr}, {"b", Dtype::F32, {}, one}, {"c", Dtype::F32, {2, 0}, nullptr}}, {});
    const SafetensorsFile file(path);
    QCOMPARE(file.find("a")->elements(), int64_t{0});
    QCOMPARE(file.find("b")->elements(), int64_t{1});
    file.read_fp32(*file.find("c"), 0, 0, nullptr);
    write_safetensors(none, {}, {});
    QVERIFY(SafetensorsFile(none).tensors().empty());
}

void SafetensorsTest::cancels_and_leaves_no_file() {
    const QTemporaryDir folder;
    const std::string path = folder.path().toStdString() + "/x.safetensors";
    const float one[] = {1};
    VERIFY_FAILS(write_safetensors(path, {{"a", Dtype::F32, {1}, one}}, {}, [](int64_t) { return false; }), cancelled,
                 "x.safetensors");
    QVERIFY(!std::filesystem::exists(path));
}

void SafetensorsTest::refuses_two_tensors_of_one_name() {
    const float one[] = {1};
    VERIFY_FAILS(safetensors_bytes({{"a", Dtype::F32, {1}, one}, {"a", Dtype::BF16, {1}, one}}, {}), internal, "a");
    VERIFY_FAILS(safetensors_bytes({{"a", Dtype::F32, {INT64_MAX, 2}, one}}, {}), internal, "a");
    VERIFY_FAILS(safetensors_bytes({{"a", Dtype::I64, {1}, one}}, {}), internal, "a");
}

void SafetensorsTest::a_moved_file_still_reads() {
    std::vector<SafetensorsFile> files;
    files.emplace_back(golden("hf_llama/model.safetensors"));
    files.emplace_back(golden("hf_qwen2/model.safetensors"));
    float first = 0;
    files[0].read_fp32(*files[0].find("lm_head.weight"), 0, 1, &first);
    QVERIFY(first != 0);
}

QTEST_APPLESS_MAIN(SafetensorsTest)
#include "safetensors_test.moc"
