// The Chat page over a fake engine: what the user sees and can do, in the window.
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QMimeData>
#include <QSettings>
#include <QTemporaryDir>
#include <QTranslator>
#include <QtTest>
#include <ctime>
#include <memory>

#include "tests/ui/fake_engine.h"
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

}  // namespace

class ChatPageTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<QSettings> settings_;
    std::unique_ptr<FakeEngine> engine_;
    std::unique_ptr<RunWatch> run_;
    std::unique_ptr<RunList> runs_;
    std::unique_ptr<RunQueue> queue_;
    AppPaths paths_{.workspace = "/w", .presets = "/p", .starter = "/starter"};
    std::unique_ptr<ChatPage> page_;

    void open_page() {
        page_ =
            std::make_unique<ChatPage>(PageContext{*engine_, *run_, *runs_, paths_, *settings_, *queue_, *settings_});
        page_->setObjectName("chat");
        page_->resize(1200, 800);
        page_->show();
        page_->activateWindow();
        page_->entered();
        QVERIFY(QTest::qWaitForWindowActive(page_.get()));
    }
    void list(std::vector<Conversation> conversations) {
        engine_->say(9999, WorkspaceOpened{});
        engine_->say(engine_->last_request<ListConversations>(), ConversationsListed{std::move(conversations)});
    }
    PromptEdit* edit() { return page_->findChild<PromptEdit*>(); }
    QPushButton* button() { return page_->findChild<PromptBox*>()->button(); }
    RequestId send(const QString& text) {
        edit()->set_text(text);
        QTest::keyClick(edit(), Qt::Key_Return);
        return engine_->last_request<Chat>();
    }
    QStringList passages() {
        QStringList texts;
        for (const auto* text : page_->findChildren<PassageText*>()) texts << text->toPlainText();
        return texts;
    }
    Banner* banner(const QString& words) {
        for (auto* banner : page_->findChildren<Banner*>())
            if (banner->isVisibleTo(page_.get()) && banner->text().contains(words)) return banner;
        return nullptr;
    }
    QPushButton* named(const QString& name) {
        QCoreApplication::processEvents();  // new widgets are shown by then
        for (auto* found : page_->findChildren<QPushButton*>())
            if (found->isVisibleTo(page_.get()) && found->accessibleName() == name) return found;
        return nullptr;
    }
    void done(RequestId request, const std::string& text, const std::string& reason) {
        engine_->say(
            request,
            ChatDone{
                .turn = {.from_model = true, .text = text, .finish_reason = reason, .tokens = 3, .tokens_per_s = 50}});
    }
    static Conversation conversation(const std::string& id, const std::string& text, int64_t time) {
        return {.id = id, .turns = {{.text = text}, {.from_model = true, .text = " and"}}, .updated_at_ms = time};
    }

