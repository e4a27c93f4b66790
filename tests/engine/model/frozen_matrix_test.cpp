// Frozen matrices give back what was stored: exactly, or what bitsandbytes makes of it (tests/data/nf4.safetensors).
#include <QtTest>

#include "engine/formats/nf4.h"
#include "engine/model/frozen_matrix.h"
#include "engine/model/random.h"
#include "tests/engine/base/caught.h"
#include "tests/engine/model/model_fixture.h"

using namespace lathe;
using namespace lathe_test;

namespace {

std::vector<float> read_tensor(const SafetensorsFile& file, const std::string& name) {
    const TensorInfo* tensor = file.find(name);
    std::vector<float> values(static_cast<size_t>(tensor->elements()));
    file.read_fp32(*tensor, 0, tensor->elements(), values.data());
    return values;
}

FrozenMatrix matrix_of(const std::vector<float>& values, int64_t columns, FrozenMatrix::Form form) {
    FrozenMatrix matrix(columns);
    matrix.add(static_cast<int64_t>(values.size()) / columns, form,
               [&](int64_t first, int64_t count, float* out) { std::copy_n(values.begin() + first, count, out); });
    return matrix;
}

std::vector<float> decoded(const FrozenMatrix& matrix) {
    std::vector<float> values(static_cast<size_t>(matrix.rows() * matrix.columns()));
    for (int64_t row = 0; row < matrix.rows(); ++row) matrix.decode(row, values.data() + row * matrix.columns());
    return values;
}

std::vector<float> normal(int64_t count) {
    std::vector<float> values(static_cast<size_t>(count));
    fill_normal(values.data(), count, 1, 7, 0);
    return values;
}

}  // namespace

class FrozenMatrixTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nf4_is_that_of_bitsandbytes() {
        const SafetensorsFile file(golden("nf4.safetensors"));
        const std::vector<float> values = read_tensor(file, "fp32_64.values");
        const auto count = static_cast<int64_t>(values.size());
        // One row that ends in half a block, and rows that cross blocks.
        for (const int64_t columns : {count, int64_t{67}, int64_t{11}}) {
            QCOMPARE(count % columns, int64_t{0});
            QVERIFY(decoded(matrix_of(values, columns, FrozenMatrix::Form::nf4)) ==
                    read_tensor(file, "fp32_64.nested_dequantized"));
        }
    }

    void whole_blocks_give_the_same_bits() {
        const std::vector<float> values = normal(640 * 192);
        for (const auto form : {FrozenMatrix::Form::nf4, FrozenMatrix::Form::nf4_plain_scales})
            QVERIFY(decoded(matrix_of(values, 192, form)) ==
                    decoded(matrix_of(values, 160, form)));  // 160: the slow way
    }

    // QLoRA, arXiv 2305.14314; bitsandbytes' tests/test_functional.py has 0.072796 for NF4 at block 64.
    void loses_what_bitsandbytes_says() {
        const std::vector<float> values = normal(1 << 20);
        const std::vector<float> back = decoded(matrix_of(values, 1024, FrozenMatrix::Form::nf4_plain_scales));
        double sum = 0;
        for (size_t i = 0; i < values.size(); ++i) sum += std::abs(static_cast<double>(values[i]) - back[i]);
        const double mean = sum / static_cast<double>(values.size());
        QVERIFY2(std::abs(mean - 0.0728) < 2e-4, qPrintable(QString::number(mean)));
    }

    void int8_is_half_a_scale_off_at_most() {
        std::vector<float> values = normal(50 * 150);  // rows that end within a block
        const std::vector<float> back = decoded(matrix_of(values, 150, FrozenMatrix::Form::int8));
        for (size_t row = 0; row < values.size(); row += 150)
            for (size_t begin = row; begin < row + 150; begin += 64) {
                const size_t end = std::min(begin + 64, row + 150);
                float largest = 0;
                for (size_t i = begin; i < end; ++i) largest = std::max(largest, std::abs(values[i]));
                for (size_t i = begin; i < end; ++i) QVERIFY(std::abs(back[i] - values[i]) <= 0.501F * largest / 127);
            }
        values[70] = std::numeric_limits<float>::infinity();
        QCOMPARE(caught([&] { matrix_of(values, 150, FrozenMatrix::Form::int8); }).kind, ErrorKind::out_of_range);
    }

    void exact_is_exact() {
        std::vector<float> values = normal(300 * 7);
        QVERIFY(decoded(matrix_of(values, 7, FrozenMatrix::Form::exact)) == values);
        for (float& value : values) value = std::round(value * 16) / 16;  // BF16 holds these
        QVERIFY(decoded(matrix_of(values, 7, FrozenMatrix::Form::exact)) == values);
    }

    void parts_follow_each_other() {
        const std::vector<float> first = normal(3 * 64), second(5 * 64, 0.5F);
        FrozenMatrix matrix(64);
        for (const auto* part : {&first, &second})
            matrix.add(
                static_cast<int64_t>(part->size()) / 64, FrozenMatrix::Form::exact,
                [&](int64_t begin, int64_t count, float* out) { std::copy_n(part->begin() + begin, count, out); });
        std::vector<float> both = first;
        both.insert(both.end(), second.begin(), second.end());
        QVERIFY(decoded(matrix) == both);
    }

    void what_is_not_finite_is_refused() {
        std::vector<float> values = normal(256);
        values[100] = std::numeric_limits<float>::infinity();
        QCOMPARE(caught([&] { matrix_of(values, 64, FrozenMatrix::Form::nf4); }).kind, ErrorKind::out_of_range);
    }
};

QTEST_APPLESS_MAIN(FrozenMatrixTest)
#include "frozen_matrix_test.moc"
