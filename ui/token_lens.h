// The last answer under a microscope: its tokens as chips, and of the current one how probable it was and what else
// could have stood there, from which the answer can go on. Thread: GUI.
#pragma once

#include <QScrollArea>

#include "ui/alternative_table.h"
#include "ui/answer_flow.h"
#include "ui/cards.h"
#include "ui/conversations.h"

namespace lathe {

class TokenLens : public Card {
    Q_OBJECT

public:
    explicit TokenLens(QWidget* parent = nullptr);
    // Makes all anew.
    void show_conversation(const ConversationState& state);
    // Its answer has more tokens, or is at another point.
    void update_answer(const ConversationState& state);
    AnswerFlow* flow() const { return flow_; }
    AlternativeTable* table() const { return table_; }
    QPushButton* branch_button() const { return branch_; }
    QPushButton* former_button() const { return former_; }

Q_SIGNALS:
    void branch_wanted(size_t turn, size_t token, const lathe::TokenLogprob& other);
    void former_wanted();
    void again_wanted();  // the answer anew, with its tokens

protected:
    void changeEvent(QEvent* event) override;

private:
    // What there is to see.
    enum class State { nothing, waiting, without_tokens, begun_without, tokens };
    struct Place {
        size_t turn, token;
    };
    QWidget* make_legend();
    void add_new(const ConversationState& state);
    void show_state();
    void show_current();
    void branch();
    void retranslate();

    QWidget* body_;
    ElidedLabel* prompt_;
    QScrollArea* area_;
    AnswerFlow* flow_;
    ElidedLabel* legend_title_;
    std::vector<QLabel*> legend_words_;
    QLabel* current_;
    AlternativeTable* table_;
    QPushButton *branch_, *former_;
    EmptyState* empty_;
    std::string id_;
    std::vector<TokenLogprobs> tokens_;
    std::vector<Place> places_;  // of the tokens
    State state_ = State::nothing;
    bool answering_ = false, has_former_ = false;
    bool follow_ = true;  // the view is at the end
};

}  // namespace lathe
