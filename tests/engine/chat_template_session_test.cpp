// Chats through the session by the model's chat template, and without one that does not work.
#include <QtTest>
#include <filesystem>

#include "tests/engine/train/session_fixture.h"

using namespace lathe;
using namespace lathe_test;

class ChatTemplateSessionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void the_template_makes_the_prompt();
    void a_broken_one_is_told_and_left_out_data();
    void a_broken_one_is_told_and_left_out();

private:
    // What was said until the answer was done.
    RequestId ask(const std::string& source);

    Place place_;
    std::string folder_;
    Watched session_{""};
    ChatStarted as_it_stands_;
};

RequestId ChatTemplateSessionTest::ask(const std::string& source) {
    if (!source.empty()) std::ofstream(folder_ + "/chat_template.jinja") << source;
    const Chat chat{
        .conversation = {}, .model = {.folder = folder_}, .turns = {{.text = "And"}}, .sample = {.max_tokens = 4}};
    const RequestId request = session_.post(chat);
    return session_.wait<ChatDone>(request) ? request : 0;
}

void ChatTemplateSessionTest::initTestCase() {
    folder_ = place_.path("model");
    std::filesystem::copy(LATHE_SOURCE_DIR "/resources/starter", folder_);
    const RequestId plain = ask("");
    QVERIFY(plain != 0);
    as_it_stands_ = session_.all<ChatStarted>(plain).at(0);
    QVERIFY(!as_it_stands_.templated);
}

void ChatTemplateSessionTest::the_template_makes_the_prompt() {
    const RequestId good = ask("{% for m in messages %}{{ m.role }}: {{ m.content }} {% endfor %}");
    QVERIFY(good != 0);
    QVERIFY(session_.all<ChatStarted>(good).at(0).templated);
    QVERIFY(session_.all<ChatStarted>(good).at(0).prompt_tokens > as_it_stands_.prompt_tokens);
    QVERIFY(session_.all<Notice>(good).empty());
}

void ChatTemplateSessionTest::a_broken_one_is_told_and_left_out_data() {
    QTest::addColumn<std::string>("source");
    QTest::addRow("no syntax") << std::string("{% if %} broken");
    QTest::addRow("raises") << std::string("{{ raise_exception('broken') }}");
    QTest::addRow("takes too much") << std::string("{{ 'broken' * 10**10 }}");
}

void ChatTemplateSessionTest::a_broken_one_is_told_and_left_out() {
    QFETCH(std::string, source);
    const RequestId bad = ask(source);
    QVERIFY(bad != 0);
    QCOMPARE(session_.all<ChatStarted>(bad).at(0).templated, false);
    QCOMPARE(session_.all<ChatStarted>(bad).at(0).prompt_tokens, as_it_stands_.prompt_tokens);
    const auto notices = session_.all<Notice>(bad);
    QCOMPARE(notices.size(), size_t{1});
    QCOMPARE(notices[0].kind, std::string("template_refused"));
    QVERIFY(notices[0].text.find("chat_template.jinja: line 1") != std::string::npos);
}

QTEST_APPLESS_MAIN(ChatTemplateSessionTest)
#include "chat_template_session_test.moc"
