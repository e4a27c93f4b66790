// A text of the user and the model's answer to it: the running text, and under it how the answer went, with what can be
// done with it. Thread: GUI.
#pragma once

#include <QLabel>
#include <QPushButton>
#include <QWidget>

#include "ui/controls.h"
#include "ui/conversations.h"
#include "ui/passage_text.h"

namespace lathe {

class Passage : public QWidget {
    Q_OBJECT

public:
    // Turns [first, end) of the conversation.
    Passage(const ConversationState& state, size_t first, size_t end, QWidget* parent = nullptr);
    // False: the turns are others, have another text, or are shown otherwise.
    bool shows(const ConversationState& state, size_t first, size_t end) const;
    void append(const std::string& text);
    // How the answer is now; its text only grows, by append().
    void update_answer(const ConversationState& state);

Q_SIGNALS:
    void copy_wanted(size_t first, size_t end);  // of the model's turns in it
    void again_wanted();
    void go_on_wanted();
    void former_wanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    // What the line under the text tells.
    struct Line {
        bool answered = false, last = false;
        bool has_former = false;  // it took the place of another answer
        std::optional<Answering> answering;
        ChatTurn turn;  // without its text
        int64_t tokens = 0;
        std::optional<ChatStarted> started;
        std::optional<Notice> notice;
    };

    QString words() const;
    QString notes() const;
    void retranslate();

    size_t first_, end_;
    uint64_t hash_;  // of the text
    bool templated_;
    Line line_;
    PassageText* text_;
    QLabel* notes_;
    ElidedLabel* words_;
    QPushButton *copy_, *again_, *former_, *go_on_;
};

}  // namespace lathe
