// Continuous batching: an answer is the same alone and in any company.
#include <QtTest>
#include <algorithm>
#include <cmath>
#include <map>

#include "engine/infer/batcher.h"
#include "tests/engine/base/caught.h"
#include "tests/engine/model/model_fixture.h"

using namespace lathe;
using namespace lathe_test;

namespace {

struct Answer {
    std::vector<int32_t> tokens;
    std::optional<FinishReason> finished;
};

// Ragged prompts, different lengths of answers, greedy and drawn.
std::vector<GenerationRequest> five_requests() {
    std::vector<GenerationRequest> requests;
    for (int i = 0; i < 5; ++i) {
        GenerationRequest request{.id = static_cast<uint64_t>(10 + i),
                                  .prompt = {},
                                  .max_tokens = 4 + 3 * ((i * 2) % 5),
                                  .sampler = {},
                                  .end_tokens = {}};
        for (int t = 0; t < 1 + (i * 7) % 12; ++t) request.prompt.push_back((i * 31 + t * t * 5 + 3) % 128);
        if (i % 2 == 1) request.sampler = {.temperature = 1.2, .top_k = 20, .seed = static_cast<uint64_t>(i)};
        if (i == 3) request.sampler.repetition_penalty = 1.5;
        requests.push_back(std::move(request));
    }
    return requests;
}

std::map<uint64_t, Answer> run(Batcher& batcher, int* widest = nullptr) {
    std::map<uint64_t, Answer> answers;
    while (!batcher.idle()) {
        int live = 0;
        batcher.step([&](const GeneratedToken& token) {
            answers[token.id].tokens.push_back(token.token);
            answers[token.id].finished = token.finished;
            ++live;
            return true;
        });
        if (widest != nullptr) *widest = std::max(*widest, live);
    }
    return answers;
}

}  // namespace

class BatcherTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void company_changes_nothing_data();
    void company_changes_nothing();
    void late_arrivals_change_nothing();
    void cancelling_one_leaves_the_others();
    void ends_at_an_end_token();
    void ends_where_the_caller_says();
    void ends_at_the_context();
    void tells_logprobs_as_transformers_does();
    void goes_on_behind_what_was_begun();
    void refuses_bad_prompts();

private:
    LoadedModel loaded_;
    std::map<uint64_t, Answer> alone_;
};

void BatcherTest::init() {
    if (loaded_.model) return;
    loaded_ = load_model(golden("hf_qwen3"), WeightForm::packed);
    for (const GenerationRequest& request : five_requests()) {
        Batcher batcher(*loaded_.model, 1);
        batcher.add(request);
        alone_.merge(run(batcher));
    }
    for (const GenerationRequest& request : five_requests()) {
        QCOMPARE(static_cast<int64_t>(alone_[request.id].tokens.size()), request.max_tokens);
        QCOMPARE(alone_[request.id].finished, FinishReason::length);
    }
}

void BatcherTest::company_changes_nothing_data() {
    QTest::addColumn<int>("max_sequences");
    for (const int count : {1, 2, 3, 5, 16}) QTest::addRow("%d", count) << count;
}

void BatcherTest::company_changes_nothing() {
    QFETCH(int, max_sequences);
    Batcher batcher(*loaded_.model, max_sequences);
    for (GenerationRequest& request : five_requests()) batcher.add(std::move(request));
    int widest = 0;
    const auto answers = run(batcher, &widest);
    QCOMPARE(widest, std::min(max_sequences, 5));
    QCOMPARE(answers.size(), size_t{5});
    for (const auto& [id, answer] : answers) QCOMPARE(answer.tokens, alone_[id].tokens);
}

void BatcherTest::late_arrivals_change_nothing() {
    auto requests = five_requests();
    Batcher batcher(*loaded_.model, 3);
    std::map<uint64_t, Answer> answers;
    for (size_t next = 0; next < requests.size() || !batcher.idle();) {
        if (next < requests.size()) batcher.add(requests[next++]);
        batcher.step([&](const GeneratedToken& token) {
            answers[token.id].tokens.push_back(token.token);
            return true;
        });
    }
    for (const auto& [id, answer] : answers) QCOMPARE(answer.tokens, alone_[id].tokens);
    QCOMPARE(answers.size(), size_t{5});
}

void BatcherTest::cancelling_one_leaves_the_others() {
    Batcher batcher(*loaded_.model, 2);
    for (GenerationRequest& request : five_requests()) batcher.add(std::move(request));
    std::map<uint64_t, Answer> answers;
    int steps = 0;
    while (!batcher.idle()) {
        batcher.step([&](const GeneratedToken& token) {
            answers[token.id].tokens.push_back(token.token);
            return true;
        });
        if (++steps == 2) {
            batcher.cancel(11);  // running
            batcher.cancel(14);  // waiting
            batcher.cancel(99);  // not there
        }
    }
    QCOMPARE(answers[11].tokens.size(), size_t{2});
    QVERIFY(!answers.contains(14));
    for (const uint64_t id : {10, 12, 13}) QCOMPARE(answers[id].tokens, alone_[id].tokens);
}

void BatcherTest::ends_at_an_end_token() {
    GenerationRequest request = five_requests()[0];
    const auto& tokens = alone_[10].tokens;
    request.end_tokens = {127, tokens[2]};
    const auto end = std::find(tokens.begin(), tokens.end(), tokens[2]) - tokens.begin() + 1;
    Batcher batcher(*loaded_.model, 1);
    batcher.add(request);
    const auto answers = run(batcher);
    QCOMPARE(answers.at(10).tokens, std::vector<int32_t>(tokens.begin(), tokens.begin() + end));  // told, too
    QCOMPARE(answers.at(10).finished, FinishReason::end_token);
    QCOMPARE(std::string(finish_reason_name(FinishReason::end_token)), std::string("stop"));
    QCOMPARE(std::string(finish_reason_name(FinishReason::length)), std::string("length"));
}

