// AdamW against ten steps of torch.optim.AdamW (tests/data/make_adamw.py), and the sum of squares against plain double
// sums.
#include "kernels/adamw.h"

#include <QtTest>
#include <limits>

#include "kernels/adamw_reference.h"
#include "tests/data/adamw.h"
#include "tests/kernels/check.h"

using namespace lathe;

namespace {

AdamWStep golden_step(int64_t t) {
    return {golden::kLearningRate, golden::kBeta1, golden::kBeta2, golden::kEps, golden::kWeightDecay, t, 0.5f};
}

double largest_relative_error(const std::vector<float>& got, const float* expected) {
    double worst = 0;
    for (size_t i = 0; i < got.size(); ++i) {
        const double gap = std::abs(static_cast<double>(got[i]) - static_cast<double>(expected[i]));
        worst = std::max(worst, gap / std::abs(static_cast<double>(expected[i])));
    }
    return worst;
}

}  // namespace

class AdamWTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ten_steps_of_torch() {
        check::on_every_target([] {
            std::vector<float> p(golden::kStart, golden::kStart + golden::kCount), m(p.size(), 0.0f), v(p.size(), 0.0f);
            auto p_plain = p, m_plain = m, v_plain = v;
            for (int t = 1; t <= golden::kSteps; ++t) {
                std::vector<float> g(p.size());  // doubled, and halved again by grad_scale: exact
                for (size_t i = 0; i < g.size(); ++i)
                    g[i] = 2.0f * golden::kGradients[static_cast<size_t>(t - 1) * g.size() + i];
                cpu::adamw(p.data(), g.data(), m.data(), v.data(), golden_step(t), {20, golden::kCount});
                cpu::adamw(p.data(), g.data(), m.data(), v.data(), golden_step(t), {0, 20});
                reference::adamw(p_plain.data(), g.data(), m_plain.data(), v_plain.data(), golden_step(t),
                                 {0, golden::kCount});
            }
            QVERIFY(largest_relative_error(p, golden::kParameter) < 1e-6);
            QVERIFY(largest_relative_error(m, golden::kMean) < 2e-6);
            QVERIFY(largest_relative_error(v, golden::kSquare) < 1e-6);
            QVERIFY(largest_relative_error(p_plain, golden::kParameter) < 1e-6);
        });
    }

    void equal_bits_in_any_pieces() {
        check::on_every_target([] {
            const auto g = check::random_floats(1003, 1);
            const auto start = check::random_floats(1003, 2);
            std::vector<float> p = start, m(1003, 0.1f), v(1003, 0.2f), p2 = p, m2 = m, v2 = v;
            cpu::adamw(p.data(), g.data(), m.data(), v.data(), golden_step(3), {0, 1003});
            for (int64_t i = 0; i < 1003; i += 59)
                cpu::adamw(p2.data(), g.data(), m2.data(), v2.data(), golden_step(3), {i, i + 59});
            QCOMPARE(p2, p);
            QCOMPARE(m2, m);
            QCOMPARE(v2, v);
        });
    }

    void sum_of_squares() {
        check::on_every_target([] {
            for (const size_t n : {size_t{1}, size_t{4095}, size_t{4096}, size_t{12305}}) {
                auto g = check::random_floats(n, 3, 1e15f);
                double expected = 0, sum = 0;
                for (const float x : g) expected += static_cast<double>(x) * static_cast<double>(x);
                const int64_t count = static_cast<int64_t>(n), tasks = cpu::sum_squares_tasks(count);
                QCOMPARE(tasks, (count + 4095) / 4096);
                std::vector<double> partial(static_cast<size_t>(tasks), -1.0);
                for (int64_t k = tasks - 1; k >= 0; --k) cpu::sum_squares(g.data(), count, partial.data(), {k, k + 1});
                for (const double x : partial) sum += x;
                QVERIFY(std::abs(sum - expected) < 1e-12 * expected);
                g[n - 1] = std::numeric_limits<float>::infinity();
                cpu::sum_squares(g.data(), count, partial.data(), {0, tasks});
                QVERIFY(!std::isfinite(partial.back()));
                g[n - 1] = NAN;
                cpu::sum_squares(g.data(), count, partial.data(), {0, tasks});
                QVERIFY(!std::isfinite(partial.back()));
            }
        });
    }
};

QTEST_APPLESS_MAIN(AdamWTest)
#include "adamw_test.moc"
