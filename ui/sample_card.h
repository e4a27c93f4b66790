// A text that the model of a run wrote: what it went on from, its tokens coloured by probability, what the colours
// mean. The latest, and back through the run to the first. Thread: GUI.
#pragma once

#include "ui/cards.h"
#include "ui/token_flow.h"

namespace lathe {

class SampleCard : public Card {
    Q_OBJECT

public:
    explicit SampleCard(QWidget* parent = nullptr);
    // The latest, unless an older one of the same run is being looked at. The run outlives the card or the next call.
    void show_latest(const RunDetail& run);
    void show_sample(int index);
    int shown() const { return shown_; }  // -1: there is none
    void set_can_chat(bool can);
    void retranslate();

Q_SIGNALS:
    void chat_wanted();

private:
    void show_sample();

    const RunDetail* run_ = nullptr;
    QPushButton* back_;
    Slider* slider_;
    QPushButton* on_;
    QPushButton* chat_;
    ElidedLabel* prompt_;
    TokenFlow* flow_;
    QScrollArea* area_;
    QLabel* empty_;
    QWidget* legend_;
    std::vector<QLabel*> legend_words_;
    std::string of_run_;
    int shown_ = -1;
    bool follows_ = true;  // the latest
    bool never_ = false;   // the run makes no samples
};

}  // namespace lathe
