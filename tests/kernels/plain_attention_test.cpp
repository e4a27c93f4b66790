// Plain attention on every SIMD target: errors by the flash-attention rule against the reference in double, whose
// gradient attention_test.cpp holds to finite differences; its scores a causal softmax; equal bits however it is cut.
#include "kernels/plain_attention.h"

#include <QtTest>
#include <stdexcept>

#include "tests/kernels/attention_problem.h"
#include "tests/kernels/check.h"

using namespace lathe;
using check::AttentionProblem;
using check::Lengths;

class PlainAttentionTest : public QObject {
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
        row(8, 2, 32, {{64, 64}, {65, 65}, {1, 1}, {17, 17}});
        row(9, 3, 64, {{130, 130}, {1, 200}, {5, 70}});
        row(6, 1, 20, {{33, 40}, {3, 3}});
        row(3, 3, 33, {{47, 63}, {16, 300}});
        row(2, 1, 256, {{31, 95}, {1, 5}});
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
            const auto got = problem.plain();
            QVERIFY(check::follows_rule(got.o, plain.o, exact.o, "o"));
            QVERIFY(check::follows_rule(got.dq, plain.dq, exact.dq, "dq"));
            QVERIFY(check::follows_rule(got.dk, plain.dk, exact.dk, "dk"));
            QVERIFY(check::follows_rule(got.dv, plain.dv, exact.dv, "dv"));
            QVERIFY(problem.gaps_untouched(got));
        });
    }

    void sharp_scores_stay_finite() {
        const AttentionProblem problem({2, 1, 32}, {{100, 100}}, 30.0f, 3);  // scores of thousands
        const auto exact = problem.reference<double>();
        const auto plain = problem.reference<float>();
        check::on_every_target([&] { QVERIFY(check::follows_rule(problem.plain().o, plain.o, exact.o, "o")); });
    }

    // Each row of p sums to one over the keys that its query sees, and is zero past them.
    void probabilities_are_causal() {
        const AttentionProblem problem({4, 2, 16}, {{20, 33}, {9, 9}}, 1.0f, 21);
        check::on_every_target([&] {
            const auto p = problem.plain().p;
            size_t at = 0;
            for (const AttentionSequence& sequence : problem.sequences())
                for (int64_t h = 0; h < 4; ++h)
                    for (int64_t i = 0; i < sequence.q_len; ++i) {
                        const int64_t visible = sequence.kv_len - sequence.q_len + i + 1;
                        double sum = 0;
                        for (int64_t j = 0; j < sequence.kv_len; ++j, ++at) {
                            QVERIFY(p[at] >= 0 && (j < visible || p[at] == 0));
                            sum += p[at];
                        }
                        QVERIFY(std::abs(sum - 1) < 1e-5);
                    }
            QCOMPARE(at, p.size());
        });
    }

    void equal_bits_in_any_split() {
        check::on_every_target([] {
            const AttentionProblem problem({6, 2, 40}, {{70, 70}, {1, 90}, {130, 131}}, 1.0f, 5);
            const auto expected = problem.plain(), got = problem.plain(/*task_by_task=*/true);
            QVERIFY(check::same_bits(got.o, expected.o));
            QVERIFY(check::same_bits(got.p, expected.p));
            QVERIFY(check::same_bits(got.dq, expected.dq));
            QVERIFY(check::same_bits(got.dk, expected.dk));
            QVERIFY(check::same_bits(got.dv, expected.dv));
        });
    }

    // A sequence full of NaN leaves its neighbours as they are, and is not hidden.
    void nothing_crosses_sequences() {
        check::on_every_target([] {
            AttentionProblem problem({4, 2, 32}, {{50, 50}, {20, 20}, {70, 70}}, 1.0f, 9);
            const auto expected = problem.plain();
            problem.poison(1);
            const auto got = problem.plain();
            for (const size_t s : {0, 2}) {
                const auto q_len = problem.sequences()[s].q_len;
                QVERIFY(check::same_bits(problem.o_of_queries(got.o, s, 0, q_len),
                                         problem.o_of_queries(expected.o, s, 0, q_len)));
                QVERIFY(check::same_bits(problem.q_of_queries(got.dq, s, 0, q_len),
                                         problem.q_of_queries(expected.dq, s, 0, q_len)));
                QVERIFY(check::same_bits(problem.kv_of(got.dk, s), problem.kv_of(expected.dk, s)));
                QVERIFY(check::same_bits(problem.kv_of(got.dv, s), problem.kv_of(expected.dv, s)));
            }
            QVERIFY(std::isnan(problem.o_of_queries(got.o, 1, 0, 1)[0]));
        });
    }

    void refuses_other_head_dims() {
        QVERIFY_THROWS_EXCEPTION(std::invalid_argument,
                                 cpu::plain_attention_tasks(1, {1, 1, 257, 257, 257, 257, 1.0f}));
        QVERIFY_THROWS_EXCEPTION(std::invalid_argument, cpu::plain_attention_tasks(1, {3, 2, 8, 24, 16, 24, 1.0f}));
    }
};

QTEST_APPLESS_MAIN(PlainAttentionTest)
#include "plain_attention_test.moc"
