#include "ui/tensor_table.h"

#include <QEvent>
#include <QHeaderView>
#include <QSignalBlocker>
#include <chrono>

#include "ui/controls.h"

namespace lathe {

namespace {

using namespace std::chrono_literals;

constexpr int kNarrow = 700, kLeastRows = 200;
constexpr int kWidths[] = {0, 128, 88, 76};  // the name has the rest

}  // namespace

TensorTable::TensorTable(QWidget* parent)
    : QWidget(parent),
      model_(new TensorModel(this)),
      filter_(new QLineEdit),
      table_(new QTreeView),
      histogram_(new HistogramView),
      parts_(new QBoxLayout(QBoxLayout::LeftToRight, this)) {
    parts_->setContentsMargins(0, 0, 0, 0);
    parts_->setSpacing(space::kPage);
    auto* left = new QVBoxLayout;
    left->setSpacing(space::kSmall);
    filter_->setClearButtonEnabled(true);
    table_->setModel(model_);
    table_->setRootIsDecorated(false);
    table_->setUniformRowHeights(true);
    table_->setAllColumnsShowFocus(true);
    table_->setSortingEnabled(true);
    table_->sortByColumn(TensorModel::kName, Qt::AscendingOrder);
    table_->setMinimumHeight(kLeastRows);
    table_->setTextElideMode(Qt::ElideMiddle);
    table_->setTabKeyNavigation(false);
    table_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    QHeaderView* header = table_->header();
    header->setFont(text_font(TextRole::caption));
    header->setStretchLastSection(false);
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(TensorModel::kName, QHeaderView::Stretch);
    for (int column = TensorModel::kShape; column < TensorModel::kColumns; ++column)
        header->resizeSection(column, kWidths[column]);
    left->addWidget(filter_);
    left->addWidget(table_, 1);
    parts_->addLayout(left, 1);
    parts_->addWidget(histogram_);

    soon_.setSingleShot(true);
    soon_.setInterval(150ms);  // the arrows pass over many
    connect(&soon_, &QTimer::timeout, this, [this] { Q_EMIT chosen(chosen_); });
    connect(filter_, &QLineEdit::textChanged, model_, &TensorModel::set_filter);
    connect(model_, &QAbstractItemModel::modelReset, this, &TensorTable::choose_again);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& row) {
        if (!row.isValid()) return;
        chosen_ = model_->tensor(row.row()).name;
        soon_.start();
    });
    retranslate();
}

void TensorTable::set_tensors(const std::vector<TensorRow>& tensors) {
    soon_.stop();
    chosen_.clear();
    model_->set_tensors(tensors);
    table_->scrollToTop();
}

// The rows have moved: the chosen one stays so.
void TensorTable::choose_again() {
    const QSignalBlocker quiet(table_->selectionModel());
    for (int row = 0; !chosen_.empty() && row < model_->rowCount(); ++row)
        if (model_->tensor(row).name == chosen_) table_->setCurrentIndex(model_->index(row, 0));
}

void TensorTable::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    parts_->setDirection(width() < kNarrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void TensorTable::retranslate() {
    filter_->setPlaceholderText(tr("Filter"));
    filter_->setAccessibleName(tr("Filter the tensors"));
    filter_->setToolTip(tr("Shows the tensors with these words in their name, or of these numbers"));
    table_->setAccessibleName(tr("Tensors"));
    table_->setToolTip(tr("The chosen one's values are read and shown as a histogram"));
    Q_EMIT model_->headerDataChanged(Qt::Horizontal, 0, TensorModel::kColumns - 1);
}

void TensorTable::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace lathe
