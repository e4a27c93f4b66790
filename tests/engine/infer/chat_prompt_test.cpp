// Conversations as prompts: how turns are joined, and which of them fit.
#include <QtTest>

#include "engine/infer/chat_prompt.h"
#include "tests/engine/base/caught.h"
#include "tests/engine/infer/scripted_model.h"

using namespace lathe;
using namespace lathe_test;

namespace {

ChatTurn user(const std::string& text) {
    return {.text = text};
}
ChatTurn model(const std::string& text) {
    return {.from_model = true, .text = text};
}

}  // namespace

class ChatPromptTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void joins_data();
    void joins();
    void leaves_out_the_oldest_data();
    void leaves_out_the_oldest();
    void refuses();
};

void ChatPromptTest::joins_data() {
    QTest::addColumn<std::vector<ChatTurn>>("turns");
    QTest::addColumn<std::string>("text");
    const auto row = [](const char* name, std::vector<ChatTurn> turns, const std::string& text) {
        QTest::addRow("%s", name) << turns << text;
    };
    row("none", {}, "");
    row("one", {user("Once")}, "Once");
    row("the model goes on in the line", {user("Once"), model(" upon")}, "Once upon");
    row("the user starts a line", {user("Once"), model(" upon"), user("a time")}, "Once upon\na time");
    row("not a second one", {user("Once"), model(" upon\n"), user("a time")}, "Once upon\na time");
    row("after an empty answer", {user("Once"), model(""), user("again")}, "Once\nagain");
    row("nothing before", {model(""), user("Once")}, "Once");
    row("two of the user", {user("Once"), user(" upon")}, "Once upon");
    row("two of the model", {model("Once"), model(" upon")}, "Once upon");
    row("texts stay as they are", {user(" a\r\n"), model("b\n\n"), user("\nc ")}, " a\r\nb\n\n\nc ");
}

void ChatPromptTest::joins() {
    QFETCH(std::vector<ChatTurn>, turns);
    QFETCH(std::string, text);
    QCOMPARE(joined_turns(turns), text);
}

void ChatPromptTest::leaves_out_the_oldest_data() {
    QTest::addColumn<qint64>("context");
    QTest::addColumn<qint64>("max_tokens");
    QTest::addColumn<qint64>("left_out");
    // A byte is a token: 4 + 4 + 1 + 4 with the newline.
    QTest::addRow("all") << qint64{16} << qint64{3} << qint64{0};
    QTest::addRow("one too many") << qint64{16} << qint64{4} << qint64{1};
    QTest::addRow("a quarter at most") << qint64{17} << qint64{1000} << qint64{0};
    QTest::addRow("of the context") << qint64{16} << qint64{1000} << qint64{1};
    QTest::addRow("the newline counts") << qint64{12} << qint64{3} << qint64{1};
    QTest::addRow("and does not fit") << qint64{10} << qint64{3} << qint64{2};
}

void ChatPromptTest::leaves_out_the_oldest() {
    QFETCH(qint64, context);
    QFETCH(qint64, max_tokens);
    QFETCH(qint64, left_out);
    const Tokenizer tokenizer = byte_tokenizer();
    const std::vector<ChatTurn> turns = {user("aaaa"), model("bbbb"), user("cccc")};
    const FittedPrompt prompt = fit_turns(turns, tokenizer, context, max_tokens);
    QCOMPARE(prompt.turns_left_out, int64_t{left_out});
    const std::string text = tokenizer.decode(prompt.tokens.data(), prompt.tokens.size());
    QCOMPARE(text, joined_turns(std::span(turns).subspan(static_cast<size_t>(left_out))));
}

void ChatPromptTest::refuses() {
    const Tokenizer tokenizer = byte_tokenizer();
    QCOMPARE(caught([&] { (void)fit_turns({}, tokenizer, 16, 4); }).kind, ErrorKind::empty);
    const std::vector<ChatTurn> turns = {user("a"), user(std::string(13, 'b'))};
    const Error error = caught([&] { (void)fit_turns(turns, tokenizer, 16, 4); });
    QCOMPARE(error.kind, ErrorKind::too_large);
    QCOMPARE(error.key, std::string("prompt"));
    QCOMPARE(error.expected, std::string("at most 12 tokens"));
    QCOMPARE(error.found, std::string("13"));
}

QTEST_APPLESS_MAIN(ChatPromptTest)
#include "chat_prompt_test.moc"
