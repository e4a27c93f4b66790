// The draw of a token, held to the probabilities that transformers' logits processors leave
// (tests/data/make_sampler.py).
#include <QtTest>
#include <algorithm>
#include <cmath>
#include <limits>

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
    void logprobs_are_those_of_transformers_data() { draws_as_transformers_would_data(); }
    void logprobs_are_those_of_transformers();
    void logprobs_at_the_edges();
    void cuts_leave_at_least_one();
    void what_is_no_number_comes_last();
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

// Each token of the row with all of them: its logprob is of the raw logits, `sampled` of what the samplers left.
void SamplerTest::logprobs_are_those_of_transformers() {
    QFETCH(int, index);
    const Json cases = document()["cases"];
    const auto raw = cases[0]["probabilities"].get<std::vector<double>>();
    const auto sampled = cases[static_cast<size_t>(index)]["probabilities"].get<std::vector<double>>();
    const auto row = logits();
    const auto left = candidates_of(row, options_of(cases[static_cast<size_t>(index)]), seen());
    double entropy = 0;
    for (const double p : raw) entropy -= p * std::log(p);
    for (size_t token = 0; token < row.size(); ++token) {
        const TokenLogprobs told = token_logprobs(row, static_cast<int32_t>(token), left, 20);
        QCOMPARE(told.chosen.token, static_cast<int32_t>(token));
        QCOMPARE(told.rank, 1 + std::ranges::count_if(raw, [&](double p) { return p > raw[token]; }));
        QVERIFY(std::abs(told.entropy - entropy) < 1e-9);
        QCOMPARE(told.top.size(), size_t{20});
        for (const TokenLogprob& one : told.top) {
            const auto at = static_cast<size_t>(one.token);
            QVERIFY(std::abs(one.logprob - std::log(raw[at])) < 1e-9);
            QVERIFY(std::abs(one.sampled - sampled[at]) < 1e-6);  // transformers' scores are fp32
            QCOMPARE(one.sampled == 0, sampled[at] == 0);
        }
        QVERIFY(std::ranges::is_sorted(told.top, std::ranges::greater{}, &TokenLogprob::logprob));
        QVERIFY(std::abs(told.chosen.logprob - std::log(raw[token])) < 1e-9);
        QVERIFY(std::abs(told.chosen.sampled - sampled[token]) < 1e-6);
    }
}

void SamplerTest::logprobs_at_the_edges() {
    const std::vector<float> row = {-5000, 5000, 5000, -5000};
    const auto left = candidates_of(row, {}, {});
    const TokenLogprobs told = token_logprobs(row, 2, left, 3);
    QCOMPARE(told.rank, int64_t{2});  // of equals the smaller id is first
    QVERIFY(std::abs(told.chosen.logprob - std::log(0.5)) < 1e-12);
    QVERIFY(std::abs(told.entropy - std::log(2.0)) < 1e-12);
    QCOMPARE(told.top[0].token, 1);
    QCOMPARE(told.top[0].sampled, 1.0);  // greedy
    QCOMPARE(told.chosen.sampled, 0.0);
    QCOMPARE(told.top[2].token, 0);
    QCOMPARE(told.top[2].logprob, std::log(0.5) - 10000);
    QCOMPARE(token_logprobs(row, 1, left, 1000).top.size(), row.size());
    QCOMPARE(token_logprobs(std::vector<float>{3}, 0, left, 1).entropy, 0.0);
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

// Of broken weights. Enough of them that a sort which compares with them leaves the row.
void SamplerTest::what_is_no_number_comes_last() {
    constexpr float nan = std::numeric_limits<float>::quiet_NaN();
    std::vector<float> row(1000);
    for (size_t i = 0; i < row.size(); ++i) row[i] = i % 3 == 0 ? nan : static_cast<float>(i * 7919 % 1000) / 100;
    const auto left = candidates_of(row, {.temperature = 1, .top_k = 600, .seed = 1}, {});
    QCOMPARE(left.size(), size_t{600});
    for (const Candidate& c : left) QVERIFY(c.token % 3 != 0 && std::isfinite(c.weight));
    const int32_t best = sample(row, {}, {}, 0);
    QCOMPARE(left.front().token, best);
    const TokenLogprobs told = token_logprobs(row, best, left, 20);
    QCOMPARE(told.rank, int64_t{1});
    QVERIFY(told.chosen.logprob < 0 && told.entropy > 0);
    for (const TokenLogprob& one : told.top) QVERIFY(one.token % 3 != 0);
    const int32_t any = sample(std::vector<float>(100, nan), {.temperature = 1, .top_p = 0.9, .seed = 1}, {}, 0);
    QVERIFY(any >= 0 && any < 100);
}

QTEST_APPLESS_MAIN(SamplerTest)
#include "sampler_test.moc"
