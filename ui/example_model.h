// The examples of a table, as Qt's views show them: a question, an answer and a system message a row; of a conversation
// of more turns its first question and its last answer. Every change goes through one undo stack. Thread: GUI.
#pragma once

#include <QAbstractTableModel>
#include <QUndoStack>
#include <vector>

#include "engine/base/events.h"
#include "ui/spreadsheet_text.h"

namespace lathe {

// Nothing is written in it.
bool is_blank(const ExampleRow& row);

struct ExampleCounts {
    int64_t examples = 0;  // rows that are not blank
    int64_t empty_answers = 0, duplicates = 0;
};

class ExampleModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { kQuestion, kAnswer, kSystem, kTurns, kColumns };
    static constexpr int kMostRows = 100'000;  // as the engine has it

    explicit ExampleModel(QObject* parent = nullptr);

    const std::vector<ExampleRow>& rows() const { return rows_; }
    std::vector<ExampleRow> written_rows() const;  // those that are not blank
    ExampleCounts counts() const;
    bool has_system() const;  // any row
    bool has_turns() const;   // more than a question and an answer in any row
    QUndoStack* history() { return &history_; }
    const QUndoStack* history() const { return &history_; }

    // Another table: its history begins.
    void set_rows(std::vector<ExampleRow> rows);
    // Blank ones. False, and nothing is changed, where there would be too many; so of put_cells().
    bool add_rows(int at, int count);
    void remove_rows(std::vector<int> rows);
    // What is there from this cell on, to the right and down; rows are added as they are needed. A first row of names
    // of columns is left out.
    bool put_cells(int row, int column, CellRows cells);
    void clear_cells(const QModelIndexList& cells);
    QString turn(int row, int turn) const;
    void set_turn(int row, int turn, const QString& text);
    void add_turns(int row);     // a question and an answer at the end
    void remove_turns(int row);  // the last two of more
    // The edits of one cell from now on are undone together, and not with those before.
    void begin_typing() { ++typing_; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void retranslate() { Q_EMIT headerDataChanged(Qt::Horizontal, 0, kColumns - 1); }

Q_SIGNALS:
    // By the user, also by undo, from this row on.
    void edited(int first);

private:
    class Replacement;
    void push(int at, int removed, std::vector<ExampleRow> rows, const QString& text, int typing = 0);
    void replace(int at, int removed, const std::vector<ExampleRow>& rows);

    std::vector<ExampleRow> rows_;
    QUndoStack history_;
    int typing_ = 0;
};

}  // namespace lathe
