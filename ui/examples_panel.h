// Examples written in the window, in the place of the form: the table, the turns of a conversation below it, counts,
// and the way into the settings. See example_file.h for what becomes of them. Thread: GUI.
#pragma once

#include <QLineEdit>
#include <QStackedWidget>

#include "ui/cards.h"
#include "ui/example_file.h"
#include "ui/example_view.h"
#include "ui/turn_editor.h"

namespace lathe {

class ExamplesPanel : public QWidget {
    Q_OBJECT

public:
    explicit ExamplesPanel(ExampleFile& file, QWidget* parent = nullptr);
    // Gives the keyboard to the table.
    void enter();
    // Whether the settings name the file.
    void set_used(bool used);
    QPushButton* undo_button() const { return undo_; }
    QPushButton* redo_button() const { return redo_; }
    void retranslate();

Q_SIGNALS:
    void closed();
    void use_wanted();  // the file is to be among data.files

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* make_tools();
    QWidget* make_foot();
    void show_state();
    void show_rows();
    void show_counts();
    void show_columns();
    void rename();
    void paste();

    ExampleFile& file_;
    Card* card_;
    QPushButton *back_, *new_, *add_, *delete_, *paste_, *undo_, *redo_, *system_, *conversation_, *use_;
    QLineEdit* name_;
    Banner* banner_;
    QStackedWidget* faces_;
    EmptyState* empty_;
    ExampleView* view_;
    TurnEditor* turns_;
    QLabel *counts_, *saved_;
    QTimer count_timer_;
    bool used_ = false;
};

}  // namespace lathe
