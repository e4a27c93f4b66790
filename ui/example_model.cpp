#include "ui/example_model.h"

#include <QUndoCommand>
#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>
#include <utility>

namespace lathe {

namespace {

constexpr int kUndoSteps = 1000;
constexpr qsizetype kShownCharacters = 2000;  // of a cell that is not edited

QString shown(const std::string& text) {
    return QString::fromStdString(text);
}

bool is_blank_text(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

ExampleRow blank_row() {
    return {.system = {}, .turns = {{}, {}}};
}

template <class Row>
auto& cell(Row& row, int column) {
    if (column == ExampleModel::kSystem) return row.system;
    return column == ExampleModel::kQuestion ? row.turns.front() : row.turns.back();
}

// The column that a spreadsheet calls so.
std::optional<int> column_named(const QString& cell) {
    static const std::array<QStringList, 3> kNames = {
        QStringList{"question", "prompt", "instruction", "query", "user", "질문"},
        QStringList{"answer", "completion", "response", "output", "assistant", "답", "답변"},
        QStringList{"system", "system message", "system_prompt", "시스템"}};
    for (size_t column = 0; column < kNames.size(); ++column)
        if (kNames[column].contains(cell.trimmed().toLower())) return static_cast<int>(column);
    return std::nullopt;
}

// Which column each cell of a row goes to; takes the row of names, where there is one.
std::vector<int> columns_for(CellRows& cells, int column) {
    std::vector<int> columns;
    for (const QString& name : cells.front())
        if (const auto named = column_named(name)) columns.push_back(*named);
    if (cells.size() > 1 && columns.size() > 1 && static_cast<qsizetype>(columns.size()) == cells.front().size()) {
        cells.erase(cells.begin());
        return columns;
    }
    columns.clear();
    for (int one = column; one <= ExampleModel::kSystem; ++one) columns.push_back(one);
    return columns;
}

size_t hash_of(const ExampleRow& row) {
    std::string all = row.system;
    for (const std::string& turn : row.turns) all += '\0' + turn;
    return std::hash<std::string>()(all);
}

}  // namespace

bool is_blank(const ExampleRow& row) {
    return is_blank_text(row.system) && std::all_of(row.turns.begin(), row.turns.end(), is_blank_text);
}

// Rows in the place of others: every change there is.
class ExampleModel::Replacement : public QUndoCommand {
public:
    Replacement(ExampleModel& model, int at, std::vector<ExampleRow> before, std::vector<ExampleRow> after, int typing)
        : model_(model), at_(at), before_(std::move(before)), after_(std::move(after)), typing_(typing) {}

