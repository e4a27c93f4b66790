// What a chat tells of its tokens, and answers that begin with given ones.
#include <QtTest>
#include <algorithm>
#include <cmath>

#include "engine/data/tokenizer.h"
#include "tests/engine/train/session_fixture.h"

using namespace lathe;
using namespace lathe_test;

namespace {

const std::string kStarter = LATHE_SOURCE_DIR "/resources/starter";

Chat question(const std::string& text, int64_t max_tokens) {
    return {.conversation = {},
            .model = {.folder = kStarter},
            .turns = {{.text = text}},
            .sample = {.max_tokens = max_tokens, .temperature = 0.8, .seed = 7}};
}

std::string streamed(Watched& session, RequestId request) {
    std::string text;
    for (const TokenChunk& chunk : session.all<TokenChunk>(request)) text += chunk.text;
    return text;
}

}  // namespace

class ChatLogprobsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void logprobs_come_with_every_token();
    void an_answer_goes_on_from_given_tokens();
};

// The same answer, told token by token; against the model's own logits, which transformers confirms (scorer, `logits`).
void ChatLogprobsTest::logprobs_come_with_every_token() {
    Watched session("");
    const auto plain = session.wait<ChatDone>(session.post(question("And it came to pass", 16)));
    Chat chat = question("And it came to pass", 16);
    chat.logprobs = 20;
    const RequestId request = session.post(chat);
    const RequestId other = session.post(question("In the beginning", 16));  // in the same passes
    const auto done = session.wait<ChatDone>(request);
    QVERIFY(plain && done && session.wait<ChatDone>(other));
    QCOMPARE(done->turn.text, plain->turn.text);
    const auto chunks = session.all<TokenChunk>(request);
    QCOMPARE(static_cast<int64_t>(chunks.size()), done->turn.tokens);
    for (const TokenChunk& chunk : session.all<TokenChunk>(other)) QVERIFY(!chunk.logprobs);
    std::string bytes;
    for (const TokenChunk& chunk : chunks) {
        QVERIFY(chunk.logprobs);
        QCOMPARE(chunk.tokens, int64_t{1});
        const TokenLogprobs& told = *chunk.logprobs;
        QVERIFY(told.chosen.logprob <= 0 && told.chosen.sampled > 0 && told.entropy > 0 && told.rank >= 1);
        QCOMPARE(told.top.size(), size_t{20});
        if (told.rank <= 20) QCOMPARE(told.top[static_cast<size_t>(told.rank - 1)].token, told.chosen.token);
        bytes += told.chosen.bytes;
    }
    QCOMPARE(bytes, done->turn.text);
    const std::vector<int32_t> prompt = Tokenizer::open(kStarter).encode("And it came to pass");
    QCOMPARE(session.all<ChatStarted>(request).at(0).prompt_tokens, static_cast<int64_t>(prompt.size()));
    const auto logits = session.wait<LogitsDone>(session.post(ComputeLogits{.model = kStarter, .tokens = prompt}));
    QVERIFY(logits);
    double total = 0;
    for (const float logit : logits->logits) total += std::exp(static_cast<double>(logit));
    for (const TokenLogprob& one : chunks[0].logprobs->top) {
        const double logit = logits->logits[static_cast<size_t>(one.token)];
        QVERIFY(std::abs(one.logprob - (logit - std::log(total))) < 1e-3);
    }
    chat.logprobs = 21;
    const auto error = session.failure(session.post(chat));
    QVERIFY(error && error->kind == ErrorKind::out_of_range && error->key == "logprobs");
}

void ChatLogprobsTest::an_answer_goes_on_from_given_tokens() {
    const Tokenizer tokenizer = Tokenizer::open(kStarter);
    Watched session("");
    Chat chat = question("And it came to pass", 16);
    chat.logprobs = 3;
    const RequestId first = session.post(chat);
    const auto whole = session.wait<ChatDone>(first);
    QVERIFY(whole);
    const auto chunks = session.all<TokenChunk>(first);
    QCOMPARE(chunks.size(), size_t{16});
    // With its own first tokens it ends as it did; then with another one in the place of the last of these.
    for (int i = 0; i < 6; ++i) chat.answer_begin.push_back(chunks[static_cast<size_t>(i)].logprobs->chosen.token);
    chat.sample.max_tokens = 10;
    const RequestId second = session.post(chat);
    const auto same = session.wait<ChatDone>(second);
    QVERIFY(same);
    QCOMPARE(same->turn.text, whole->turn.text);
    QCOMPARE(same->turn.tokens, int64_t{16});
    QCOMPARE(streamed(session, second), whole->turn.text);
    QCOMPARE(session.all<TokenChunk>(second).size(), size_t{10});
    QCOMPARE(session.all<TokenChunk>(second)[0].tokens, int64_t{7});
    const TokenLogprobs& sixth = *chunks[5].logprobs;
    const TokenLogprob& other = *std::ranges::find_if(sixth.top, [&](const TokenLogprob& one) {
        return one.token != sixth.chosen.token && one.token != tokenizer.eos_id();
    });
    chat.answer_begin.back() = other.token;
    const auto changed = session.wait<ChatDone>(session.post(chat));
    QVERIFY(changed);
    std::string begin;
    for (int i = 0; i < 5; ++i) begin += chunks[static_cast<size_t>(i)].logprobs->chosen.bytes;
    QVERIFY(changed->turn.text.starts_with(begin + other.bytes));
    // An end token ends it there.
    chat.answer_begin.back() = tokenizer.eos_id();
    const auto ended = session.wait<ChatDone>(session.post(chat));
    QVERIFY(ended);
    QCOMPARE(ended->turn.text, begin);
    QCOMPARE(ended->turn.finish_reason, std::string("stop"));
    chat.answer_begin.back() = 1 << 30;
    QCOMPARE(session.failure(session.post(chat))->kind, ErrorKind::out_of_range);
}

QTEST_APPLESS_MAIN(ChatLogprobsTest)
#include "chat_logprobs_test.moc"
