// The .cu kernels, compiled over tests/cuda_emulator, against the plain references in double (flash-attention rule) and
// beside the CPU kernels; with the threads of a block in both orders, which must not matter. Also the emulator itself:
// it must notice what a GPU would not forgive.
#include <QtTest>
#include <stdexcept>

#include "kernels/adamw.h"
#include "kernels/adamw_reference.h"
#include "kernels/attention.h"
#include "kernels/launch.cuh"
#include "kernels/rms_norm.h"
#include "kernels/rms_norm_reference.h"
#include "tests/kernels/attention_problem.h"
#include "tests/kernels/check.h"

using namespace lathe;
using check::AttentionProblem;
using check::Lengths;

namespace {

void write_before_barrier(float* out) {
    LATHE_DYNAMIC_SHARED(shared);
    shared[threadIdx.x] = static_cast<float>(threadIdx.x);
    __syncthreads();
    out[threadIdx.x] = shared[(threadIdx.x + 1) % blockDim.x];
}

void write_without_barrier(float* out) {
    LATHE_DYNAMIC_SHARED(shared);
    shared[threadIdx.x] = static_cast<float>(threadIdx.x);
    out[threadIdx.x] = shared[(threadIdx.x + 1) % blockDim.x];
}

void half_reach_barrier() {
    if (threadIdx.x % 2 == 0) __syncthreads();
}

void half_a_warp_shuffles(float* out) {
    if (threadIdx.x < 16) out[threadIdx.x] = __shfl_xor_sync(0xffffffffu, 1.0f, 1);
}

void add_over_warp(float* out) {
    float x = static_cast<float>(threadIdx.x);
    for (int step = 16; step > 0; step /= 2) x += __shfl_xor_sync(0xffffffffu, x, step);
    out[threadIdx.x] = x;
}

}  // namespace

class CudaTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void emulator_keeps_barriers() {
        std::vector<float> out(64);
        for (const bool descending : {false, true}) {
            cuda_emulator::Options order{descending};
            LATHE_LAUNCH(write_before_barrier, dim3(2), dim3(64), 64 * sizeof(float), &order, out.data());
            for (unsigned t = 0; t < 64; ++t) QCOMPARE(out[t], static_cast<float>((t + 1) % 64));
        }
        LATHE_LAUNCH(write_without_barrier, dim3(1), dim3(64), 64 * sizeof(float), nullptr, out.data());
        QVERIFY(std::isnan(out[0]));  // read before its neighbour wrote
        LATHE_LAUNCH(add_over_warp, dim3(1), dim3(64), 0, nullptr, out.data());
        QCOMPARE(out[3], 496.0f);             // 0 + … + 31
        QCOMPARE(out[40], 496.0f + 1024.0f);  // 32 + … + 63
    }

    void emulator_notices_faults() {
        std::vector<float> out(64);
        QVERIFY_THROWS_EXCEPTION(std::logic_error, LATHE_LAUNCH(half_reach_barrier, dim3(1), dim3(64), 0, nullptr));
        QVERIFY_THROWS_EXCEPTION(std::logic_error,
                                 LATHE_LAUNCH(half_a_warp_shuffles, dim3(1), dim3(64), 0, nullptr, out.data()));
        QVERIFY_THROWS_EXCEPTION(std::logic_error,
                                 LATHE_LAUNCH(add_over_warp, dim3(1), dim3(48), 0, nullptr, out.data()));
        QVERIFY_THROWS_EXCEPTION(std::runtime_error,
                                 LATHE_LAUNCH(add_over_warp, dim3(1), dim3(2048), 0, nullptr, out.data()));
        QVERIFY_THROWS_EXCEPTION(std::runtime_error,
                                 LATHE_LAUNCH(add_over_warp, dim3(1), dim3(32), 49153, nullptr, out.data()));
    }

    void rms_norm() {
        for (const RmsNormShape shape : {RmsNormShape{7, 64, 1, 64, 1e-6f}, RmsNormShape{12, 33, 3, 160, 1e-5f},
                                         RmsNormShape{1, 576, 1, 576, 1e-6f}, RmsNormShape{5, 1, 1, 4, 1e-6f}}) {
            const size_t n = static_cast<size_t>((shape.rows - 1) / shape.inner_count * shape.outer_stride +
                                                 shape.inner_count * shape.C);
            const auto x = check::random_floats(n, 1), w = check::random_floats(static_cast<size_t>(shape.C), 2);
            std::vector<double> exact = check::widen(x), exact_rstd(static_cast<size_t>(shape.rows));
            std::vector<float> plain = x, plain_rstd(exact_rstd.size()), cpu = x;
            reference::rms_norm(check::widen(x).data(), check::widen(w).data(), exact.data(), exact_rstd.data(), shape,
                                {0, shape.rows});
            reference::rms_norm(x.data(), w.data(), plain.data(), plain_rstd.data(), shape, {0, shape.rows});
            cpu::rms_norm(x.data(), w.data(), cpu.data(), nullptr, shape, {0, shape.rows});
            for (const bool descending : {false, true}) {
                cuda_emulator::Options order{descending};
                std::vector<float> y = x, rstd(exact_rstd.size());
                cuda::rms_norm(y.data(), w.data(), y.data(), rstd.data(), shape, &order);  // in place; the gaps stay
                QVERIFY(check::follows_rule(y, plain, exact, "y"));
                QVERIFY(check::follows_rule(rstd, plain_rstd, exact_rstd, "rstd"));
                QVERIFY(check::largest_error(y, check::widen(cpu)) < 2e-6);
                cuda::rms_norm(x.data(), w.data(), y.data(), nullptr, shape, &order);
            }
        }
    }

    void adamw() {
        const size_t n = 1003;
        const AdamWStep step{1e-2, 0.9, 0.95, 1e-8, 0.1, 3, 0.5f};
        const Range all{0, static_cast<int64_t>(n)};
        const auto p = check::random_floats(n, 1), g = check::random_floats(n, 2), m = check::random_floats(n, 3);
        const std::vector<float> v(n, 0.3f);
        auto p_exact = check::widen(p), m_exact = check::widen(m), v_exact = check::widen(v);
        auto p_plain = p, m_plain = m, v_plain = v, p_cpu = p, m_cpu = m, v_cpu = v, p_got = p, m_got = m, v_got = v;
        reference::adamw(p_exact.data(), check::widen(g).data(), m_exact.data(), v_exact.data(), step, all);
        reference::adamw(p_plain.data(), g.data(), m_plain.data(), v_plain.data(), step, all);
        cpu::adamw(p_cpu.data(), g.data(), m_cpu.data(), v_cpu.data(), step, all);
        cuda::adamw(p_got.data(), g.data(), m_got.data(), v_got.data(), all.end, step, nullptr);
        QVERIFY(check::follows_rule(p_got, p_plain, p_exact, "p"));
        QVERIFY(check::follows_rule(m_got, m_plain, m_exact, "m"));
        QVERIFY(check::follows_rule(v_got, v_plain, v_exact, "v"));
        QVERIFY(check::largest_error(p_got, check::widen(p_cpu)) < 1e-6);
        cuda::adamw(nullptr, nullptr, nullptr, nullptr, 0, step, nullptr);
    }

    void attention_data() {
        QTest::addColumn<AttentionShape>("shape");
        QTest::addColumn<std::vector<Lengths>>("lengths");
        QTest::newRow("one token") << AttentionShape{1, 1, 1} << std::vector<Lengths>{{1, 1}};
        QTest::newRow("ragged") << AttentionShape{8, 2, 32}
                                << std::vector<Lengths>{{33, 33}, {1, 70}, {5, 31}, {17, 17}};
        QTest::newRow("three heads a group") << AttentionShape{9, 3, 64} << std::vector<Lengths>{{22, 40}, {1, 64}};
        QTest::newRow("odd head dim") << AttentionShape{2, 2, 21} << std::vector<Lengths>{{65, 65}};
        QTest::newRow("wide heads") << AttentionShape{3, 1, 128} << std::vector<Lengths>{{12, 33}};
        QTest::newRow("wide and odd") << AttentionShape{2, 1, 97} << std::vector<Lengths>{{18, 18}};
    }
    void attention() {
        QFETCH(AttentionShape, shape);
        QFETCH(std::vector<Lengths>, lengths);
        const AttentionProblem problem(shape, lengths, 1.0f, 7);
        const auto exact = problem.reference<double>();
        const auto plain = problem.reference<float>();
        const auto cpu = problem.forward();
        int64_t longest = 0;
        for (const Lengths& length : lengths) longest = std::max(longest, length.q);
        for (const bool descending : {false, true}) {
            cuda_emulator::Options order{descending};
            std::vector<float> o(cpu.o.size(), AttentionProblem::kGap), lse(cpu.lse.size());
            cuda::attention(problem.sequences().data(), static_cast<int64_t>(lengths.size()), longest,
                            problem.q().data(), o.data(), lse.data(), problem.shape(), &order);
            QVERIFY(check::follows_rule(o, plain.o, exact.o, "o"));
            QVERIFY(check::follows_rule(lse, plain.lse, exact.lse, "lse"));
            QVERIFY(check::largest_error(o, check::widen(cpu.o)) < 2e-5);
        }
    }

    void attention_refuses_wide_heads() {
        const AttentionShape wide{1, 1, 129, 129, 129, 129, 1.0f};
        QVERIFY_THROWS_EXCEPTION(std::invalid_argument,
                                 cuda::attention(nullptr, 1, 1, nullptr, nullptr, nullptr, wide, nullptr));
    }
};

QTEST_APPLESS_MAIN(CudaTest)
#include "cuda_test.moc"
