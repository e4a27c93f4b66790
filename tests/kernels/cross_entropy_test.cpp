// Cross-entropy: the reference in double against finite differences; the kernel on every SIMD target against it, for V
// below, at and above its blocks; ignored targets; any NaN or infinity among the logits must reach the loss. Also the
// vector exp, by itself.
#include "kernels/cross_entropy.h"

#include <QtTest>
#include <limits>

#include "kernels/cross_entropy_reference.h"
#include "tests/kernels/check.h"

using namespace lathe;
using check::follows_rule;
using check::random_floats;
using check::widen;

class CrossEntropyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void gradients() {
        auto x = widen(random_floats(21, 1, 2.0f));
        const std::vector<int32_t> targets = {6, cpu::kIgnoreTarget, 0};
        std::vector<double> losses(3);
        auto gradient = x;
        reference::cross_entropy(gradient.data(), targets.data(), losses.data(), 7, 0.25, {0, 3});
        QCOMPARE(losses[1], 0.0);
        const auto loss = [&] {
            reference::cross_entropy_loss(x.data(), targets.data(), losses.data(), 7, {0, 3});
            return 0.25 * (losses[0] + losses[1] + losses[2]);
        };
        QVERIFY(check::finite_difference_gap(x, gradient, loss) < 1e-7);
    }

    void kernels() {
        check::on_every_target([] {
            for (const int64_t V : {1, 7, 2048, 2049, 4096, 9001}) {
                auto x = random_floats(static_cast<size_t>(4 * V), 2, 6.0f);
                if (V > 4096) x[4500] = 70.0f;  // one block far above the others: their exps fall below the least float
                const std::vector<int32_t> targets = {static_cast<int32_t>(V - 1), 0, cpu::kIgnoreTarget,
                                                      static_cast<int32_t>(V / 2)};
                auto gradient = x, plain = x;
                auto reference = widen(x);
                std::vector<float> losses(4), plain_losses(4), losses_alone(4);
                std::vector<double> reference_losses(4);
                cpu::cross_entropy(gradient.data(), targets.data(), losses.data(), V, 0.125f, {1, 4});
                cpu::cross_entropy(gradient.data(), targets.data(), losses.data(), V, 0.125f, {0, 1});
                reference::cross_entropy(plain.data(), targets.data(), plain_losses.data(), V, 0.125f, {0, 4});
                reference::cross_entropy(reference.data(), targets.data(), reference_losses.data(), V, 0.125, {0, 4});
                QVERIFY(follows_rule(gradient, plain, reference, "cross_entropy"));
                QVERIFY(follows_rule(losses, plain_losses, reference_losses, "losses"));
                cpu::cross_entropy_loss(x.data(), targets.data(), losses_alone.data(), V, {0, 4});
                QCOMPARE(losses_alone, losses);
            }
        });
    }

    void not_finite_is_never_hidden() {
        const float infinity = std::numeric_limits<float>::infinity();
        check::on_every_target([infinity] {
            for (const int64_t V : {5, 64, 5000}) {
                for (const float bad : {NAN, infinity, -infinity}) {
                    for (const int64_t at : {int64_t{0}, int64_t{3}, V - 1}) {
                        auto x = random_floats(static_cast<size_t>(V), 3);
                        x[static_cast<size_t>(at)] = bad;
                        const int32_t target = 1;
                        float loss = 0, loss_alone = 0;
                        cpu::cross_entropy_loss(x.data(), &target, &loss_alone, V, {0, 1});
                        cpu::cross_entropy(x.data(), &target, &loss, V, 1.0f, {0, 1});
                        QVERIFY(!std::isfinite(loss) && !std::isfinite(loss_alone));
                        QVERIFY(!std::isfinite(x[0]) && !std::isfinite(x[1]));
                    }
                }
            }
        });
    }

    // A row (0, x) has the gradient e^x/(1 + e^x) at x: exact to a few ulp down to the least normal float.
    void exp_is_accurate() {
        check::on_every_target([] {
            for (int i = 0; i < 8700; ++i) {
                std::vector<float> x(16, -static_cast<float>(i) * 0.01f);
                x[0] = 0.0f;
                const double e = std::exp(static_cast<double>(x[1]));
                const int32_t target = 0;
                float loss = 0;
                cpu::cross_entropy(x.data(), &target, &loss, 16, 1.0f, {0, 1});
                const double expected = e / (1.0 + 15.0 * e);
                if (expected < 1.2e-38) continue;
                QVERIFY(std::abs(static_cast<double>(x[1]) - expected) < 4e-7 * expected);
            }
        });
    }
};

QTEST_APPLESS_MAIN(CrossEntropyTest)
#include "cross_entropy_test.moc"
