// What the data of the form would teach, in figures: formats and columns, examples, tokens and how many of them are
// learnt, rows that are left out or cut; why a start is held back, and the switch that lets it go. Thread: GUI.
#pragma once

#include <QProgressBar>

#include "ui/cards.h"
#include "ui/column_choice.h"
#include "ui/data_inspector.h"
#include "ui/inspection_words.h"

namespace lathe {

class InspectionCard : public Card {
    Q_OBJECT

public:
    explicit InspectionCard(DataInspector& inspector, QWidget* parent = nullptr);
    QPushButton* batch_button() const { return look_; }
    void retranslate();

Q_SIGNALS:
    void files_wanted();                                                   // to be named in the form
    void batch_wanted();                                                   // to be looked into
    void column_chosen(const std::string& key, const std::string& value);  // see ColumnChoice

private:
    void show_state();
    void show_progress();
    void show_hold();
    void show_columns();
    void act();

    DataInspector& inspector_;
    QPushButton* again_;
    QLabel* says_;
    QProgressBar* bar_;
    QLabel* progress_;
    QPushButton* act_;
    QLabel* hold_says_;
    QWidget* choice_;
    QLabel* allow_says_;
    Switch* allow_;
    FactList* facts_;
    QPushButton* change_;
    ColumnChoice* columns_;
    QPushButton* look_;
};

}  // namespace lathe
