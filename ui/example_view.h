// The table of examples under the keyboard, as in a spreadsheet: Tab and Return go on from cell to cell, typing
// replaces a cell, F2 or a double click edits it, Shift+Return is a line end in it; cut, copy, paste, and whole rows.
// What is typed is in the model at every key. Thread: GUI.
#pragma once

#include <QAction>
#include <QTableView>
#include <QTimer>

#include "ui/example_model.h"

namespace lathe {

class ExampleView : public QTableView {
    Q_OBJECT

public:
    explicit ExampleView(ExampleModel& model, QWidget* parent = nullptr);

    void cut();
    void copy();
    void paste();
    void add_row();  // below the current one
    void delete_rows();
    // From the current cell, a row down or a column on; at the end of the table a row is added.
    void step_down(int rows);
    void step_on(int cells);
    // Puts the cell under the keyboard.
    void go_to(int row, int column = ExampleModel::kQuestion);
    bool has_rows() const { return model_.rowCount() > 0; }
    void retranslate();

Q_SIGNALS:
    void row_changed(int row);  // the current one; -1: none
    void refused();             // more rows than a table may have

protected:
    bool event(QEvent* event) override;
    bool edit(const QModelIndex& index, EditTrigger trigger, QEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    QAction* add_deed(const QKeySequence& keys, void (ExampleView::*act)());
    QAction* deed_of(const QKeyEvent& event) const;  // null: none
    std::vector<int> chosen_rows() const;
    std::vector<int> seen_columns() const;
    void fit_rows();

    ExampleModel& model_;
    QTimer fit_timer_;
    int first_column_ = -1;  // where Tab set out: Return goes on below it
    QAction *cut_, *copy_, *paste_, *add_, *delete_;
};

}  // namespace lathe
