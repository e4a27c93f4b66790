// The draw of a token, held to the probabilities that transformers' logits processors leave
// (tests/data/make_sampler.py).
#include <QtTest>
#include <cmath>

#include "engine/base/json.h"
#include "engine/infer/sampler.h"

using namespace lathe;

namespace {

constexpr int64_t kDraws = 40'000;

Json document() {
    return read_json(LATHE_SOURCE_DIR "/tests/data/sampler.json");
}
std::vector<float> logits() {
    return document()["logits"].get<std::vector<float>>();
}
std::vector<int32_t> seen() {
    return document()["seen"].get<std::vector<int32_t>>();
}

SamplerOptions options_of(const Json& wanted) {
    return {.temperature = wanted["temperature"],
            .top_k = wanted.value("top_k", int64_t{0}),
            .top_p = wanted.value("top_p", 1.0),
            .min_p = wanted.value("min_p", 0.0),
            .repetition_penalty = wanted.value("repetition_penalty", 1.0),
            .seed = 17};
}

}  // namespace

class SamplerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void draws_as_transformers_would_data();
    void draws_as_transformers_would();
    void greedy_takes_the_largest();
    void a_draw_is_a_function_of_seed_and_position();
    void likeliest_are_in_order();
    void a_tokens_probability_is_over_the_whole_vocabulary();
    void cuts_leave_at_least_one();
};

void SamplerTest::draws_as_transformers_would_data() {
    QTest::addColumn<int>("index");
    const Json cases = document()["cases"];
    for (size_t i = 0; i < cases.size(); ++i) {
        Json named = cases[i];
        named.erase("probabilities");
        QTest::newRow(named.dump().c_str()) << static_cast<int>(i);
    }
}

void SamplerTest::draws_as_transformers_would() {
    QFETCH(int, index);
    const Json wanted = document()["cases"][static_cast<size_t>(index)];
    const auto probabilities = wanted["probabilities"].get<std::vector<double>>();
    const auto row = logits();
    const auto before = seen();
    std::vector<int64_t> counts(row.size());
    for (int64_t position = 0; position < kDraws; ++position)
        ++counts[static_cast<size_t>(sample(row, options_of(wanted), before, position))];
    for (size_t token = 0; token < counts.size(); ++token) {
        const double p = probabilities[token], n = static_cast<double>(kDraws),
                     count = static_cast<double>(counts[token]);
        QVERIFY2(std::abs(count - n * p) <= 5 * std::sqrt(n * p * (1 - p)),
                 qPrintable(QString("token %1: %2 of %3 for %4").arg(token).arg(count).arg(n).arg(p)));
        // A token that was cut off never comes.
        if (p == 0) QCOMPARE(counts[token], int64_t{0});
    }
}

void SamplerTest::greedy_takes_the_largest() {
    const std::vector<float> row = {1, 5, -2, 5, 4.9F};
    QCOMPARE(sample(row, {}, {}, 0), 1);  // the first of equals
    QCOMPARE(sample(row, {.repetition_penalty = 2}, std::vector{1, 3}, 0), 4);
    QCOMPARE(sample(row, {.temperature = 1, .top_k = 1, .seed = 5}, {}, 3), 1);
}

void SamplerTest::a_draw_is_a_function_of_seed_and_position() {
    const auto row = logits();
    std::vector<int32_t> first, again, other;
    for (int64_t position = 0; position < 64; ++position) {
        first.push_back(sample(row, {.temperature = 1, .seed = 3}, {}, position));
        other.push_back(sample(row, {.temperature = 1, .seed = 4}, {}, position));
    }
    for (int64_t position = 63; position >= 0; --position)
        again.insert(again.begin(), sample(row, {.temperature = 1, .seed = 3}, {}, position));
    QCOMPARE(again, first);
    QVERIFY(first != other);
}

void SamplerTest::likeliest_are_in_order() {
    const auto row = logits();
    const auto all = document()["cases"][0]["probabilities"].get<std::vector<double>>();
    const auto top = likeliest(row, 5);
    QCOMPARE(top.size(), size_t{5});
    for (size_t i = 0; i < top.size(); ++i) {
        QVERIFY(std::abs(top[i].probability - all[static_cast<size_t>(top[i].token)]) < 1e-9);
        if (i > 0) QVERIFY(top[i].probability <= top[i - 1].probability);
    }
    QCOMPARE(top[0].probability, likeliest(row, 1)[0].probability);
    QCOMPARE(likeliest(row, 1000).size(), row.size());
    QVERIFY(likeliest({}, 3).empty());
}

void SamplerTest::a_tokens_probability_is_over_the_whole_vocabulary() {
    const auto row = logits();
    const auto all = document()["cases"][0]["probabilities"].get<std::vector<double>>();
    for (size_t token = 0; token < row.size(); ++token)
        QVERIFY(std::abs(token_probability(row, static_cast<int32_t>(token)) - all[token]) < 1e-9);
    const auto top = likeliest(row, 1)[0];
    QCOMPARE(token_probability(row, top.token), top.probability);
    QVERIFY(std::abs(token_probability(std::vector<float>{5000, 5000, -5000}, 1) - 0.5) < 1e-12);
}

void SamplerTest::cuts_leave_at_least_one() {
    const auto row = logits();
    const int32_t best = sample(row, {}, {}, 0);
    for (int64_t position = 0; position < 20; ++position) {
        QCOMPARE(sample(row, {.temperature = 1, .top_p = 0, .seed = 1}, {}, position), best);
        QCOMPARE(sample(row, {.temperature = 1, .min_p = 1, .seed = 1}, {}, position), best);
        QCOMPARE(sample(row, {.temperature = 1e-6, .seed = 1}, {}, position), best);
    }
}

QTEST_APPLESS_MAIN(SamplerTest)
#include "sampler_test.moc"
