// Packed matrix product against plain loops in double, on every SIMD target; and its invariants: an element's bits
// depend on its own row of a, its own column of b and K alone.
#include "kernels/matmul.h"

#include <QtTest>
#include <bit>
#include <cstring>
#include <memory>
#include <new>

#include "kernels/matmul_reference.h"
#include "tests/kernels/check.h"

using namespace lathe;

namespace {

enum class Mode { kPlain, kBias, kAccumulate };

struct AlignedFree {
    void operator()(float* p) const { ::operator delete[](p, std::align_val_t(64)); }
};
using Packed = std::unique_ptr<float[], AlignedFree>;

Packed pack(MatrixView b, int64_t K, int64_t N, int64_t parts = 1) {
    const auto bytes = sizeof(float) * static_cast<size_t>(cpu::matmul_packed_floats(K, N));
    Packed packed(static_cast<float*>(::operator new[](bytes, std::align_val_t(64))));
    std::memset(packed.get(), 0xff, bytes);
    const int64_t tasks = cpu::matmul_pack_tasks(K, N);
    for (int64_t p = parts - 1; p >= 0; --p) {
        cpu::matmul_pack(b, packed.get(), K, N, {tasks * p / parts, tasks * (p + 1) / parts});
    }
    return packed;
}

// A rows × columns matrix, dense either way, with its values also in double.
struct Matrix {
    std::vector<float> values;
    std::vector<double> wide;
    int64_t row_stride, column_stride;

    Matrix(int64_t rows, int64_t columns, bool transposed, uint32_t seed)
        : values(check::random_floats(static_cast<size_t>(rows * columns), seed)),
          wide(check::widen(values)),
          row_stride(transposed ? 1 : columns),
          column_stride(transposed ? rows : 1) {}
    MatrixView view(int64_t first_row = 0) const {
        return {values.data() + first_row * row_stride, row_stride, column_stride};
    }
    reference::StridedMatrix<float> plain() const { return {values.data(), row_stride, column_stride}; }
    reference::StridedMatrix<double> exact() const { return {wide.data(), row_stride, column_stride}; }
};

std::vector<float> multiply(MatrixView a, const float* packed, const float* bias, MatmulShape shape, int64_t parts = 1,
                            const std::vector<float>* start = nullptr, int64_t ldc = 0) {
    if (ldc == 0) ldc = shape.N;
    const auto size = static_cast<size_t>((shape.M - 1) * ldc + shape.N);  // ends with the last element: ASan guards it
    std::vector<float> c = start != nullptr ? *start : std::vector<float>(size, std::nanf(""));
    const int64_t tasks = cpu::matmul_tasks(shape);
    for (int64_t p = 0; p < parts; ++p) {
        cpu::matmul(a, packed, bias, c.data(), ldc, start != nullptr, shape,
                    {tasks * p / parts, tasks * (p + 1) / parts});
    }
    return c;
}

bool same_bits(const float* x, const float* y, int64_t count) {
    return std::memcmp(x, y, sizeof(float) * static_cast<size_t>(count)) == 0;
}

const std::vector<MatmulShape> kShapes = {
    {1, 1, 1},       {1, 1, 7},     {1, 17, 5},    {2, 3, 4},     {3, 16, 16},   {4, 31, 33},
    {5, 64, 17},     {6, 15, 100},  {7, 33, 64},   {8, 48, 19},   {12, 32, 513}, {13, 47, 512},
    {16, 80, 31},    {25, 96, 576}, {96, 16, 65},  {97, 33, 40},  {130, 50, 9},  {193, 100, 3},
    {100, 17, 1025}, {1, 200, 600}, {9, 300, 257}, {31, 8, 1400}, {290, 64, 48}, {100, 16, 1600},
};

// Against double, on every target: the flash-attention rule over the matrix, and at each element the forward bound of a
// sum in pieces of 512.
bool agrees(const MatmulShape& s, bool a_transposed, bool b_transposed, Mode mode) {
    const Matrix a(s.M, s.K, a_transposed, 1), b(s.K, s.N, b_transposed, 2);
    const int64_t ldc = s.N + 3;
    const auto start = check::random_floats(static_cast<size_t>((s.M - 1) * ldc + s.N), 4);
    const auto bias = check::random_floats(static_cast<size_t>(s.N), 3);
    const auto wide_bias = check::widen(bias);
    const bool add = mode == Mode::kAccumulate, with_bias = mode == Mode::kBias;

    std::vector<float> plain = start;
    std::vector<double> exact = check::widen(start), magnitude(exact.size(), -1);  // -1: between the rows of c
    reference::matmul(a.plain(), b.plain(), with_bias ? bias.data() : nullptr, plain.data(), ldc, add, s);
    reference::matmul(a.exact(), b.exact(), with_bias ? wide_bias.data() : nullptr, exact.data(), ldc, add, s);
    for (int64_t i = 0; i < s.M; ++i) {
        for (int64_t j = 0; j < s.N; ++j) {
            const auto at = static_cast<size_t>(i * ldc + j);
            magnitude[at] = std::abs(static_cast<double>(start[at])) + std::abs(wide_bias[static_cast<size_t>(j)]);
            for (int64_t k = 0; k < s.K; ++k) magnitude[at] += std::abs(a.exact().at(i, k) * b.exact().at(k, j));
        }
    }

    bool good = true;
    check::on_every_target([&] {
        const Packed packed = pack(b.view(), s.K, s.N);
        std::vector<float> got = start;
        cpu::matmul(a.view(), packed.get(), with_bias ? bias.data() : nullptr, got.data(), ldc, add, s,
                    {0, cpu::matmul_tasks(s)});
        good = good && check::follows_rule(got, plain, exact, "matmul");
        const double unit = 0x1p-24 * static_cast<double>(2 * std::min<int64_t>(s.K, 512) + s.K / 512 + 2);
        for (size_t at = 0; at < got.size(); ++at) {
            const double error = std::abs(static_cast<double>(got[at]) - exact[at]);
            good = good && (magnitude[at] < 0 ? got[at] == start[at] : error <= unit * magnitude[at]);
        }
    });
    return good;
}

}  // namespace

class MatmulTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agrees_with_double() {
        for (const MatmulShape& s : kShapes) {
            for (int views = 0; views < 4; ++views) {
                for (const Mode mode : {Mode::kPlain, Mode::kBias, Mode::kAccumulate}) {
                    QVERIFY2(agrees(s, views & 1, views & 2, mode), qPrintable(QString("%1·%2·%3, views %4, mode %5")
                                                                                   .arg(s.M)
                                                                                   .arg(s.N)
                                                                                   .arg(s.K)
                                                                                   .arg(views)
                                                                                   .arg(static_cast<int>(mode))));
                }
            }
        }
    }

    void a_row_alone_and_in_company() {
        check::on_every_target([] {
            for (const auto& [N, K] :
                 {std::pair<int64_t, int64_t>{1, 513}, {50, 100}, {64, 1300}, {576, 40}, {200, 1024}}) {
                const Matrix b(K, N, true, 5);
                const Packed packed = pack(b.view(), K, N);
                const auto bias = check::random_floats(static_cast<size_t>(N), 6);
                for (const bool transposed : {false, true}) {
                    const Matrix a(197, K, transposed, 7);
                    const auto all = multiply(a.view(), packed.get(), bias.data(), {197, N, K});
                    for (const int64_t M : {1, 2, 3, 5, 11, 16, 61, 100}) {
                        const int64_t first = 197 - M - M % 7;
                        const auto some = multiply(a.view(first), packed.get(), bias.data(), {M, N, K});
                        QVERIFY2(same_bits(some.data(), all.data() + first * N, M * N), cpu::simd_target());
                    }
                }
            }
        });
    }

    void equal_bits_in_any_split() {
        check::on_every_target([] {
            for (const MatmulShape& s : {MatmulShape{1, 300, 700}, {40, 90, 600}, {230, 150, 64}, {300, 16, 10}}) {
                const Matrix a(s.M, s.K, false, 8), b(s.K, s.N, false, 9);
                const Packed packed = pack(b.view(), s.K, s.N);
                const auto start = check::random_floats(static_cast<size_t>(s.M * s.N), 10);
                const auto whole = multiply(a.view(), packed.get(), nullptr, s, 1, &start);
                for (const int64_t parts : {2, 3, 7, 16, 1000}) {
                    QVERIFY(multiply(a.view(), packed.get(), nullptr, s, parts, &start) == whole);
                }
            }
        });
    }

    // Targets that fuse multiply and add round alike: a run moves between such machines.
    void equal_bits_on_fused_targets() {
        const MatmulShape s{37, 83, 777};
        const Matrix a(s.M, s.K, false, 11), b(s.K, s.N, true, 12);
        std::vector<std::vector<float>> results;
        check::on_every_target([&] {
            if (QString(cpu::simd_target()).startsWith("AVX"))
                results.push_back(multiply(a.view(), pack(b.view(), s.K, s.N).get(), nullptr, s));
        });
        for (const auto& result : results) QVERIFY(result == results.front());
    }

    void unpack_returns_the_bits() {
        check::on_every_target([] {
            for (const auto& [K, N] :
                 {std::pair<int64_t, int64_t>{1, 1}, {5, 16}, {16, 17}, {33, 31}, {70, 300}, {21, 128}}) {
                for (const bool transposed : {false, true}) {
                    Matrix b(K, N, transposed, 13);
                    std::mt19937 generator(14);  // any pattern: NaNs with payloads, denormals, both zeros
                    for (float& value : b.values) value = std::bit_cast<float>(static_cast<uint32_t>(generator()));
                    const Packed packed = pack(b.view(), K, N), in_parts = pack(b.view(), K, N, 3);
                    QVERIFY(same_bits(packed.get(), in_parts.get(), cpu::matmul_packed_floats(K, N)));
                    std::vector<float> out(b.values.size());
                    cpu::matmul_unpack(packed.get(), out.data(), K, N);
                    for (int64_t k = 0; k < K; ++k) {
                        for (int64_t n = 0; n < N; ++n) {
                            QVERIFY(same_bits(&out[static_cast<size_t>(k * N + n)],
                                              &b.view().data[k * b.row_stride + n * b.column_stride], 1));
                        }
                    }
                }
            }
        });
    }

    void empty_sums() {
        const float packed = 0, a = 0;
        const std::vector<float> bias = {1, 2, 3}, start = {9, 8, 7, 6, 5, 4};
        const MatmulShape s{2, 3, 0};
        QCOMPARE(multiply({&a, 0, 1}, &packed, nullptr, s), (std::vector<float>(6, 0.0f)));
        QCOMPARE(multiply({&a, 0, 1}, &packed, bias.data(), s), (std::vector<float>{1, 2, 3, 1, 2, 3}));
        QCOMPARE(multiply({&a, 0, 1}, &packed, nullptr, s, 1, &start), start);
        QCOMPARE(cpu::matmul_tasks({0, 3, 4}), 0);
        QCOMPARE(cpu::matmul_tasks({3, 0, 4}), 0);
    }

    void tasks_for_many_threads() {
        for (const MatmulShape& s : {MatmulShape{1, 1536, 1536},
                                     {16, 576, 1536},
                                     {4, 256, 64},
                                     {512, 576, 576},
                                     {1024, 16, 576},
                                     {8, 576, 1024}}) {
            QVERIFY2(cpu::matmul_tasks(s) >= 16, qPrintable(QString::number(s.M) + "·" + QString::number(s.N)));
        }
    }

    void the_target_has_its_name() {
        check::on_every_target([] {
            const int64_t targets = hwy::SupportedTargets();
            const QString name = hwy::TargetName(targets & -targets);
            if (name == "SSSE3" || name.startsWith("SVE")) return;  // not compiled: SCALAR and NEON serve
            QCOMPARE(QString(cpu::simd_target()), name);
        });
    }
};

QTEST_APPLESS_MAIN(MatmulTest)
#include "matmul_test.moc"