void BatcherTest::ends_where_the_caller_says() {
    Batcher batcher(*loaded_.model, 2);
    for (GenerationRequest& request : five_requests()) batcher.add(std::move(request));
    std::map<uint64_t, int> counts;
    while (!batcher.idle()) batcher.step([&](const GeneratedToken& token) { return ++counts[token.id] < 2; });
    QCOMPARE(counts.size(), size_t{5});
    for (const auto& [id, count] : counts) QCOMPARE(count, 2);
}

void BatcherTest::ends_at_the_context() {
    Batcher batcher(*loaded_.model, 1);
    batcher.add({.id = 1, .prompt = std::vector<int32_t>(60, 7), .max_tokens = 1000, .sampler = {}, .end_tokens = {}});
    const auto answers = run(batcher);
    QCOMPARE(answers.at(1).tokens.size(), size_t{4});
    QCOMPARE(answers.at(1).finished, FinishReason::length);
}

// Its logits of the tokens, in double, in a batch of others that ask for none; and the answers stay what they are.
void BatcherTest::tells_logprobs_as_transformers_does() {
    const Json expected = golden_json("hf_qwen3/expected.json");
    const auto row = expected["logits"].back().get<std::vector<double>>();
    double total = 0, entropy = 0;
    for (const double logit : row) total += std::exp(logit);
    for (const double logit : row) entropy -= std::exp(logit) / total * (logit - std::log(total));
    const auto greedy = tokens_of(expected["greedy"]);
    Batcher batcher(*loaded_.model, 16);
    for (GenerationRequest& request : five_requests()) batcher.add(std::move(request));
    batcher.add({.id = 1,
                 .prompt = tokens_of(expected["tokens"]),
                 .max_tokens = static_cast<int64_t>(greedy.size()),
                 .sampler = {},
                 .end_tokens = {},
                 .logprobs = 20});
    std::map<uint64_t, std::vector<TokenLogprobs>> told;
    std::map<uint64_t, std::vector<int32_t>> tokens;
    while (!batcher.idle()) {
        batcher.step([&](const GeneratedToken& token) {
            tokens[token.id].push_back(token.token);
            if (token.logprobs) told[token.id].push_back(*token.logprobs);
            return true;
        });
    }
    for (const auto& [id, answer] : alone_) QCOMPARE(tokens[id], answer.tokens);
    QCOMPARE(tokens[1], greedy);
    QCOMPARE(told.size(), size_t{1});
    QCOMPARE(told[1].size(), greedy.size());
    const TokenLogprobs& first = told[1][0];
    QVERIFY(std::abs(first.entropy - entropy) < 1e-4);
    QCOMPARE(first.top.size(), size_t{20});
    std::vector<double> sorted = row;
    std::ranges::sort(sorted, std::ranges::greater{});
    for (size_t i = 0; i < first.top.size(); ++i) {
        QVERIFY(std::abs(first.top[i].logprob - (sorted[i] - std::log(total))) < 1e-4);
        const double logit = row[static_cast<size_t>(first.top[i].token)];
        QVERIFY(std::abs(first.top[i].logprob - (logit - std::log(total))) < 1e-4);
    }
    for (size_t i = 0; i < greedy.size(); ++i) {
        QCOMPARE(told[1][i].chosen.token, greedy[i]);
        QCOMPARE(told[1][i].rank, int64_t{1});
        QCOMPARE(told[1][i].chosen.sampled, 1.0);
        QCOMPARE(told[1][i].top[0].token, greedy[i]);
    }
}

// Drawn or greedy, the rest of an answer is what it was: draws are counted from the answer's first token.
void BatcherTest::goes_on_behind_what_was_begun() {
    for (GenerationRequest& request : five_requests()) {
        const std::vector<int32_t>& whole = alone_[request.id].tokens;
        const auto begun = static_cast<std::ptrdiff_t>(whole.size() / 2);
        request.prompt.insert(request.prompt.end(), whole.begin(), whole.begin() + begun);
        request.begun = begun;
        request.max_tokens -= begun;
        Batcher batcher(*loaded_.model, 1);
        batcher.add(request);
        const auto answers = run(batcher);
        QCOMPARE(answers.at(request.id).tokens, std::vector<int32_t>(whole.begin() + begun, whole.end()));
        QCOMPARE(answers.at(request.id).finished, FinishReason::length);
    }
}

void BatcherTest::refuses_bad_prompts() {
    Batcher batcher(*loaded_.model, 1);
    const auto add = [&](std::vector<int32_t> prompt) {
        return caught([&] {
                   batcher.add(
                       {.id = 1, .prompt = std::move(prompt), .max_tokens = 1, .sampler = {}, .end_tokens = {}});
               })
            .kind;
    };
    QCOMPARE(add({}), ErrorKind::empty);
    QCOMPARE(add(std::vector<int32_t>(64, 1)), ErrorKind::too_large);
    QCOMPARE(add({1, 128}), ErrorKind::out_of_range);
    QCOMPARE(add({-1}), ErrorKind::out_of_range);
    QVERIFY(batcher.idle());
}

QTEST_APPLESS_MAIN(BatcherTest)
#include "batcher_test.moc"
