// What may be changed while a run trains, in a card: learning rate multiplier, clipping, rules that end the run, and a
// validation or a sample at once. What is set applies from the next step on; a value that is refused says why. Thread:
// GUI.
#pragma once

#include <QLineEdit>
#include <QSlider>
#include <QTimer>

#include "ui/cards.h"
#include "ui/run_watch.h"

namespace lathe {

class RunControls : public Card {
    Q_OBJECT

public:
    explicit RunControls(RunWatch& run, QWidget* parent = nullptr);
    void retranslate();

private:
    struct Row {
        const char* key;  // TrainControls'
        QLabel* label;
        QLineEdit* edit;
    };
    QLineEdit* add_row(QHBoxLayout* line, const char* key, QWidget* before = nullptr);
    const Row& row(const std::string& key) const;
    void take(const char* key);
    void show_run();
    void show_values();
    void show_state();
    void show_problem(const Error& error);
    void name_row(const char* key, const QString& name, const QString& tooltip, const QString& empty = {});

    RunWatch& run_;
    bool can_validate_ = true;  // the run keeps rows for it
    std::vector<Row> rows_;
    QSlider* slider_;
    QTimer slider_rests_;
    QLabel* stop_word_;
    QPushButton* evaluate_;
    QPushButton* sample_;
    QLabel* problem_;
};

}  // namespace lathe
