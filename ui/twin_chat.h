// The same prompt to two models at once, side by side and drawn with the same seed: the base at the left, the tuned
// model at the right. Nothing of it is recorded; a prompt that is not sent yet is kept. Thread: GUI.
#pragma once

#include <QSettings>
#include <array>
#include <optional>

#include "ui/cards.h"
#include "ui/engine_link.h"
#include "ui/passage_text.h"
#include "ui/prompt_box.h"

namespace lathe {

class TwinChat : public QWidget {
    Q_OBJECT

public:
    TwinChat(EngineLink& engine, QSettings& settings, QWidget* parent = nullptr);
    // Stops what is being answered and begins anew.
    void set_models(const ModelSource& base, const ModelSource& tuned);
    void send();
    void stop();
    bool answering() const { return sides_[0].request != 0 || sides_[1].request != 0; }
    PromptBox* prompt() const { return prompt_; }
    void retranslate();

private:
    struct Side {
        Card* card;
        PassageText* text;
        QLabel* says;
        ModelSource model;
        RequestId request = 0;  // of what is being answered
        std::optional<Progress> loading;
        bool started = false;
        std::optional<ChatTurn> done;  // without its text
        std::optional<Error> error;
    };

    void ask(const QString& text);
    void on_event(const Event& event);
    void take(Side& side, const EventBody& body);
    void show_state();
    QString words(const Side& side) const;

    EngineLink& engine_;
    QSettings& settings_;
    std::array<Side, 2> sides_;
    PromptBox* prompt_;
    QPushButton* again_;
    SampleConfig sample_;
    QString asked_;
    bool stopping_ = false;
};

}  // namespace lathe
