// Causal attention, forward and backward, on every SIMD target: errors by the flash-attention rule against the plain
// reference in double, the reference's gradient by finite differences, and equal bits wherever attention.h promises
// them.
#include "kernels/attention.h"

#include <QtTest>
#include <limits>
#include <stdexcept>

#include "kernels/attention_reference.h"
#include "tests/kernels/attention_problem.h"
#include "tests/kernels/check.h"

using namespace lathe;
using check::AttentionProblem;
using check::Lengths;

class AttentionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void follows_reference_data() {
        QTest::addColumn<int>("H");
        QTest::addColumn<int>("G");
        QTest::addColumn<int>("D");
        QTest::addColumn<std::vector<Lengths>>("lengths");
        const auto row = [](int H, int G, int D, std::vector<Lengths> lengths) {
            QTest::addRow("H%d G%d D%d x%d, first %d of %d", H, G, D, int(lengths.size()), int(lengths[0].q),
                          int(lengths[0].kv))
                << H << G << D << lengths;
        };
        row(1, 1, 1, {{1, 1}});
        row(1, 1, 8, {{300, 300}});
        row(8, 2, 32, {{64, 64}, {65, 65}, {1, 1}, {17, 17}});
        row(9, 3, 64, {{130, 130}, {1, 200}, {5, 70}});
        row(4, 4, 128, {{49, 49}, {2, 66}});
        row(6, 1, 20, {{33, 40}, {3, 3}});
        row(2, 2, 7, {{48, 48}, {8, 129}, {9, 128}});
        row(3, 3, 33, {{47, 63}, {16, 300}});
        row(14, 2, 64, {{1, 257}, {1, 64}, {1, 65}});
        row(2, 1, 256, {{31, 95}, {1, 5}});
        row(5, 1, 96, {{1, 130}, {12, 12}});
    }
    void follows_reference() {
        QFETCH(int, H);
        QFETCH(int, G);
        QFETCH(int, D);
        QFETCH(std::vector<Lengths>, lengths);
        const AttentionProblem problem({H, G, D}, lengths, 1.0f, 7);
        const auto exact = problem.reference<double>();
        const auto plain = problem.reference<float>();
        check::on_every_target([&] {
            auto got = problem.forward();
            problem.backward(got);
            QVERIFY(check::follows_rule(got.o, plain.o, exact.o, "o"));
            QVERIFY(check::follows_rule(got.lse, plain.lse, exact.lse, "lse"));
            QVERIFY(check::follows_rule(got.dq, plain.dq, exact.dq, "dq"));
            QVERIFY(check::follows_rule(got.dk, plain.dk, exact.dk, "dk"));
            QVERIFY(check::follows_rule(got.dv, plain.dv, exact.dv, "dv"));
        });
    }

    void sharp_scores_stay_finite() {
        const AttentionProblem problem({2, 1, 32}, {{100, 100}}, 30.0f, 3);  // scores of thousands
        const auto exact = problem.reference<double>();
        const auto plain = problem.reference<float>();
        check::on_every_target([&] { QVERIFY(check::follows_rule(problem.forward().o, plain.o, exact.o, "o")); });
    }

    void finite_differences() {
        const AttentionShape shape{4, 2, 3, 12, 6, 12, 0.7f};
        const int64_t q_len = 5, kv_len = 7;
        auto q = check::widen(check::random_floats(q_len * 12, 1)),
             k = check::widen(check::random_floats(kv_len * 6, 2));
        auto v = check::widen(check::random_floats(kv_len * 6, 3));
        const auto d_o = check::widen(check::random_floats(q_len * 12, 4));
        std::vector<double> o(q.size()), dq(q.size()), dk(k.size()), dv(v.size());
        const auto loss = [&] {
            reference::attention<double>(q.data(), k.data(), v.data(), o.data(), nullptr, q_len, kv_len, shape);
            return check::dot(o, d_o);
        };
        loss();
        reference::attention_backward(q.data(), k.data(), v.data(), o.data(), d_o.data(), dq.data(), dk.data(),
                                      dv.data(), q_len, kv_len, shape);
        QVERIFY(check::finite_difference_gap(q, dq, loss) < 1e-7);
        QVERIFY(check::finite_difference_gap(k, dk, loss) < 1e-7);
        QVERIFY(check::finite_difference_gap(v, dv, loss) < 1e-7);
    }

    // Prefilled whole, in pieces, or one query at a time with the keys so far: the same bits.
    void equal_bits_alone_and_in_pieces() {
        check::on_every_target([] {
            for (const AttentionShape shape :
                 {AttentionShape{9, 3, 64}, AttentionShape{8, 2, 32}, AttentionShape{2, 2, 21}}) {
                const AttentionProblem whole(shape, {{150, 190}}, 1.0f, 11);
                const auto expected = whole.forward();
                for (const int64_t piece : {1, 2, 7, 40, 149}) {
                    for (int64_t first : {int64_t{0}, int64_t{61}, 150 - piece}) {
                        const int64_t count = std::min<int64_t>(piece, 150 - first);
                        const auto got = whole.forward_of_queries(0, first, count);
                        QVERIFY(check::same_bits(got.o, whole.o_of_queries(expected.o, 0, first, count)));
                        QVERIFY(check::same_bits(got.lse, whole.lse_of_queries(expected.lse, 0, first, count)));
                    }
                }
            }
        });
    }

    void equal_bits_in_any_split() {
        check::on_every_target([] {
            const AttentionProblem problem({6, 2, 40}, {{70, 70}, {1, 90}, {130, 131}}, 1.0f, 5);
            auto expected = problem.forward();
            problem.backward(expected);
            auto got = problem.forward_task_by_task();
            problem.backward_task_by_task(got);
            QVERIFY(check::same_bits(got.o, expected.o));
            QVERIFY(check::same_bits(got.lse, expected.lse));
            QVERIFY(check::same_bits(got.dq, expected.dq));
            QVERIFY(check::same_bits(got.dk, expected.dk));
            QVERIFY(check::same_bits(got.dv, expected.dv));
        });
    }

    // A sequence full of NaN leaves its neighbours' outputs and gradients as they are.
    void nothing_crosses_sequences() {
        check::on_every_target([] {
            AttentionProblem problem({4, 2, 32}, {{50, 50}, {20, 20}, {70, 70}}, 1.0f, 9);
            auto expected = problem.forward();
            problem.backward(expected);
            problem.poison(1);
            auto got = problem.forward();
            problem.backward(got);
            for (const size_t s : {0, 2}) {
                const auto q_len = problem.sequences()[s].q_len;
                QVERIFY(check::same_bits(problem.o_of_queries(got.o, s, 0, q_len),
                                         problem.o_of_queries(expected.o, s, 0, q_len)));
                QVERIFY(check::same_bits(problem.q_of_queries(got.dq, s, 0, q_len),
                                         problem.q_of_queries(expected.dq, s, 0, q_len)));
                QVERIFY(check::same_bits(problem.kv_of(got.dk, s), problem.kv_of(expected.dk, s)));
                QVERIFY(check::same_bits(problem.kv_of(got.dv, s), problem.kv_of(expected.dv, s)));
            }
            QVERIFY(std::isnan(problem.o_of_queries(got.o, 1, 0, 1)[0]));  // and a NaN is not hidden
        });
    }

    // Floats between the heads of one token and the next belong to others.
    void gaps_are_left_alone() {
        check::on_every_target([] {
            const AttentionProblem problem({4, 2, 24}, {{30, 30}, {1, 70}}, 1.0f, 13);
            auto got = problem.forward();
            problem.backward(got);
            QVERIFY(problem.gaps_untouched(got));
        });
    }

    void refuses_other_head_dims() {
        const AttentionSequence none{};
        QVERIFY_THROWS_EXCEPTION(std::invalid_argument,
                                 cpu::attention_tasks(&none, 1, {1, 1, 257, 257, 257, 257, 1.0f}));
        QVERIFY_THROWS_EXCEPTION(std::invalid_argument, cpu::attention_tasks(&none, 1, {3, 2, 8, 24, 16, 24, 1.0f}));
        QCOMPARE(cpu::attention_tasks(&none, 1, {1, 1, 8, 8, 8, 8, 1.0f}), int64_t{0});
    }
};

QTEST_APPLESS_MAIN(AttentionTest)
#include "attention_test.moc"
