// Conversations by a chat template: how turns become messages, which of them fit, what is refused.
#include <QTemporaryDir>
#include <QtTest>

#include "engine/base/files.h"
#include "engine/infer/chat_format.h"
#include "tests/engine/base/caught.h"
#include "tests/engine/infer/scripted_model.h"

using namespace lathe;
using namespace lathe_test;

namespace {

const std::string kTemplate =
    "{{ bos_token }}{% for m in messages %}{{ m.role[0] }}:{{ m.content }};{% endfor %}"
    "{% if tools %}{{ tools | tojson }}{% endif %}{% if enable_thinking is defined %}{{ enable_thinking }}{% endif %}"
    "{% if add_generation_prompt %}a:{% endif %}";

ChatTurn user(const std::string& text) {
    return {.text = text};
}
ChatTurn model(const std::string& text) {
    return {.from_model = true, .text = text};
}

ChatFormat format_of(const std::string& source) {
    return {
        .chat_template = ChatTemplate::compile(source, "t.jinja"), .variables = {{"bos_token", "^"}}, .refused = {}};
}

std::string text_of_tokens(const std::vector<int32_t>& tokens) {
    return byte_tokenizer().decode(tokens.data(), tokens.size());
}

}  // namespace

class ChatFormatTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void turns_become_messages_data();
    void turns_become_messages();
    void leaves_out_the_oldest_data();
    void leaves_out_the_oldest();
    void refuses();
    void messages_of_a_file();
    void messages_of_a_file_that_are_wrong_data();
    void messages_of_a_file_that_are_wrong();
    void a_broken_template_leaves_the_rest();
};

void ChatFormatTest::turns_become_messages_data() {
    QTest::addColumn<std::vector<ChatTurn>>("turns");
    QTest::addColumn<std::string>("text");
    const auto row = [](const char* name, std::vector<ChatTurn> turns, const std::string& text) {
        QTest::addRow("%s", name) << turns << text;
    };
    row("one", {user("hi")}, "^u:hi;a:");
    row("three", {user("hi"), model("yo"), user("so")}, "^u:hi;a:yo;u:so;a:");
    row("an answer gone on with", {user("hi"), model("yo"), model(" ho")}, "^u:hi;a:yo ho");
    row("an answer of two turns", {user("hi"), model("yo"), model(" ho"), user("so")}, "^u:hi;a:yo ho;u:so;a:");
    row("two of the user", {user("hi"), user("so")}, "^u:hi\nso;a:");
    row("special tokens are text", {user("<|endoftext|>")}, "^u:<|endoftext|>;a:");
}

void ChatFormatTest::turns_become_messages() {
    QFETCH(std::vector<ChatTurn>, turns);
    QFETCH(std::string, text);
    const FittedPrompt prompt = fit_chat(turns, format_of(kTemplate), byte_tokenizer(), 1024, 16);
    QCOMPARE(text_of_tokens(prompt.tokens), text);
    QCOMPARE(prompt.tokens.size(), text.size());  // a byte is a token, and no special one is among them
    QCOMPARE(prompt.turns_left_out, int64_t{0});
}

void ChatFormatTest::leaves_out_the_oldest_data() {
    QTest::addColumn<qint64>("context");
    QTest::addColumn<std::string>("text");
    QTest::addRow("all") << qint64{25} << std::string("^u:aaaa;a:bbbb;u:cccc;a:");
    QTest::addRow("one too many") << qint64{24} << std::string("^u:cccc;a:");
    QTest::addRow("the last alone") << qint64{11} << std::string("^u:cccc;a:");
}

void ChatFormatTest::leaves_out_the_oldest() {
    QFETCH(qint64, context);
    QFETCH(std::string, text);
    const std::vector<ChatTurn> turns = {user("aaaa"), model("bbbb"), user("cccc")};
    const FittedPrompt prompt = fit_chat(turns, format_of(kTemplate), byte_tokenizer(), context, 1);
    QCOMPARE(text_of_tokens(prompt.tokens), text);
    QCOMPARE(prompt.turns_left_out, int64_t{text.size() > 11 ? 0 : 2});
}

