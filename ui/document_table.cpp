#include "ui/document_table.h"

#include <QHeaderView>

#include "ui/data_words.h"
#include "ui/error_text.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr int kRowHeight = 28, kTableHeight = 320, kTextHeight = 140;
constexpr int kNumberWidth = 76, kPlaceWidth = 150, kVerdictWidth = 170;

}  // namespace

DocumentTable::DocumentTable(EngineLink& engine, QWidget* parent)
    : Card(parent),
      model_(new DocumentModel(engine, this)),
      table_(new QTableView),
      text_(new QPlainTextEdit),
      note_(make_label(TextRole::caption, Tone::muted)) {
    table_->setObjectName(QStringLiteral("documents"));
    table_->setModel(model_);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setShowGrid(false);
    table_->setWordWrap(false);
    table_->setTabKeyNavigation(false);
    table_->setFont(text_font(TextRole::caption));
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(kRowHeight);
    table_->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    QHeaderView* header = table_->horizontalHeader();
    header->setFont(text_font(TextRole::caption));
    header->setSectionsClickable(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setMinimumSectionSize(kNumberWidth);
    table_->setColumnWidth(DocumentModel::kNumber, kNumberWidth);
    table_->setColumnWidth(DocumentModel::kPlace, kPlaceWidth);
    table_->setColumnWidth(DocumentModel::kVerdict, kVerdictWidth);
    header->setSectionResizeMode(DocumentModel::kText, QHeaderView::Stretch);
    table_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table_->setFixedHeight(kTableHeight);
    text_->setReadOnly(true);
    text_->setFixedHeight(kTextHeight);
    text_->setFont(text_font(TextRole::mono));
    text_->setTabChangesFocus(true);
    note_->setWordWrap(true);
    content()->addWidget(table_);
    content()->addWidget(text_);
    content()->addWidget(note_);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &DocumentTable::show_chosen);
    connect(model_, &DocumentModel::dataChanged, this, &DocumentTable::show_chosen);
    connect(model_, &DocumentModel::modelReset, this, &DocumentTable::show_chosen);
    connect(model_, &DocumentModel::failed, this, &DocumentTable::show_chosen);
    show_chosen();
}

void DocumentTable::set_source(const DataConfig& data, const CleanRecipe& recipe, std::optional<int64_t> total) {
    const int row = table_->currentIndex().row();
    const int top = table_->rowAt(0);
    model_->set_source(data, recipe, total);
    set_aside(total ? count_text(*total) : QString());
    // The same place, with another recipe.
    if (top > 0 && top < model_->rowCount()) table_->scrollTo(model_->index(top, 0), QAbstractItemView::PositionAtTop);
    if (row >= 0 && row < model_->rowCount()) table_->setCurrentIndex(model_->index(row, 0));
}

void DocumentTable::show_chosen() {
    const int row = table_->currentIndex().row();
    const PreviewedDocument* one = row >= 0 ? model_->document(row) : nullptr;
    text_->setVisible(one != nullptr);
    note_->setVisible(one == nullptr || one->cut || model_->error());
    if (one != nullptr && text_->toPlainText().toStdString() != one->text)
        text_->setPlainText(QString::fromStdString(one->text));
    set_tone(note_, model_->error() ? Tone::bad : Tone::muted);
    if (model_->error())
        note_->setText(error_text(*model_->error()));
    else if (one == nullptr)
        note_->setText(tr("Choose a document to read it."));
    else
        note_->setText(tr("Its first %1; there is more of it.").arg(bytes_text(static_cast<double>(kPreviewBytes))));
}

void DocumentTable::retranslate() {
    set_title(tr("Documents"));
    table_->setAccessibleName(tr("Documents"));
    table_->setToolTip(tr("Arrows, Page Down and End move through all of them; pages come as they are looked at"));
    text_->setAccessibleName(tr("Text of the chosen document"));
    text_->setToolTip(tr("As the recipe leaves it"));
    model_->retranslate();
    show_chosen();
}

}  // namespace lathe
