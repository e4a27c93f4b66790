// An answer under the microscope: chips of its tokens, what the keyboard does there, and the alternatives of one.
#include <cmath>
#include <memory>
#include <tuple>

#include "tests/ui/page_fixture.h"
#include "ui/token_lens.h"

using namespace lathe;

namespace {

TokenLogprob logprob(int32_t token, const std::string& bytes, double probability, double sampled) {
    return {.token = token, .bytes = bytes, .logprob = std::log(probability), .sampled = sampled};
}

// The likeliest of three: probabilities 0.6, 0.3 and 0.02, the last one cut off by the samplers.
TokenLogprobs likely(const std::string& bytes) {
    TokenLogprobs told{.chosen = logprob(1, bytes, 0.6, 0.75), .rank = 1, .entropy = 1.25, .top = {}};
    told.top = {told.chosen, logprob(2, " the", 0.3, 0.25), logprob(3, "\x9D", 0.02, 0)};
    return told;
}

}  // namespace

class TokenLensTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<TokenLens> lens_;
    ConversationState state_;

    void answer(const std::vector<TokenLogprobs>& tokens) {
        std::string text;
        for (const TokenLogprobs& token : tokens) text += token.chosen.bytes;
        state_.kept.turns.push_back({.from_model = true, .text = text, .finish_reason = "length"});
        state_.tokens[state_.kept.turns.size() - 1] = tokens;
    }
    void show() {
        lens_->show_conversation(state_);
        QCoreApplication::processEvents();
    }
    AnswerFlow* flow() { return lens_->flow(); }
    AlternativeTable* table() { return lens_->table(); }
    void walk(std::initializer_list<int> keys) {
        for (const int key : keys) QTest::keyClick(flow(), static_cast<Qt::Key>(key));
    }
    QStringList column(int at) {
        QStringList texts;
        for (int row = 0; row < table()->topLevelItemCount(); ++row) texts << table()->topLevelItem(row)->text(at);
        return texts;
    }

