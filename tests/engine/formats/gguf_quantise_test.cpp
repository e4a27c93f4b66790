// Weights quantised as ggml does, bit by bit.
#include <cmath>
#include <limits>
#include <vector>

#include "engine/formats/gguf_quantise.h"
#include "engine/formats/safetensors.h"
#include "tests/engine/formats/format_fixture.h"

using namespace lathe;

namespace {

constexpr GgufType kTypes[] = {GgufType::F16,  GgufType::BF16, GgufType::Q8_0, GgufType::Q4_0, GgufType::Q5_0,
                               GgufType::Q4_1, GgufType::Q5_1, GgufType::Q4_K, GgufType::Q5_K, GgufType::Q6_K};

std::string name_of(GgufType type) {
    return gguf_type_name(static_cast<uint32_t>(type));
}

std::vector<uint8_t> blocks_of(GgufType type, const std::vector<float>& weights, bool* fits) {
    const GgufBlock block = *find_gguf_block(static_cast<uint32_t>(type));
    std::vector<uint8_t> blocks(weights.size() / static_cast<size_t>(block.weights) * static_cast<size_t>(block.bytes));
    *fits = quantise(type, weights.data(), static_cast<int64_t>(weights.size()), blocks.data());
    return blocks;
}

}  // namespace

class GgufQuantiseTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void blocks_are_those_of_ggml_data();
    void blocks_are_those_of_ggml();
    void says_what_does_not_fit();
};

void GgufQuantiseTest::blocks_are_those_of_ggml_data() {
    QTest::addColumn<int>("type");
    for (const GgufType type : kTypes) QTest::newRow(name_of(type).c_str()) << static_cast<int>(type);
}

void GgufQuantiseTest::blocks_are_those_of_ggml() {
    QFETCH(const int, type);
    const SafetensorsFile file(golden("gguf/quants.safetensors"));
    const TensorInfo& weights = *file.find("weights");
    const TensorInfo& wanted = *file.find(QTest::currentDataTag());
    for (int64_t row = 0; row < weights.shape[0]; ++row) {
        std::vector<float> source(256);
        file.read_fp32(weights, row * 256, 256, source.data());
        bool fits = false;
        const std::vector<uint8_t> found = blocks_of(static_cast<GgufType>(type), source, &fits);
        std::vector<uint8_t> all(static_cast<size_t>(wanted.elements()));
        file.read(wanted, all.data());
        QCOMPARE(static_cast<int64_t>(found.size()), wanted.shape[1]);
        const auto begin = all.begin() + row * wanted.shape[1];
        QVERIFY2(std::equal(found.begin(), found.end(), begin), ("row " + std::to_string(row)).c_str());
        QVERIFY(fits);
    }
}

void GgufQuantiseTest::says_what_does_not_fit() {
    constexpr float kInfinity = std::numeric_limits<float>::infinity();
    for (const GgufType type : kTypes) {
        for (const float bad : {kInfinity, -kInfinity, std::nanf("")}) {
            std::vector<float> weights(512, 0.5F);
            weights[511] = bad;
            bool fits = true;
            blocks_of(type, weights, &fits);
            QVERIFY2(!fits, name_of(type).c_str());
        }
        // Its half would be infinite, or, of BF16, it rounds up to 2^128.
        bool fits = true;
        blocks_of(type, std::vector<float>(256, std::numeric_limits<float>::max()), &fits);
        QVERIFY2(!fits, name_of(type).c_str());
    }
    bool fits = false;
    blocks_of(GgufType::F32, {std::numeric_limits<float>::max()}, &fits);
    QVERIFY(fits);
}

QTEST_APPLESS_MAIN(GgufQuantiseTest)
#include "gguf_quantise_test.moc"
