// A conversation of the table of examples turn by turn: which one, its text to edit, turns added and taken away.
// Thread: GUI.
#pragma once

#include <QPlainTextEdit>

#include "ui/controls.h"
#include "ui/example_model.h"

namespace lathe {

class TurnEditor : public QWidget {
    Q_OBJECT

public:
    explicit TurnEditor(ExampleModel& model, QWidget* parent = nullptr);
    // -1: none.
    void show_row(int row);
    void retranslate();

private:
    void show_turns();
    void show_text();
    QString turn_name(int turn) const;

    ExampleModel& model_;
    int row_ = -1;
    DropDown* turns_;
    QPushButton *add_, *remove_;
    QPlainTextEdit* text_;
};

}  // namespace lathe
