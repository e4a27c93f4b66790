#include "ui/inspection_tables.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QHeaderView>

#include "ui/error_text.h"
#include "ui/inspection_words.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(InspectionTables)
};

constexpr int kRowHeight = 28, kMostRows = 8, kCellPadding = 24;

QString file_name(const std::string& path) {
    return QFileInfo(QString::fromStdString(path)).fileName();
}

}  // namespace

InspectionTable::InspectionTable(QWidget* parent) : QTreeWidget(parent) {
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFont(text_font(TextRole::caption));
    header()->setFont(text_font(TextRole::caption));
    header()->setSectionsClickable(false);
    header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void InspectionTable::set_rows(const QStringList& headers, const std::vector<QStringList>& rows) {
    clear();
    setColumnCount(static_cast<int>(headers.size()));
    setHeaderLabels(headers);
    for (const QStringList& row : rows) {
        auto* item = new QTreeWidgetItem(this, row);
        for (int column = 0; column < row.size(); ++column) item->setToolTip(column, row[column]);
        item->setSizeHint(0, {fontMetrics().horizontalAdvance(row.front()) + kCellPadding, kRowHeight});
    }
    header()->setStretchLastSection(true);
    for (int column = 0; column + 1 < headers.size(); ++column) resizeColumnToContents(column);
    updateGeometry();
}

QSize InspectionTable::sizeHint() const {
    const int rows = std::min(topLevelItemCount(), kMostRows);
    return {320, header()->sizeHint().height() + rows * kRowHeight + 2};
}

void show_files(InspectionTable& table, const DataInspection& inspection) {
    std::vector<QStringList> rows;
    for (const InspectedFile& file : inspection.files) {
        QStringList row{file_name(file.path), QString::fromStdString(file.format)};
        const bool counted = file.documents > 0;
        row << (counted ? count_text(file.documents) : QString()) << (counted ? count_text(file.tokens) : QString())
            << (counted ? share_text(file.trained_tokens, file.tokens) : QString()) << columns_text(file.columns);
        rows.push_back(row);
    }
    table.set_rows({Words::tr("File"), Words::tr("Format"), Words::tr("Examples"), Words::tr("Tokens"),
                    Words::tr("Learnt"), Words::tr("Columns")},
                   rows);
    table.setAccessibleName(Words::tr("Files"));
}

void show_notes(InspectionTable& table, const DataInspection& inspection) {
    std::vector<QStringList> rows;
    for (const InspectedRow& note : inspection.notes)
        rows.push_back({note_text(note.kind), file_name(note.file), count_text(note.line), engine_words(note.reason)});
    table.set_rows({Words::tr("What"), Words::tr("File"), Words::tr("Line"), Words::tr("Why")}, rows);
    table.setAccessibleName(Words::tr("Rows to look at"));
}

}  // namespace lathe
