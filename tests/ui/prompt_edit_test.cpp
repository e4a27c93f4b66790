// Enter sends once what was typed, also while an input method composes a syllable.
#include <QClipboard>
#include <QInputMethodEvent>
#include <QMimeData>
#include <QtTest>
#include <memory>

#include "ui/prompt_edit.h"

using namespace lathe;

class PromptEditTest : public QObject {
    Q_OBJECT

private:
    // What Conversations does with a text that was sent.
    void start() {
        edit_ = std::make_unique<PromptEdit>();
        sent_.clear();
        connect(edit_.get(), &PromptEdit::send_wanted, this, [this] {
            sent_ << edit_->toPlainText();
            edit_->clear();
        });
        edit_->show();
    }
    void compose(const QString& preedit) {
        QInputMethodEvent event(preedit, {});
        QCoreApplication::sendEvent(edit_.get(), &event);
    }
    void commit(const QString& text) {
        QInputMethodEvent event;
        event.setCommitString(text);
        QCoreApplication::sendEvent(edit_.get(), &event);
    }
    void enter() { QTest::keyClick(edit_.get(), Qt::Key_Return); }

    std::unique_ptr<PromptEdit> edit_;
    QStringList sent_;

private Q_SLOTS:
    void init() { start(); }

    void enter_sends() {
        QTest::keyClicks(edit_.get(), "abc");
        enter();
        QTest::keyClicks(edit_.get(), "de");
        QTest::keyClick(edit_.get(), Qt::Key_Return, Qt::ControlModifier);
        QTest::keyClicks(edit_.get(), "f");
        QTest::keyClick(edit_.get(), Qt::Key_Enter, Qt::KeypadModifier);
        QCOMPARE(sent_, QStringList({"abc", "de", "f"}));
    }

    void shift_enter_starts_a_line() {
        QTest::keyClicks(edit_.get(), "a");
        QTest::keyClick(edit_.get(), Qt::Key_Return, Qt::ShiftModifier);
        QTest::keyClicks(edit_.get(), "b");
        QVERIFY(sent_.isEmpty());
        enter();
        QCOMPARE(sent_, QStringList("a\nb"));
    }

    void a_held_key_sends_once() {
        QTest::keyClicks(edit_.get(), "abc");
        enter();
        QKeyEvent held(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, "\r", true);
        QCoreApplication::sendEvent(edit_.get(), &held);
        QCOMPARE(sent_, QStringList("abc"));
    }

    // The input method takes its syllable in, then hands Enter on.
    void commit_before_enter() {
        QTest::keyClicks(edit_.get(), "a ");
        compose("하");
        compose("한");
        commit("한");
        enter();
        QCOMPARE(sent_, QStringList("a 한"));
        QVERIFY(edit_->toPlainText().isEmpty());
    }

    // Enter comes first; the syllable follows.
    void enter_before_commit() {
        compose("하");
        compose("한");
        enter();
        QVERIFY(sent_.isEmpty());
        commit("한");
        QCOMPARE(sent_, QStringList("한"));
        QVERIFY(edit_->toPlainText().isEmpty());
        QTest::qWait(150);  // nor later once more
        QCOMPARE(sent_.size(), 1);
    }

    // Some input methods first take the composed text away, then commit it.
    void commit_in_two_events() {
        commit("안녕 ");
        compose("한");
        enter();
        compose("");
        commit("한");
        QCOMPARE(sent_, QStringList("안녕 한"));
        QVERIFY(edit_->toPlainText().isEmpty());
    }

    void an_input_method_that_never_commits() {
        commit("안녕");
        compose("한");
        enter();
        QTRY_COMPARE(sent_, QStringList("안녕한"));
        QVERIFY(edit_->toPlainText().isEmpty());
    }

    void two_enters_while_composing() {
        compose("한");
        enter();
        enter();
        commit("한");
        QTest::qWait(150);
        QCOMPARE(sent_, QStringList("한"));
    }

    void it_grows_with_the_text_up_to_a_limit() {
        const int one = edit_->sizeHint().height();
        edit_->setPlainText("a\nb\nc\nd");
        const int four = edit_->sizeHint().height();
        QVERIFY(four > one);
        edit_->setPlainText(QString("a\n").repeated(100));
        const int many = edit_->sizeHint().height();
        QVERIFY(many > four);
        QVERIFY(many < 12 * edit_->fontMetrics().lineSpacing());
    }

    void what_is_pasted_is_plain() {
        auto* rich = new QMimeData;  // the clipboard takes it
        rich->setHtml("<b>bold</b>");
        rich->setText("<i>as written</i>");
        QGuiApplication::clipboard()->setMimeData(rich);
        edit_->paste();
        QCOMPARE(edit_->toPlainText(), "<i>as written</i>");
    }
};

QTEST_MAIN(PromptEditTest)
#include "prompt_edit_test.moc"
