#include "ui/example_view.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <algorithm>
#include <chrono>
#include <set>

#include "ui/cell_delegate.h"
#include "ui/theme.h"

namespace lathe {

namespace {

using namespace std::chrono_literals;

constexpr int kLeastRow = 34, kMostRow = 150, kTurnsWidth = 72;

}  // namespace

ExampleView::ExampleView(ExampleModel& model, QWidget* parent) : QTableView(parent), model_(model) {
    setModel(&model);
    auto* delegate = new CellDelegate(this);
    setItemDelegate(delegate);
    setWordWrap(true);
    setCornerButtonEnabled(false);
    setTabKeyNavigation(true);
    setSelectionMode(ExtendedSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(DoubleClicked | EditKeyPressed | AnyKeyPressed);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    horizontalHeader()->setSectionResizeMode(ExampleModel::kTurns, QHeaderView::Fixed);
    horizontalHeader()->resizeSection(ExampleModel::kTurns, kTurnsWidth);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(false);
    verticalHeader()->setDefaultSectionSize(kLeastRow);
    verticalHeader()->setMinimumSectionSize(kLeastRow);
    verticalHeader()->setHighlightSections(false);
    verticalHeader()->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
    cut_ = add_deed(QKeySequence::Cut, &ExampleView::cut);
    copy_ = add_deed(QKeySequence::Copy, &ExampleView::copy);
    paste_ = add_deed(QKeySequence::Paste, &ExampleView::paste);
    add_ = add_deed(QKeySequence(Qt::CTRL | Qt::Key_Plus), &ExampleView::add_row);
    delete_ = add_deed(QKeySequence(Qt::CTRL | Qt::Key_Minus), &ExampleView::delete_rows);
    fit_timer_.setSingleShot(true);
    fit_timer_.setInterval(0ms);
    connect(&fit_timer_, &QTimer::timeout, this, &ExampleView::fit_rows);
    connect(delegate, &CellDelegate::ended, this, [this](int rows, int cells) {
        setFocus();
        rows != 0 ? step_down(rows) : step_on(cells);
    });
    connect(&model, &ExampleModel::edited, this, [this](int first) {
        fit_timer_.start();
        if (state() != EditingState && first < model_.rowCount()) scrollTo(model_.index(first, 0));
    });
    connect(&model, &QAbstractItemModel::modelReset, &fit_timer_, qOverload<>(&QTimer::start));
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) {
        model_.begin_typing();
        Q_EMIT row_changed(current.row());
    });
}

QAction* ExampleView::add_deed(const QKeySequence& keys, void (ExampleView::*act)()) {
    auto* deed = new QAction(this);
    deed->setShortcut(keys);
    deed->setShortcutContext(Qt::WidgetShortcut);
    connect(deed, &QAction::triggered, this, act);
    addAction(deed);
    return deed;
}

QAction* ExampleView::deed_of(const QKeyEvent& event) const {
    const QKeySequence keys((event.modifiers() & ~Qt::KeypadModifier) | static_cast<Qt::Key>(event.key()));
    for (QAction* deed : actions())
        if (hasFocus() && deed->isEnabled() && deed->shortcut() == keys) return deed;
    return nullptr;
}

// Its keys come before those of the window, which may have the same, as Ctrl+-: then neither would be heard.
bool ExampleView::event(QEvent* event) {
    if (event->type() != QEvent::ShortcutOverride || deed_of(*static_cast<QKeyEvent*>(event)) == nullptr)
        return QTableView::event(event);
    event->accept();
    return true;
}

std::vector<int> ExampleView::seen_columns() const {
    std::vector<int> columns;
    for (const int column : {ExampleModel::kQuestion, ExampleModel::kAnswer, ExampleModel::kSystem})
        if (!isColumnHidden(column)) columns.push_back(column);
    return columns;
}

std::vector<int> ExampleView::chosen_rows() const {
    std::set<int> rows;
    for (const QModelIndex& index : selectionModel()->selectedIndexes()) rows.insert(index.row());
    return {rows.begin(), rows.end()};
}

void ExampleView::go_to(int row, int column) {
    if (row < 0 || row >= model_.rowCount()) return;
    const QModelIndex cell = model_.index(row, column);
    // Whatever key is held: Shift+Tab chooses no range.
    selectionModel()->setCurrentIndex(cell, QItemSelectionModel::ClearAndSelect);
    scrollTo(cell);
    setFocus();
}

void ExampleView::add_row() {
    const int row = currentIndex().isValid() ? currentIndex().row() + 1 : model_.rowCount();
    if (!model_.add_rows(row, 1)) return Q_EMIT refused();
    go_to(row);
}

void ExampleView::delete_rows() {
    const std::vector<int> rows = chosen_rows();
    if (rows.empty()) return;
    model_.remove_rows(rows);
    go_to(std::min(rows.front(), model_.rowCount() - 1));
}

void ExampleView::step_down(int rows) {
    const int row = currentIndex().row() + rows;
    const int column = first_column_ >= 0 ? first_column_ : currentIndex().column();
    first_column_ = -1;
    if (row == model_.rowCount() && !model_.add_rows(row, 1)) return Q_EMIT refused();
    go_to(row, column);
}

