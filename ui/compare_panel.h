// A tuned run beside its base, in the place of the run: the perplexities, what both answer to held-back examples, and
// the same prompt to both. Thread: GUI.
#pragma once

#include <QProgressBar>
#include <QStackedWidget>

#include "ui/answer_row.h"
#include "ui/cards.h"
#include "ui/run_comparison.h"
#include "ui/twin_chat.h"

namespace lathe {

class ComparePanel : public QWidget {
    Q_OBJECT

public:
    ComparePanel(EngineLink& engine, QSettings& settings, QWidget* parent = nullptr);
    // A run that can_be_compared(): asks the engine unless it is known.
    void show_run(const RunDetail& run);
    // It is no longer looked at: what is asked for is given up.
    void leave();
    RunComparison& comparison() { return comparison_; }
    void ask_both(const QString& prompt);
    TwinChat* twin() const { return twin_; }
    void retranslate();

Q_SIGNALS:
    void closed();

private:
    void show_state();
    void show_progress();
    void show_answers();
    void choose(int face);
    void say_what();
    std::vector<Tile> tiles() const;

    RunComparison comparison_;
    QString base_;
    int64_t steps_ = 0;  // of the checkpoint
    QPushButton* back_;
    ElidedLabel* says_;
    Segments* choice_;
    QStackedWidget* faces_;
    Banner* banner_;
    Card* busy_;
    QLabel* busy_says_;
    QProgressBar* bar_;
    QPushButton* cancel_;
    EmptyState* empty_;
    TileStrip* tiles_;
    QLabel* about_;
    QPushButton* copy_;
    QVBoxLayout* column_;
    std::vector<AnswerRow*> rows_;
    TwinChat* twin_;
};

}  // namespace lathe