private Q_SLOTS:
    void init() {
        lens_ = std::make_unique<TokenLens>();
        lens_->resize(520, 620);
        lens_->show();
        lens_->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(lens_.get()));
        state_ = {};
        state_.kept.id = "a";
        state_.kept.turns = {{.text = "What the user asked"}};
    }

    void a_character_of_several_tokens_waits_for_the_last() {
        std::string open;
        const auto chip = [&](const std::string& bytes) { return chip_text(open, {.token = 7, .bytes = bytes}); };
        QCOMPARE(chip("\xED\x95"), "ED 95");
        QCOMPARE(chip("\x9C"), "한");
        QCOMPARE(chip(" \xEA"), "·");  // of the next there is the first byte
        QCOMPARE(chip("\xB8\x80\n"), "글⏎");
        QCOMPARE(chip("\xFF"), "\uFFFD");
        QCOMPARE(chip(""), "#7");
        QVERIFY(open.empty());
        QCOMPARE(chip("\xF0\x9F"), "F0 9F");
        QCOMPARE(open, std::string("\xF0\x9F"));
    }

    void the_keyboard_goes_through_the_tokens() {
        answer({likely("\xED\x95"), likely("\x9C"), likely("글")});
        show();
        QCOMPARE(flow()->count(), 3);
        QVERIFY(!table()->isVisible());
        QVERIFY(words_of(*lens_).contains("What the user asked"));
        QVERIFY(words_of(*lens_).contains("with the arrow keys"));
        walk({Qt::Key_Home});
        QCOMPARE(flow()->current(), 0);
        QVERIFY(flow()->current_text().contains("“ED 95”"));
        walk({Qt::Key_Right});
        const QString words = words_of(*lens_);
        QVERIFY(words.contains("Token 2 · “한”"));
        QVERIFY(words.contains("probability 60\u202f% · logprob −0.511 · rank 1 · entropy 1.25 nats"));
        QCOMPARE(flow()->accessibleDescription(), flow()->current_text());
        walk({Qt::Key_End, Qt::Key_Right});
        QCOMPARE(flow()->current(), 2);
        walk({Qt::Key_Left, Qt::Key_Left, Qt::Key_Left});
        QCOMPARE(flow()->current(), 0);
        QTest::mouseClick(flow(), Qt::LeftButton, {}, flow()->place_of(2).center());
        QCOMPARE(flow()->current(), 2);
    }

    void alternatives_before_and_after_sampling() {
        answer({likely("\xED\x95"), likely("\x9C")});
        TokenLogprobs rare = likely("!");
        rare.chosen = logprob(9, "!", 0.0004, 0.1);
        rare.rank = 21;
        rare.top[0].bytes = "?";
        state_.tokens[1].push_back(rare);
        show();
        walk({Qt::Key_Home, Qt::Key_Right});
        QVERIFY(table()->isVisible());
        QCOMPARE(column(0), (QStringList{"1 ✓", "2", "3"}));
        QCOMPARE(column(1)[0], "한");  // each behind the bytes before it
        QVERIFY(column(1)[1].startsWith(QChar(0xFFFD)) && column(1)[1].endsWith("·the"));
        QCOMPARE(column(1)[2], "핝");
        QCOMPARE(column(2), (QStringList{"60\u202f%", "30\u202f%", "2.0\u202f%"}));
        QCOMPARE(column(3), (QStringList{"75\u202f%", "25\u202f%", "cut off"}));
        walk({Qt::Key_Right});
        QCOMPARE(column(0), (QStringList{"1", "2", "3", "21 ✓"}));
        QCOMPARE(column(1).last(), "!");
        QCOMPARE(column(2).last(), "0.04\u202f%");
    }

    void it_goes_on_from_an_alternative() {
        answer({likely("x"), likely("y")});
        answer({likely("z"), likely("w")});  // it was gone on with
        show();
        QCOMPARE(flow()->count(), 4);
        std::vector<std::tuple<size_t, size_t, int32_t>> wanted;
        connect(lens_.get(), &TokenLens::branch_wanted, this,
                [&](size_t turn, size_t token, const TokenLogprob& other) {
                    wanted.emplace_back(turn, token, other.token);
                });
        QPushButton* branch = lens_->branch_button();
        QVERIFY(!branch->isVisible());
        flow()->set_current(3);
        QVERIFY(branch->isVisible() && !branch->isEnabled());
        table()->setCurrentItem(table()->topLevelItem(0));
        QVERIFY(!branch->isEnabled());  // it stands there
        table()->setCurrentItem(table()->topLevelItem(1));
        QVERIFY(branch->isEnabled());
        branch->click();
        flow()->set_current(0);
        table()->setFocus();
        table()->setCurrentItem(table()->topLevelItem(2));
        QTest::keyClick(table(), Qt::Key_Return);
        QCOMPARE(wanted, (std::vector<std::tuple<size_t, size_t, int32_t>>{{2, 1, 2}, {1, 0, 3}}));
        state_.answering.emplace();
        lens_->update_answer(state_);
        QVERIFY(!branch->isEnabled());
        QTest::keyClick(table(), Qt::Key_Return);
        QCOMPARE(wanted.size(), size_t{2});
    }

    void it_grows_with_the_answer() {
        state_.kept.turns.push_back({.from_model = true});
        state_.tokens[1] = {};
        state_.answering.emplace();
        show();
        QVERIFY(words_of(*lens_).contains("as they come"));
        state_.tokens[1].push_back(likely("a"));
        lens_->update_answer(state_);
        flow()->set_current(0);
        const QRect first = flow()->place_of(0);
        for (int i = 0; i < 300; ++i) {
            state_.tokens[1].push_back(likely(" word"));
            lens_->update_answer(state_);
        }
        QCOMPARE(flow()->count(), 301);
        QCOMPARE(flow()->current(), 0);
        QCOMPARE(flow()->place_of(0), first);
        QVERIFY(flow()->place_of(300).top() > flow()->place_of(1).top());  // wrapped
        show();
        QCOMPARE(flow()->current(), 0);  // it stays the current one
    }

    void what_is_not_known_is_said() {
        int again = 0;
        connect(lens_.get(), &TokenLens::again_wanted, this, [&] { ++again; });
        show();
        QVERIFY(words_of(*lens_).contains("tokens of the next answer"));
        QVERIFY(button_of(*lens_, "Answer again with tokens") == nullptr);
        state_.kept.turns.push_back({.from_model = true, .text = "old", .finish_reason = "stop"});
        show();
        QVERIFY(words_of(*lens_).contains("are not known"));
        QVERIFY(press(*lens_, "Answer again with tokens"));
        QCOMPARE(again, 1);
        state_.answering.emplace();
        lens_->update_answer(state_);
        QVERIFY(words_of(*lens_).contains("was begun without"));
        QVERIFY(button_of(*lens_, "Answer again with tokens") == nullptr);
        state_.answering.reset();
        answer({likely("x")});  // gone on with: of that they are
        show();
        QCOMPARE(flow()->count(), 1);
    }

    void the_former_answer_is_offered_when_there_is_one() {
        int former = 0;
        connect(lens_.get(), &TokenLens::former_wanted, this, [&] { ++former; });
        answer({likely("x")});
        show();
        QVERIFY(!lens_->former_button()->isVisible());
        state_.former.emplace();
        state_.answering.emplace();
        lens_->update_answer(state_);
        QVERIFY(!lens_->former_button()->isVisible());
        state_.answering.reset();
        lens_->update_answer(state_);
        QVERIFY(press(*lens_, "Former answer"));
        QCOMPARE(former, 1);
    }

    void every_control_has_a_name() {
        answer({likely("x")});
        state_.former.emplace();
        show();
        flow()->set_current(0);
        QCOMPARE(nameless(*lens_), QStringList());
    }
};

LATHE_PAGE_TEST(TokenLensTest)
#include "token_lens_test.moc"