void ExampleView::step_on(int cells) {
    const std::vector<int> columns = seen_columns();
    const auto count = static_cast<int>(columns.size());
    const auto here = std::find(columns.begin(), columns.end(), currentIndex().column());
    const int position = here == columns.end() ? count - 1 : static_cast<int>(here - columns.begin());
    const int cell = currentIndex().row() * count + position + cells;
    if (cell < 0) return;
    if (first_column_ < 0) first_column_ = currentIndex().column();
    const int row = cell / count;
    if (row == model_.rowCount() && !model_.add_rows(row, 1)) return Q_EMIT refused();
    go_to(row, columns[static_cast<size_t>(cell % count)]);
}

// The rectangle around what is chosen; cells in it that are not are empty.
void ExampleView::copy() {
    const QModelIndexList chosen = selectionModel()->selectedIndexes();
    if (chosen.isEmpty()) return;
    const std::vector<int> rows = chosen_rows();
    CellRows cells(static_cast<size_t>(rows.back() - rows.front()) + 1);
    for (const int column : seen_columns()) {
        const bool any = std::any_of(chosen.begin(), chosen.end(),
                                     [column](const QModelIndex& index) { return index.column() == column; });
        if (!any) continue;
        for (size_t i = 0; i < cells.size(); ++i) {
            const QModelIndex index = model_.index(rows.front() + static_cast<int>(i), column);
            cells[i] << (selectionModel()->isSelected(index) ? index.data(Qt::EditRole).toString() : QString());
        }
    }
    QApplication::clipboard()->setText(cells_text(cells));
}

void ExampleView::cut() {
    copy();
    model_.clear_cells(selectionModel()->selectedIndexes());
}

void ExampleView::paste() {
    CellRows cells = cells_of(QApplication::clipboard()->text());
    if (cells.empty()) return;
    const QModelIndex at = currentIndex();
    const int row = at.isValid() ? at.row() : model_.rowCount();
    const int column = at.isValid() ? std::min<int>(at.column(), ExampleModel::kSystem) : ExampleModel::kQuestion;
    if (!model_.put_cells(row, column, std::move(cells))) return Q_EMIT refused();
    go_to(row, column);
}

bool ExampleView::edit(const QModelIndex& index, EditTrigger trigger, QEvent* event) {
    if (trigger == AnyKeyPressed) static_cast<CellDelegate*>(itemDelegate())->choose_all();
    model_.begin_typing();
    return QTableView::edit(index, trigger, event);
}

// A first syllable is composed before its editor has the keyboard, so that no end of the focus tells of it.
void ExampleView::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    if (auto* editor = qobject_cast<CellEdit*>(indexWidget(previous))) editor->take_composed();
    QTableView::currentChanged(current, previous);
}

void ExampleView::keyPressEvent(QKeyEvent* event) {
    if (state() == EditingState) return QTableView::keyPressEvent(event);
    if (QAction* deed = deed_of(*event)) return deed->trigger();
    switch (event->key()) {
        case Qt::Key_Tab:
            return step_on(1);
        case Qt::Key_Backtab:
            // The way out of the table.
            return currentIndex().row() <= 0 && currentIndex().column() <= 0 ? event->ignore() : step_on(-1);
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (event->modifiers() == Qt::ControlModifier) break;  // the page's
            return step_down((event->modifiers() & Qt::ShiftModifier) != 0 ? -1 : 1);
        case Qt::Key_Delete:
        case Qt::Key_Backspace:
            return model_.clear_cells(selectionModel()->selectedIndexes());
        case Qt::Key_Escape:
            return event->ignore();
        case Qt::Key_Left:
        case Qt::Key_Right:
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_Home:
        case Qt::Key_End:
            first_column_ = -1;
            break;
        default:
            break;
    }
    QTableView::keyPressEvent(event);
}

void ExampleView::mousePressEvent(QMouseEvent* event) {
    first_column_ = -1;
    QTableView::mousePressEvent(event);
}

void ExampleView::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    fit_timer_.start();
}

void ExampleView::scrollContentsBy(int dx, int dy) {
    QTableView::scrollContentsBy(dx, dy);
    if (dy != 0) fit_timer_.start();
}

// Those in view: of a hundred thousand rows each would be laid out otherwise.
void ExampleView::fit_rows() {
    const int first = rowAt(0);
    if (first < 0) return;
    for (int row = first; row < model_.rowCount() && rowViewportPosition(row) < viewport()->height(); ++row) {
        const int height = std::clamp(sizeHintForRow(row) + 1, kLeastRow, kMostRow);
        if (rowHeight(row) != height) setRowHeight(row, height);
    }
}

void ExampleView::retranslate() {
    setAccessibleName(tr("Examples"));
    setToolTip({});
    cut_->setText(tr("Cut"));
    copy_->setText(tr("Copy"));
    paste_->setText(tr("Paste"));
    add_->setText(tr("Add a row"));
    delete_->setText(tr("Delete the rows"));
    model_.retranslate();
}

}  // namespace lathe
