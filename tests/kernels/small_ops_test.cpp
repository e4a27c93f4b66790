// RMSNorm, rope, SwiGLU and embedding: references in double against finite differences; kernels on every SIMD target
// against them by the rule of check.h; equal bits under every split of the range; in place and strided forms.
#include <QtTest>
#include <functional>

#include "kernels/embedding_reference.h"
#include "kernels/rms_norm_reference.h"
#include "kernels/rope_reference.h"
#include "kernels/swiglu_reference.h"
#include "tests/kernels/check.h"

using namespace lathe;
using check::finite_difference_gap;
using check::follows_rule;
using check::random_floats;
using check::widen;

namespace {

const std::vector<int64_t> kWidths = {1, 3, 8, 64, 100, 256, 577};

// Runs over 0..count in uneven pieces, last piece first.
void split(int64_t count, const std::function<void(Range)>& run) {
    const int64_t first = count / 3;
    run({first, count});
    for (int64_t i = 0; i < first; ++i) run({i, i + 1});
}

}  // namespace

class SmallOpsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rms_norm_gradients() {
        const RmsNormShape shape{3, 5, 1, 5, 1e-6f};
        auto x = widen(random_floats(15, 1)), w = widen(random_floats(5, 2));
        const auto dy = widen(random_floats(15, 3));
        std::vector<double> y(15), rstd(3), dx(15), dw(5);
        const auto loss = [&] {
            reference::rms_norm(x.data(), w.data(), y.data(), rstd.data(), shape, {0, 3});
            return check::dot(y, dy);
        };
        loss();
        reference::rms_norm_backward(x.data(), w.data(), rstd.data(), dy.data(), dx.data(), shape, {0, 3});
        reference::rms_norm_weight_backward(x.data(), rstd.data(), dy.data(), dw.data(), shape);
        QVERIFY(finite_difference_gap(x, dx, loss) < 1e-7);
        QVERIFY(finite_difference_gap(w, dw, loss) < 1e-7);
    }

    void rms_norm_kernels() {
        check::on_every_target([] {
            for (const int64_t C : kWidths) {
                // Two inner rows of C inside packed rows of 3C + 2.
                const RmsNormShape shape{202, C, 2, 3 * C + 2, 1e-6f};
                const size_t size = static_cast<size_t>(101 * shape.outer_stride);
                const auto x = random_floats(size, 4, 3.0f), w = random_floats(static_cast<size_t>(C), 5),
                           dy = random_floats(size, 6);
                const auto xd = widen(x), wd = widen(w), dyd = widen(dy);
                auto y = x, plain = x, dx = dy, dx_plain = dy;
                auto yd = xd, dxd = dyd;
                std::vector<float> rstd(202), rstd_plain(202), partial, dw_plain(w.size());
                std::vector<double> rstdd(202), dwd(w.size());
                reference::rms_norm(x.data(), w.data(), plain.data(), rstd_plain.data(), shape, {0, 202});
                reference::rms_norm(xd.data(), wd.data(), yd.data(), rstdd.data(), shape, {0, 202});
                cpu::rms_norm(y.data(), w.data(), y.data(), rstd.data(), shape, {0, 202});
                QVERIFY(follows_rule(y, plain, yd, "rms_norm"));
                QVERIFY(follows_rule(rstd, rstd_plain, rstdd, "rstd"));
                auto pieces = x;
                split(202,
                      [&](Range rows) { cpu::rms_norm(pieces.data(), w.data(), pieces.data(), nullptr, shape, rows); });
                QCOMPARE(pieces, y);

                reference::rms_norm_backward(x.data(), w.data(), rstd_plain.data(), dy.data(), dx_plain.data(), shape,
                                             {0, 202});
                reference::rms_norm_backward(xd.data(), wd.data(), rstdd.data(), dyd.data(), dxd.data(), shape,
                                             {0, 202});
                split(202, [&](Range rows) {
                    cpu::rms_norm_backward(x.data(), w.data(), rstd.data(), dx.data(), dx.data(), shape, rows);
                });
                QVERIFY(follows_rule(dx, dx_plain, dxd, "rms_norm_backward"));

                const int64_t tasks = cpu::rms_norm_weight_tasks(shape);
                partial.assign(static_cast<size_t>(tasks * C), NAN);
                split(tasks, [&](Range range) {
                    cpu::rms_norm_weight_backward(x.data(), rstd.data(), dy.data(), partial.data(), shape, range);
                });
                std::vector<float> dw(w.size(), 0.0f);
                for (size_t i = 0; i < partial.size(); ++i) dw[i % dw.size()] += partial[i];
                reference::rms_norm_weight_backward(x.data(), rstd_plain.data(), dy.data(), dw_plain.data(), shape);
                reference::rms_norm_weight_backward(xd.data(), rstdd.data(), dyd.data(), dwd.data(), shape);
                QVERIFY(follows_rule(dw, dw_plain, dwd, "rms_norm_weight_backward"));
            }
        });
    }

    void rope_turns_pairs_and_back() {
        check::on_every_target([] {
            for (const int64_t D : {2, 6, 32, 64, 80, 128}) {
                const RopeShape shape{3, D, 3 * D + 5};
                const std::vector<int32_t> positions = {0, 7, 3, 7, 1};
                const size_t half = static_cast<size_t>(D / 2), size = static_cast<size_t>(5 * shape.token_stride);
                std::vector<float> cos(8 * half), sin(8 * half);
                for (size_t i = 0; i < cos.size(); ++i) {
                    const double angle = static_cast<double>(i / half) *
                                         std::pow(1e4, -static_cast<double>(i % half) / static_cast<double>(half));
                    cos[i] = static_cast<float>(std::cos(angle));
                    sin[i] = static_cast<float>(std::sin(angle));
                }
                const auto cosd = widen(cos), sind = widen(sin);
                const auto x = random_floats(size, 7);
                for (const bool inverse : {false, true}) {
                    auto y = x, plain = x;
                    auto yd = widen(x);
                    split(5, [&](Range tokens) {
                        cpu::rope(y.data(), positions.data(), cos.data(), sin.data(), inverse, shape, tokens);
                    });
                    reference::rope(plain.data(), positions.data(), cos.data(), sin.data(), inverse, shape, {0, 5});
                    reference::rope(yd.data(), positions.data(), cosd.data(), sind.data(), inverse, shape, {0, 5});
                    QVERIFY(follows_rule(y, plain, yd, "rope"));
                    // A rotation: the inverse is its transpose, so it is the gradient too.
                    cpu::rope(y.data(), positions.data(), cos.data(), sin.data(), !inverse, shape, {0, 5});
                    QVERIFY(check::largest_error(y, widen(x)) < 2e-6);
                }
            }
        });
    }

    void swiglu_gradients() {
        auto x = widen(random_floats(20, 8, 2.0f));
        const auto dy = widen(random_floats(10, 9));
        std::vector<double> y(10), dx(20);
        const auto loss = [&] {
            reference::swiglu(x.data(), y.data(), 5, {0, 2});
            return check::dot(y, dy);
        };
        reference::swiglu_backward(x.data(), dy.data(), dx.data(), 5, {0, 2});
        QVERIFY(finite_difference_gap(x, dx, loss) < 1e-7);
    }

    void swiglu_kernels() {
        check::on_every_target([] {
            for (const int64_t I : kWidths) {
                auto x = random_floats(static_cast<size_t>(9 * 2 * I), 10, 5.0f);
                x[0] = -120.0f;  // e^120 overflows a float
                x[static_cast<size_t>(2 * I)] = 120.0f;
                const auto dy = random_floats(static_cast<size_t>(9 * I), 11);
                const auto xd = widen(x), dyd = widen(dy);
                std::vector<float> y(dy.size()), plain(dy.size()), dx_plain(x.size());
                std::vector<double> yd(dy.size()), dxd(x.size());
                split(9, [&](Range rows) { cpu::swiglu(x.data(), y.data(), I, rows); });
                reference::swiglu(x.data(), plain.data(), I, {0, 9});
                reference::swiglu(xd.data(), yd.data(), I, {0, 9});
                QVERIFY(follows_rule(y, plain, yd, "swiglu"));
                auto dx = x;
                split(9, [&](Range rows) { cpu::swiglu_backward(dx.data(), dy.data(), dx.data(), I, rows); });
                reference::swiglu_backward(x.data(), dy.data(), dx_plain.data(), I, {0, 9});
                reference::swiglu_backward(xd.data(), dyd.data(), dxd.data(), I, {0, 9});
                QVERIFY(follows_rule(dx, dx_plain, dxd, "swiglu_backward"));
            }
        });
    }

    void swiglu_shows_nan() {
        check::on_every_target([] {
            const std::vector<float> x = {NAN, 1.0f};
            float y = 0;
            cpu::swiglu(x.data(), &y, 1, {0, 1});
            QVERIFY(std::isnan(y));
        });
    }

    void embedding_kernels() {
        check::on_every_target([] {
            for (const int64_t C : kWidths) {
                const std::vector<int32_t> ids = {3, 0, 99, 3, 3, 50, 0, 17};
                const auto table = random_floats(static_cast<size_t>(100 * C), 12);
                std::vector<float> y(static_cast<size_t>(8 * C)), expected(y.size());
                split(8, [&](Range rows) { cpu::embedding(table.data(), ids.data(), y.data(), C, rows); });
                reference::embedding(table.data(), ids.data(), expected.data(), C, {0, 8});
                QCOMPARE(y, expected);
                // Adds in the order of n: the same bits as the plain loop.
                auto gradient = table, plain = table;
                split(cpu::embedding_backward_tasks(), [&](Range tasks) {
                    cpu::embedding_backward(y.data(), ids.data(), 8, gradient.data(), C, tasks);
                });
                reference::embedding_backward(y.data(), ids.data(), 8, plain.data(), C);
                QCOMPARE(gradient, plain);
            }
        });
    }
};

QTEST_APPLESS_MAIN(SmallOpsTest)
#include "small_ops_test.moc"