    void undo() override { model_.replace(at_, static_cast<int>(after_.size()), before_); }
    void redo() override { model_.replace(at_, static_cast<int>(before_.size()), after_); }
    int id() const override { return typing_ > 0 ? 1 : -1; }
    bool mergeWith(const QUndoCommand* other) override {
        const auto* next = static_cast<const Replacement*>(other);
        if (next->typing_ != typing_ || next->at_ != at_) return false;
        after_ = next->after_;
        return true;
    }

private:
    ExampleModel& model_;
    int at_;
    std::vector<ExampleRow> before_, after_;
    int typing_;
};

ExampleModel::ExampleModel(QObject* parent) : QAbstractTableModel(parent) {
    history_.setUndoLimit(kUndoSteps);
}

std::vector<ExampleRow> ExampleModel::written_rows() const {
    std::vector<ExampleRow> written;
    std::copy_if(rows_.begin(), rows_.end(), std::back_inserter(written),
                 [](const ExampleRow& row) { return !is_blank(row); });
    return written;
}

ExampleCounts ExampleModel::counts() const {
    ExampleCounts counts;
    std::unordered_set<size_t> seen;
    for (const ExampleRow& row : rows_) {
        if (is_blank(row)) continue;
        ++counts.examples;
        if (is_blank_text(row.turns.back()))
            ++counts.empty_answers;
        else if (!seen.insert(hash_of(row)).second)
            ++counts.duplicates;
    }
    return counts;
}

bool ExampleModel::has_system() const {
    return std::any_of(rows_.begin(), rows_.end(), [](const ExampleRow& row) { return !row.system.empty(); });
}

bool ExampleModel::has_turns() const {
    return std::any_of(rows_.begin(), rows_.end(), [](const ExampleRow& row) { return row.turns.size() > 2; });
}

void ExampleModel::set_rows(std::vector<ExampleRow> rows) {
    beginResetModel();
    rows_ = std::move(rows);
    history_.clear();
    endResetModel();
}

void ExampleModel::push(int at, int removed, std::vector<ExampleRow> rows, const QString& text, int typing) {
    const auto begin = rows_.begin() + at;
    auto* step = new Replacement(*this, at, {begin, begin + removed}, std::move(rows), typing);
    step->setText(text);
    history_.push(step);  // which does it
}

void ExampleModel::replace(int at, int removed, const std::vector<ExampleRow>& rows) {
    const int added = static_cast<int>(rows.size()), common = std::min(removed, added);
    std::copy_n(rows.begin(), common, rows_.begin() + at);
    if (common > 0) Q_EMIT dataChanged(index(at, 0), index(at + common - 1, kColumns - 1));
    const auto behind = rows_.begin() + at + common;
    if (added > common) {
        beginInsertRows({}, at + common, at + added - 1);
        rows_.insert(behind, rows.begin() + common, rows.end());
        endInsertRows();
    } else if (removed > common) {
        beginRemoveRows({}, at + common, at + removed - 1);
        rows_.erase(behind, behind + (removed - common));
        endRemoveRows();
    }
    Q_EMIT edited(at);
}

bool ExampleModel::add_rows(int at, int count) {
    if (rowCount() + count > kMostRows) return false;
    push(at, 0, std::vector<ExampleRow>(static_cast<size_t>(count), blank_row()), tr("Add rows"));
    return true;
}

void ExampleModel::remove_rows(std::vector<int> rows) {
    std::sort(rows.begin(), rows.end(), std::greater<>());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    if (rows.empty()) return;
    history_.beginMacro(tr("Delete rows"));
    for (size_t first = 0; first < rows.size();) {
        size_t last = first;  // of neighbours, from the bottom up
        while (last + 1 < rows.size() && rows[last + 1] == rows[last] - 1) ++last;
        push(rows[last], static_cast<int>(last - first) + 1, {}, tr("Delete rows"));
        first = last + 1;
    }
    history_.endMacro();
}

bool ExampleModel::put_cells(int row, int column, CellRows cells) {
    if (cells.empty()) return true;
    const std::vector<int> columns = columns_for(cells, column);
    const int there = std::min(rowCount() - row, static_cast<int>(cells.size()));
    if (row + static_cast<int64_t>(cells.size()) > kMostRows) return false;
    std::vector<ExampleRow> rows(rows_.begin() + row, rows_.begin() + row + there);
    rows.resize(cells.size(), blank_row());
    for (size_t i = 0; i < cells.size(); ++i)
        for (size_t j = 0; j < columns.size() && static_cast<qsizetype>(j) < cells[i].size(); ++j)
            cell(rows[i], columns[j]) = cells[i][static_cast<qsizetype>(j)].toStdString();
    push(row, there, std::move(rows), tr("Paste"));
    return true;
}

void ExampleModel::clear_cells(const QModelIndexList& cells) {
    if (cells.isEmpty()) return;
    const auto [first, last] = std::minmax_element(
        cells.begin(), cells.end(), [](const QModelIndex& a, const QModelIndex& b) { return a.row() < b.row(); });
    const int at = first->row(), count = last->row() - at + 1;
    std::vector<ExampleRow> rows(rows_.begin() + at, rows_.begin() + at + count);
    for (const QModelIndex& one : cells)
        if (one.column() != kTurns) cell(rows[static_cast<size_t>(one.row() - at)], one.column()).clear();
    push(at, count, std::move(rows), tr("Clear cells"));
}

QString ExampleModel::turn(int row, int turn) const {
    return shown(rows_[static_cast<size_t>(row)].turns[static_cast<size_t>(turn)]);
}

void ExampleModel::set_turn(int row, int turn, const QString& text) {
    if (text == this->turn(row, turn)) return;
    ExampleRow changed = rows_[static_cast<size_t>(row)];
    changed.turns[static_cast<size_t>(turn)] = QString(text).remove(QChar(u'\0')).toStdString();
    push(row, 1, {std::move(changed)}, tr("Edit a turn"), typing_);
}

void ExampleModel::add_turns(int row) {
    ExampleRow changed = rows_[static_cast<size_t>(row)];
    changed.turns.insert(changed.turns.end(), 2, std::string());
    push(row, 1, {std::move(changed)}, tr("Add turns"));
}

void ExampleModel::remove_turns(int row) {
    ExampleRow changed = rows_[static_cast<size_t>(row)];
    if (changed.turns.size() <= 2) return;
    changed.turns.resize(changed.turns.size() - 2);
    push(row, 1, {std::move(changed)}, tr("Remove turns"));
}

int ExampleModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int ExampleModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : kColumns;
}

QVariant ExampleModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const ExampleRow& row = rows_[static_cast<size_t>(index.row())];
    if (role == Qt::TextAlignmentRole) return QVariant::fromValue(Qt::Alignment(Qt::AlignLeft | Qt::AlignTop));
    if (role != Qt::DisplayRole && role != Qt::EditRole) return {};
    if (index.column() == kTurns) return static_cast<int>(row.turns.size());
    const QString text = shown(cell(row, index.column()));
    return role == Qt::EditRole || text.size() <= kShownCharacters ? text : text.left(kShownCharacters) + u'…';
}

bool ExampleModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (!index.isValid() || role != Qt::EditRole || index.column() == kTurns) return false;
    const QString text = value.toString().remove(QChar(u'\0'));
    if (text == data(index, Qt::EditRole).toString()) return true;
    ExampleRow changed = rows_[static_cast<size_t>(index.row())];
    cell(changed, index.column()) = text.toStdString();
    push(index.row(), 1, {std::move(changed)}, tr("Edit a cell"), typing_);
    return true;
}

Qt::ItemFlags ExampleModel::flags(const QModelIndex& index) const {
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index) | Qt::ItemNeverHasChildren;
    return index.column() == kTurns ? flags : flags | Qt::ItemIsEditable;
}

QVariant ExampleModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation == Qt::Vertical) return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    if (role == Qt::DisplayRole) {
        const std::array names = {tr("Question"), tr("Answer"), tr("System message"), tr("Turns")};
        return names[static_cast<size_t>(section)];
    }
    if (role == Qt::ToolTipRole) {
        const std::array tips = {tr("What is asked: read, and not learnt. Of several turns the first question"),
                                 tr("What the model learns to say. Of several turns the last answer"),
                                 tr("What stands before the conversation: who the model is, how it answers"),
                                 tr("Questions and answers of the conversation; it is edited below the table")};
        return tips[static_cast<size_t>(section)];
    }
    return {};
}

}  // namespace lathe