void ChatFormatTest::refuses() {
    const Tokenizer tokenizer = byte_tokenizer();
    const ChatFormat format = format_of(kTemplate);
    QCOMPARE(caught([&] { (void)fit_chat({}, format, tokenizer, 16, 4); }).kind, ErrorKind::empty);
    const std::vector<ChatTurn> turns = {user("a"), model("b"), user("cccc")};
    const Error error = caught([&] { (void)fit_chat(turns, format, tokenizer, 10, 1); });
    QCOMPARE(error.kind, ErrorKind::too_large);
    QCOMPARE(error.key, std::string("prompt"));
    QCOMPARE(error.expected, std::string("at most 9 tokens"));
    QCOMPARE(error.found, std::string("10"));
    const ChatFormat picky = format_of("\n{{ raise_exception('never') }}");
    const Error said = caught([&] { (void)fit_chat(turns, picky, tokenizer, 100, 1); });
    QCOMPARE(said.kind, ErrorKind::usage);
    QCOMPARE(said.key, std::string("line 2"));
    QCOMPARE(said.found, std::string("never"));
}

void ChatFormatTest::messages_of_a_file() {
    const auto text = [](const char* json) {
        return text_of_tokens(
            message_tokens(parse_json(json, "m.json"), "m.json", format_of(kTemplate), byte_tokenizer()));
    };
    QCOMPARE(text(R"([{"role": "system", "content": "S"}, {"role": "user", "content": "U"}])"),
             std::string("^s:S;u:U;a:"));
    QCOMPARE(text(R"({"messages": [{"role": "user", "content": "U"}], "tools": [{"name": "t"}],
                      "chat_template_kwargs": {"enable_thinking": false}})"),
             std::string("^u:U;[{\"name\": \"t\"}]Falsea:"));
}

void ChatFormatTest::messages_of_a_file_that_are_wrong_data() {
    QTest::addColumn<std::string>("json");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addRow("a text") << std::string("\"hi\"") << ErrorKind::wrong_type;
    QTest::addRow("texts") << std::string("[\"hi\"]") << ErrorKind::wrong_type;
    QTest::addRow("none") << std::string("[]") << ErrorKind::empty;
    QTest::addRow("no messages") << std::string("{}") << ErrorKind::missing_key;
    QTest::addRow("another key") << std::string("{\"messages\": [], \"model\": \"m\"}") << ErrorKind::unknown_key;
    QTest::addRow("tools that are none") << std::string("{\"messages\": [{}], \"tools\": 1}") << ErrorKind::wrong_type;
    QTest::addRow("no role") << std::string("[{\"content\": \"x\"}]") << ErrorKind::malformed;
}

void ChatFormatTest::messages_of_a_file_that_are_wrong() {
    QFETCH(std::string, json);
    QFETCH(ErrorKind, kind);
    const Json document = parse_json(json, "m.json");
    const auto with = [&](const ChatFormat& format) {
        return caught([&] { (void)message_tokens(document, "m.json", format, byte_tokenizer()); });
    };
    QCOMPARE(with(format_of(kTemplate)).kind, kind);
    QCOMPARE(with({}).kind, ErrorKind::not_found);
}

void ChatFormatTest::a_broken_template_leaves_the_rest() {
    const QTemporaryDir folder;
    const std::string path = folder.path().toStdString();
    byte_tokenizer().save(path);
    const ChatFormat none = read_chat_format(Tokenizer::open(path));
    QVERIFY(!none.chat_template && !none.refused);
    write_file_durably(path + "/chat_template.jinja", "a\n{% if %}");
    const ChatFormat broken = read_chat_format(Tokenizer::open(path));
    QVERIFY(!broken.chat_template && broken.refused);
    QCOMPARE(broken.refused->kind, ErrorKind::malformed);
    QCOMPARE(broken.refused->key, std::string("line 2"));
    QCOMPARE(broken.refused->file, path + "/chat_template.jinja");
    write_file_durably(path + "/chat_template.jinja", "{{ messages[0].content }}{{ eos_token }}");
    const ChatFormat good = read_chat_format(Tokenizer::open(path));
    QVERIFY(good.chat_template && !good.refused);
}

QTEST_APPLESS_MAIN(ChatFormatTest)
#include "chat_format_test.moc"