private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        settings_ = std::make_unique<QSettings>(folder_->filePath("s.ini"), QSettings::IniFormat);
        engine_ = std::make_unique<FakeEngine>();
        run_ = std::make_unique<RunWatch>(*engine_);
        runs_ = std::make_unique<RunList>(*engine_);
        queue_ = std::make_unique<RunQueue>(*engine_, *run_);
        open_page();
    }
    void cleanup() { page_.reset(); }

    void enter_sends_and_the_answer_streams_into_one_text() {
        QVERIFY(!button()->isEnabled());
        const RequestId request = send("Once upon");
        QVERIFY(edit()->is_empty());
        QCOMPARE(button()->text(), "Stop");
        QCOMPARE(passages(), QStringList("Once upon"));
        auto* text = page_->findChild<PassageText*>();
        engine_->say(request, ChatStarted{.turns_left_out = 2, .step = 1240});
        engine_->say(request, TokenChunk{.text = " a time"});
        engine_->say(request, TokenChunk{.text = ", 옛날"});
        QCOMPARE(passages(), QStringList("Once upon a time, 옛날"));
        QCOMPARE(page_->findChild<PassageText*>(), text);  // grown, not made anew
        done(request, " a time, 옛날", "length");
        QCOMPARE(page_->findChild<PassageText*>(), text);
        QCOMPARE(button()->text(), "Go on");
        QStringList words;
        for (const auto* label : page_->findChildren<ElidedLabel*>()) words << label->full_text();
        QVERIFY(words.join('|').contains("token limit reached  ·  3 tokens"));
        QVERIFY(words.join('|').contains("weights of step 1,240"));
    }

    void the_title_says_whether_a_template_answers() {
        const auto says = [this](const QString& words) {
            for (const auto* label : page_->findChildren<QLabel*>())
                if (label->text().contains(words)) return true;
            return false;
        };
        QVERIFY(says(QStringLiteral("answers what you write.")));
        const RequestId request = send("Hi");
        engine_->say(request, ChatStarted{.templated = true});
        QVERIFY(says(QStringLiteral("answers by its chat template.")));
        done(request, "Hello", "stop");
        QCOMPARE(passages(), QStringList("Hi\nHello"));
        engine_->say(send("On"), ChatStarted{.templated = false});
        QVERIFY(says(QStringLiteral("exactly as it stands.")));
    }

    void switching_never_stops_an_answer() {
        const RequestId first = send("one");
        const std::string one = page_->open_conversation();
        QTest::keyClick(edit(), Qt::Key_N, Qt::ControlModifier);
        QVERIFY(page_->open_conversation() != one);
        QVERIFY(passages().isEmpty());
        const RequestId second = send("two");
        engine_->say(first, TokenChunk{.text = " 1"});
        engine_->say(second, TokenChunk{.text = " 2"});
        QCOMPARE(passages(), QStringList("two 2"));
        auto* list = page_->findChild<QListWidget*>();
        QCOMPARE(list->count(), 2);
        list->setCurrentRow(1);
        QCOMPARE(page_->open_conversation(), one);
        QCOMPARE(passages(), QStringList("one 1"));
        engine_->say(first, TokenChunk{.text = "1"});
        QCOMPARE(passages(), QStringList("one 11"));
        QVERIFY(engine_->cancelled.empty());
    }

    void stop_is_said_at_once() {
        const RequestId request = send("x");
        engine_->say(request, TokenChunk{.text = " y"});
        button()->click();
        QCOMPARE(engine_->cancelled, std::vector<RequestId>{request});
        QCOMPARE(button()->text(), "Stopping…");
        QVERIFY(!button()->isEnabled());
        done(request, " y", "cancelled");
        QCOMPARE(button()->text(), "Go on");
        const RequestId next = send("z");
        QTest::keyClick(edit(), Qt::Key_Escape);
        QCOMPARE(engine_->cancelled.back(), next);
    }

    void again_and_go_on_and_copy() {
        done(send("x"), " old", "length");
        named("Go on")->click();  // under the answer or below: the same
        QTRY_COMPARE(engine_->count<Chat>(), 2);
        done(engine_->last_request<Chat>(), " more", "stop");
        QCOMPARE(passages(), QStringList("x old more"));
        named("Copy the answer")->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), " old more");
        QVERIFY(!named("Bring back the answer that this one took the place of"));
        named("Answer again, with another seed; this answer can be brought back")->click();
        QTRY_COMPARE(engine_->count<Chat>(), 3);
        QCOMPARE(page_->findChild<QLineEdit*>("seed")->text(), "1");
        QCOMPARE(passages(), QStringList("x old"));
        done(engine_->last_request<Chat>(), " less", "stop");
        named("Bring back the answer that this one took the place of")->click();
        QTRY_COMPARE(passages(), QStringList("x old more"));
        named("Bring back the answer that this one took the place of")->click();
        QTRY_COMPARE(passages(), QStringList("x old less"));
    }

    void a_failure_is_said_and_the_text_comes_back() {
        const RequestId request = send("my text");
        engine_->say(request, Failed{{.kind = ErrorKind::not_found, .file = "/gone"}});
        QVERIFY(banner("/gone: not found"));
        QCOMPARE(edit()->text(), "my text");
        QVERIFY(passages().isEmpty());
        QCOMPARE(button()->text(), "Send");
        QTest::keyClick(edit(), Qt::Key_Return);
        QVERIFY(!banner("/gone"));
    }

    void nothing_is_rich_text() {
        const RequestId request = send("<b>x</b> &amp;");
        engine_->say(request, TokenChunk{.text = "<img src=\"file:///etc/passwd\"> <h1>y</h1>"});
        QCOMPARE(passages(), QStringList("<b>x</b> &amp;<img src=\"file:///etc/passwd\"> <h1>y</h1>"));
        engine_->say(request, Failed{{.kind = ErrorKind::internal, .found = "<u>z</u>"}});
        auto* said = banner("<u>z</u>");
        QVERIFY(said);
        for (const auto* label : said->findChildren<QLabel*>()) QCOMPARE(label->textFormat(), Qt::PlainText);
    }

    void a_pasted_megabyte_does_not_stop_the_window() {
        for (const char* line : {"The quick brown fox. 안녕하세요\n", "The quick brown fox. 안녕하세요 ", "xxxxxxxx"}) {
            QTest::keyClick(edit(), Qt::Key_N, Qt::ControlModifier);
            const QString text = QString::fromUtf8(line).repeated(1000000 / static_cast<int>(qstrlen(line)));
            const std::clock_t begin = std::clock();  // of the processor: other programs do not count
            QGuiApplication::clipboard()->setText(text);
            edit()->paste();
            QTest::keyClick(edit(), Qt::Key_A);
            QCoreApplication::processEvents();
            page_->grab();
            QTest::keyClick(edit(), Qt::Key_Return);
            QCoreApplication::processEvents();
            page_->grab();
            const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
            QVERIFY2(seconds < 1, qPrintable(QString::number(seconds)));
            QCOMPARE(QString::fromStdString(engine_->last<Chat>()->turns[0].text), text + "a");
            engine_->say(engine_->last_request<Chat>(), Failed{{.kind = ErrorKind::too_large, .key = "prompt"}});
            QVERIFY(banner("too large"));
            QCOMPARE(edit()->text(), text + "a");
            named("Remove")->click();
            QVERIFY(edit()->text().size() < text.size());
        }
    }

    void deleting_can_be_undone() {
        list({conversation("a", "first", 2), conversation("b", "second", 1)});
        QCOMPARE(page_->open_conversation(), std::string("a"));
        auto* list = page_->findChild<QListWidget*>();
        QTest::keyClick(list, Qt::Key_Delete);
        QCOMPARE(page_->open_conversation(), std::string("b"));
        QCOMPARE(engine_->last<DeleteConversation>()->id, std::string("a"));
        QVERIFY(banner("“first” is deleted."));
        named("Undo")->click();
        QCOMPARE(page_->open_conversation(), std::string("a"));
        QCOMPARE(passages(), QStringList("first and"));
        QCOMPARE(engine_->last<SaveConversation>()->conversation.id, std::string("a"));
        QVERIFY(!banner("deleted"));
        for (int i = 0; i < 2; ++i) QTest::keyClick(list, Qt::Key_Delete);
        QVERIFY(page_->conversations().find(page_->open_conversation()) != nullptr);  // a new one
    }

    void a_restart_restores_what_was_open_and_typed() {
        list({conversation("a", "first", 2), conversation("b", "second", 1)});
        page_->findChild<QListWidget*>()->setCurrentRow(1);
        QTest::keyClicks(edit(), "half");
        page_.reset();
        Conversation saved = engine_->last<SaveConversation>()->conversation;
        QCOMPARE(saved.draft, std::string("half"));
        open_page();
        list({conversation("a", "first", 2), saved});
        QCOMPARE(page_->open_conversation(), std::string("b"));
        QCOMPARE(edit()->text(), "half");
        QVERIFY(named("Go on"));  // the answer was cut off
    }

    void what_is_typed_before_the_record_comes_stays_open() {
        QTest::keyClicks(edit(), "early");
        list({conversation("a", "first", 2)});
        QCOMPARE(edit()->text(), "early");
        QCOMPARE(page_->findChild<QListWidget*>()->count(), 2);
    }

    void a_workspace_that_cannot_be_opened_is_said_and_chat_goes_on() {
        runs_->open_workspace();
        engine_->answer<OpenWorkspace>(Failed{{.kind = ErrorKind::locked, .file = "/w"}});
        QVERIFY(banner("Conversations are not saved now: /w: in use by another Lathe."));
        engine_->answer<ListConversations>(Failed{{.kind = ErrorKind::locked}});
        done(send("x"), " y", "stop");
        QCOMPARE(passages(), QStringList("x y"));
    }

    void settings_belong_to_the_conversation() {
        list({conversation("a", "first", 2), conversation("b", "second", 1)});
        auto* temperature = page_->findChild<QLineEdit*>("temperature");
        temperature->clear();
        QTest::keyClicks(temperature, "0,5");
        QCOMPARE(page_->conversations().find("a")->kept.sample.temperature, 0.5);
        auto* top_p = page_->findChild<QLineEdit*>("top_p");
        top_p->clear();
        QTest::keyClicks(top_p, "1.7");
        QVERIFY(top_p->property("wrong").toBool());
        QVERIFY(page_->conversations().find("a")->kept.sample.top_p <= 1);
        named("0 to 1: use 1")->click();
        QCOMPARE(page_->conversations().find("a")->kept.sample.top_p, 1.0);
        QVERIFY(!top_p->property("wrong").toBool());
        auto* stop = page_->findChild<QLineEdit*>("stop");
        QTest::keyClicks(stop, "END, \\n\\n,a\\,b");
        QCOMPARE(page_->conversations().find("a")->kept.sample.stop, (std::vector<std::string>{"END", "\n\n", "a,b"}));
        QTest::keyClick(edit(), Qt::Key_N, Qt::ControlModifier);
        QCOMPARE(temperature->text(), "0.5");  // the last used
        QCOMPARE(stop->text(), "END, \\n\\n, a\\,b");
        page_->findChild<ConversationList*>()->chosen("b");
        QCOMPARE(temperature->text(), "0");
        named("Wild")->click();
        QCOMPARE(page_->conversations().find("b")->kept.sample.temperature, 1.2);
        named("Reset")->click();
        QCOMPARE(page_->conversations().find("b")->kept.sample.temperature, 0.8);
    }

    void talk_to_opens_a_conversation_with_these_weights() {
        done(send("x"), " y", "stop");
        const std::string before = page_->open_conversation();
        page_->take_model({.run = "r1", .checkpoint = "live"});
        QVERIFY(page_->open_conversation() != before);
        send("hello");
        QCOMPARE(engine_->last<Chat>()->model.run, std::string("r1"));
    }

    void the_example_does_not_take_the_place_of_a_draft() {
        named("Begin with an example")->click();
        const QString example = edit()->text();
        QVERIFY(!example.isEmpty());
        QTest::keyClicks(edit(), " mine");
        named("Begin with an example")->click();
        QCOMPARE(edit()->text(), example + " mine");
    }

    void the_list_filters_and_renames() {
        list({conversation("a", "about lathes", 2), conversation("b", "about cats", 1)});
        auto* list = page_->findChild<QListWidget*>();
        auto* filter = page_->findChild<ConversationList*>()->findChild<QLineEdit*>();
        filter->setText("CATS");
        QCOMPARE(list->count(), 1);
        QCOMPARE(page_->open_conversation(), std::string("a"));
        filter->setText("nothing has this");
        QCOMPARE(list->count(), 0);
        filter->clear();
        list->item(0)->setText("Turning");
        QCOMPARE(page_->conversations().find("a")->kept.title, std::string("Turning"));
        QCOMPARE(list->item(0)->text(), "Turning");
    }

    void it_exports() {
        done(send("x"), " <b>y</b>", "stop");
        const QString path = folder_->filePath("out.txt");
        QVERIFY(page_->export_to(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("x <b>y</b>"));
        QVERIFY(!page_->export_to(folder_->filePath("none/out.md")));
        QVERIFY(banner("out.md"));
    }

    void the_language_switches_at_run_time() {
        done(send("x"), " y", "stop");
        Brackets words;
        QCoreApplication::installTranslator(&words);
        QCoreApplication::processEvents();
        QStringList english;
        for (const auto* widget : page_->findChildren<QWidget*>()) {
            if (!widget->isVisibleTo(page_.get())) continue;
            if (const auto* b = qobject_cast<const QAbstractButton*>(widget); b && !b->text().isEmpty())
                if (!b->text().contains('[')) english << b->text();
            if (!widget->toolTip().isEmpty() && !widget->toolTip().contains('[')) english << widget->toolTip();
        }
        QCoreApplication::removeTranslator(&words);
        QCOMPARE(english, QStringList());
    }

    void every_control_has_a_name() {
        done(send("x"), " y", "length");
        QStringList nameless;
        const std::function<void(QAccessibleInterface*)> walk = [&](QAccessibleInterface* at) {
            for (int i = 0; i < at->childCount(); ++i) {
                QAccessibleInterface* child = at->child(i);
                if (child == nullptr || child->state().invisible) continue;
                const QAccessible::Role role = child->role();
                const bool control = role == QAccessible::Button || role == QAccessible::EditableText ||
                                     role == QAccessible::ComboBox || role == QAccessible::List ||
                                     role == QAccessible::ListItem;
                if (control && child->text(QAccessible::Name).isEmpty())
                    nameless << QString::fromLatin1(child->object() ? child->object()->metaObject()->className() : "?");
                if (role != QAccessible::ComboBox) walk(child);
            }
        };
        walk(QAccessible::queryAccessibleInterface(page_.get()));
        QCOMPARE(nameless, QStringList());
        for (const auto* b : page_->findChildren<QAbstractButton*>())
            if (b->isVisibleTo(page_.get()) && b->parent()->metaObject() != &Segments::staticMetaObject)
                QVERIFY2(!b->toolTip().isEmpty() || qobject_cast<const QLineEdit*>(b->parent()), qPrintable(b->text()));
    }
};

QTEST_MAIN(ChatPageTest)
#include "chat_page_test.moc"
