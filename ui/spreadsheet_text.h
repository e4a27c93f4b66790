// Cells as spreadsheets put them on the clipboard, and read them from it. Pure functions, any thread.
#pragma once

#include <QStringList>
#include <vector>

namespace lathe {

using CellRows = std::vector<QStringList>;

// Rows of tab separated cells: a cell in quotes may hold tabs, line ends and doubled quotes; one that only begins with
// a quote is taken as it stands. Without a tab it is read as CSV (comma or semicolon), but only where its rows are
// equally long and one has a cell in quotes: prose has commas too. Else each line is a row of one cell. Line ends in
// cells are LF; a NUL is left out.
CellRows cells_of(const QString& text);
// As TSV, a cell in quotes where it needs them.
QString cells_text(const CellRows& rows);

}  // namespace lathe
