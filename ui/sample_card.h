// The latest text that the model of a run wrote: what it went on from, its tokens coloured by probability, what the
// colours mean. Thread: GUI.
#pragma once

#include <optional>

#include "ui/cards.h"
#include "ui/token_flow.h"

namespace lathe {

class SampleCard : public Card {
    Q_OBJECT

public:
    explicit SampleCard(QWidget* parent = nullptr);
    void show_latest(const RunDetail& run);
    void set_can_chat(bool can);
    void retranslate();

Q_SIGNALS:
    void chat_wanted();

private:
    QPushButton* chat_;
    ElidedLabel* prompt_;
    TokenFlow* flow_;
    QScrollArea* area_;
    QLabel* empty_;
    QWidget* legend_;
    std::vector<QLabel*> legend_words_;
    std::optional<int64_t> step_;
    bool never_ = false;  // the run makes no samples
};

}  // namespace lathe
