// The foot of a conversation: the field for the next text, and the one button that sends it or stops the answer.
// Thread: GUI.
#pragma once

#include <QFrame>
#include <QLabel>
#include <QPushButton>

#include "ui/controls.h"
#include "ui/prompt_edit.h"

namespace lathe {

class PromptBox : public QFrame {
    Q_OBJECT

public:
    enum class State { idle, answering, stopping };
    explicit PromptBox(QWidget* parent = nullptr);

    QString text() const { return edit_->text(); }
    void set_text(const QString& text);
    // has_turns: with nothing typed the model may go on from what is there.
    void set_state(State state, bool has_turns);
    PromptEdit* edit() const { return edit_; }
    QPushButton* button() const { return button_; }

Q_SIGNALS:
    void edited();  // by the user
    void send_wanted();
    void stop_wanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    void update_words();
    void press();

    PromptEdit* edit_;
    QWidget* held_row_;
    QLabel* held_;
    ElidedLabel* hint_;
    QPushButton *drop_held_, *button_;
    State state_ = State::idle;
    bool has_turns_ = false;
};

}  // namespace lathe
