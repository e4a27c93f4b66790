// The Chat page with its answer as tokens: asked for, walked through, gone on with from an alternative, brought back.
#include <QTranslator>

#include "tests/ui/page_fixture.h"
#include "ui/chat_page.h"

using namespace lathe;

namespace {

// Every word in brackets, as a language with other words.
class Brackets : public QTranslator {
public:
    bool isEmpty() const override { return false; }
    QString translate(const char* /*context*/, const char* text, const char* /*about*/, int /*n*/) const override {
        return QStringLiteral("[%1]").arg(QString::fromUtf8(text));
    }
};

struct ChatFixture : PageFixture {
    ChatPage page{context};
    TokenLens* lens = page.findChild<TokenLens*>();

    ChatFixture() {
        page.setObjectName("chat");
        page.resize(1200, 800);
        page.show();
    }
    RequestId send(const std::string& text) {
        page.conversations().set_draft(page.open_conversation(), text);
        page.conversations().send(page.open_conversation());
        return engine.last_request<Chat>();
    }
    void done(RequestId request, const std::string& text) {
        engine.say(request, ChatDone{.turn = {.from_model = true, .text = text, .finish_reason = "stop", .tokens = 3}});
    }
    bool press(const char* text) {
        QCoreApplication::processEvents();  // new buttons come into view
        return lathe::press(page, text);
    }
    QString shown() const {
        QString texts;
        for (const auto* text : page.findChildren<PassageText*>()) texts += text->toPlainText();
        return texts;
    }
    // " 한글" in three tokens, the syllable in two.
    void tell_answer() {
        const RequestId request = engine.last_request<Chat>();
        const std::vector<std::pair<std::string, std::string>> pieces = {
            {" \xED", " "}, {"\x95\x9C", "한"}, {"글", "글"}};
        int32_t id = 0;
        for (const auto& [bytes, text] : pieces) {
            TokenLogprobs told{.chosen = {.token = id++, .bytes = bytes}, .top = {}};
            told.top = {told.chosen, {.token = 77, .bytes = "아"}};
            engine.say(request, TokenChunk{.text = text, .logprobs = told});
        }
        done(request, " 한글");
    }
};

}  // namespace

class ChatTokensTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void they_are_asked_for_while_they_are_shown() {
        ChatFixture f;
        auto* transcript = f.page.findChild<Transcript*>();
        QVERIFY(transcript->isVisible() && !f.lens->isVisible());
        f.done(f.send("x"), " y");
        QCOMPARE(f.engine.last<Chat>()->logprobs, int64_t{0});
        QVERIFY(f.press("Tokens"));
        QVERIFY(!transcript->isVisible() && f.lens->isVisible());
        QVERIFY(words_of(*f.lens).contains("are not known"));
        QVERIFY(f.press("Answer again with tokens"));
        QCOMPARE(f.engine.last<Chat>()->logprobs, kMaxLogprobs);
        QCOMPARE(f.page.findChild<QLineEdit*>("seed")->text(), "1");
        f.tell_answer();
        QCOMPARE(f.lens->flow()->count(), 3);
        QVERIFY(f.press("Tokens"));
        QVERIFY(transcript->isVisible());
        QCOMPARE(f.shown(), "x 한글");
        f.send("more");
        QCOMPARE(f.engine.last<Chat>()->logprobs, int64_t{0});
    }

    void it_goes_on_from_an_alternative_and_comes_back() {
        ChatFixture f;
        QVERIFY(f.press("Tokens"));
        f.send("x");
        f.tell_answer();
        QTest::keyClick(f.lens->flow(), Qt::Key_End);
        f.lens->table()->setCurrentItem(f.lens->table()->topLevelItem(1));
        QVERIFY(f.press("Continue with this"));
        QCOMPARE(f.engine.count<Chat>(), 2);
        QCOMPARE(f.engine.last<Chat>()->answer_begin, (std::vector<int32_t>{0, 1, 77}));
        QCOMPARE(f.lens->flow()->count(), 3);  // those that are kept, and the alternative
        QVERIFY(f.lens->flow()->current_text().contains("아"));
        const RequestId request = f.engine.last_request<Chat>();
        f.engine.say(request, TokenChunk{.text = " 한아!", .tokens = 4, .logprobs = TokenLogprobs{}});
        QVERIFY(button_of(f.page, "Former answer") == nullptr);  // not while it is being answered
        f.done(request, " 한아!");
        QCOMPARE(f.lens->flow()->count(), 4);
        QCOMPARE(f.shown(), "x 한아!");
        QVERIFY(f.press("Former answer"));
        QCOMPARE(f.lens->flow()->count(), 3);
        QVERIFY(f.lens->flow()->current_text().contains("글"));
        QCOMPARE(f.shown(), "x 한글");
        QVERIFY(f.press("Former answer"));
        QCOMPARE(f.shown(), "x 한아!");
    }

    void the_window_remembers_and_the_palette_has_them() {
        PageFixture f;
        {
            ChatPage page(f.context);
            page.show();
            QVERIFY(press(page, "Tokens"));
        }
        ChatPage page(f.context);
        page.show();
        QVERIFY(page.findChild<TokenLens*>()->isVisible());
        QStringList possible;
        for (const QAction* action : page.actions())
            if (action->isVisible() && action->isEnabled()) possible << action->text();
        QVERIFY(possible.contains("Show the answer as tokens, or as text"));
        QVERIFY(!possible.contains("Continue from the chosen alternative"));
        QVERIFY(!possible.contains("Bring back the former answer"));
    }

    void every_control_has_a_name_and_every_word_a_translation() {
        ChatFixture f;
        QVERIFY(f.press("Tokens"));
        f.send("x");
        f.tell_answer();
        f.page.conversations().again(f.page.open_conversation());
        f.tell_answer();
        f.lens->flow()->set_current(1);
        QCoreApplication::processEvents();
        QCOMPARE(nameless(f.page), QStringList());
        Brackets words;
        QCoreApplication::installTranslator(&words);
        QCoreApplication::processEvents();
        QStringList english;
        for (const auto* b : f.lens->findChildren<QAbstractButton*>()) {
            if (!b->isVisibleTo(f.lens)) continue;
            if (!b->text().contains('[') || !b->toolTip().contains('[')) english << b->text();
        }
        for (const auto* label : f.lens->findChildren<QLabel*>())
            if (label->isVisibleTo(f.lens) && label->text().contains("probab") && !label->text().contains('['))
                english << label->text();
        QCoreApplication::removeTranslator(&words);
        QCOMPARE(english, QStringList());
    }
};

LATHE_PAGE_TEST(ChatTokensTest)
#include "chat_tokens_test.moc"
