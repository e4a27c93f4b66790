// The transcript alone: it follows an answer at the bottom only, long conversations show their end first, and what has
// not changed is not laid out anew.
#include <QApplication>
#include <QScrollArea>
#include <QScrollBar>
#include <QtTest>
#include <memory>

#include "ui/transcript.h"

using namespace lathe;

class TranscriptTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Transcript> view_;
    ConversationState state_;

    QScrollBar* bar() { return view_->findChild<QScrollArea*>()->verticalScrollBar(); }
    QList<PassageText*> texts() { return view_->findChildren<PassageText*>(); }
    void turn(const std::string& text, bool from_model) {
        state_.kept.turns.push_back({.from_model = from_model, .text = text});
    }
    void show() {
        view_->show_conversation(state_);
        QCoreApplication::processEvents();
    }
    void grow(const std::string& text) {
        state_.kept.turns.back().text += text;
        view_->append(state_, text);
    }

private Q_SLOTS:
    void init() {
        view_ = std::make_unique<Transcript>();
        view_->resize(600, 400);
        view_->show();
        state_ = {};
        state_.kept.id = "a";
    }

    void the_model_goes_on_in_the_users_line() {
        turn("one", false);
        turn(" two", true);
        turn(" three", true);
        turn("four", false);
        show();
        QCOMPARE(texts().size(), 2);
        QCOMPARE(texts()[0]->toPlainText(), "one two three");
        QCOMPARE(texts()[1]->toPlainText(), "four");
    }

    void an_answer_by_a_template_stands_by_itself() {
        turn("one", false);
        turn("two", true);
        turn(" three", true);
        show();
        QCOMPARE(texts()[0]->toPlainText(), "onetwo three");
        state_.templated = true;
        turn("four", false);
        turn("", true);
        show();
        QCOMPARE(texts()[0]->toPlainText(), "one\ntwo three");
        grow("five");
        QCOMPARE(texts()[1]->toPlainText(), "four\nfive");
    }

    void only_what_has_changed_is_made_anew() {
        turn("one", false);
        turn(" two", true);
        show();
        auto* first = texts()[0];
        turn("three", false);
        turn("", true);
        show();
        QCOMPARE(texts()[0], first);
        grow(" four");
        show();
        QCOMPARE(texts()[1]->toPlainText(), "three four");
        state_.kept.turns.back().text = " five";  // as long as it was
        show();
        QCOMPARE(texts()[1]->toPlainText(), "three five");
        state_.kept.turns.resize(2);
        show();
        QCOMPARE(texts(), QList<PassageText*>{first});
        state_.kept.id = "b";
        state_.kept.turns = {{.text = "other"}};
        show();
        QCOMPARE(texts().size(), 1);
        QCOMPARE(texts()[0]->toPlainText(), "other");
    }

    void the_view_follows_only_at_the_bottom() {
        for (int i = 0; i < 100; ++i) turn("line\n", false);
        turn("", true);
        show();
        QTRY_VERIFY(bar()->maximum() > 0 && bar()->value() == bar()->maximum());
        grow(std::string(50, '\n'));
        QTRY_COMPARE(bar()->value(), bar()->maximum());
        bar()->setValue(100);
        const int top = bar()->maximum();
        grow(std::string(50, '\n'));
        QTRY_VERIFY(bar()->maximum() > top);
        QCOMPARE(bar()->value(), 100);
        turn("next", false);  // what the user sends is followed again
        turn("", true);
        state_.answering.emplace();
        show();
        QTRY_COMPARE(bar()->value(), bar()->maximum());
    }

    void the_wheel_over_a_text_scrolls_the_transcript() {
        turn(std::string(200, '\n'), false);
        show();
        QTRY_VERIFY(bar()->maximum() > 200);
        bar()->setValue(200);
        QWidget* text = texts()[0]->viewport();
        const QPointF place(5, 205);
        QWheelEvent wheel(place, text->mapToGlobal(place), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QSpontaneKeyEvent::setSpontaneous(&wheel);  // only those go on to the parents
        qApp->notify(text, &wheel);
        QVERIFY(bar()->value() < 200);
    }

    void a_long_conversation_shows_its_end_first() {
        for (int i = 0; i < 400; ++i) {
            turn("Question " + std::to_string(i), false);
            turn(std::string(1000, 'a') + std::to_string(i), true);
        }
        show();
        const auto shown = texts().size();
        QVERIFY(shown < 60);
        QVERIFY(texts().last()->toPlainText().endsWith("399"));
        QTRY_VERIFY(bar()->value() > 0 && bar()->value() == bar()->maximum());
        connect(view_.get(), &Transcript::earlier_wanted, this, &TranscriptTest::show);
        bar()->setValue(50);
        const int below = bar()->maximum() - 50;
        for (auto* button : view_->findChildren<QPushButton*>())
            if (button->text() == "Show earlier text") button->click();
        QVERIFY(texts().size() > shown);
        QTRY_VERIFY(bar()->value() > 50);
        QTRY_COMPARE(bar()->maximum() - bar()->value(), below);  // what is read stays where it is
    }

    void a_very_long_turn_is_shown_in_part() {
        turn("begin " + std::string(500000, 'x') + " end", false);
        show();
        const QString text = texts()[0]->toPlainText();
        QVERIFY(text.size() < 20000);
        QVERIFY(text.startsWith("begin"));
        QVERIFY(text.endsWith("end"));
        QVERIFY(text.contains("are not shown here"));
    }
};

QTEST_MAIN(TranscriptTest)
#include "transcript_test.moc"
