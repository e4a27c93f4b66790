// The files of an inspection with their formats and figures, and the rows that are worth a look, with their lines.
// Thread: GUI.
#pragma once

#include <QTreeWidget>

#include "engine/base/data_inspection.h"

namespace lathe {

// As high as its rows, up to a limit; beyond that it scrolls.
class InspectionTable : public QTreeWidget {
    Q_OBJECT

public:
    explicit InspectionTable(QWidget* parent = nullptr);
    void set_rows(const QStringList& headers, const std::vector<QStringList>& rows);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }
};

void show_files(InspectionTable& table, const DataInspection& inspection);
void show_notes(InspectionTable& table, const DataInspection& inspection);

}  // namespace lathe
