// Of a series of any length the points that a screen can show: where there are more than two in a pixel's column, its
// lowest and its highest value. An extreme is never lost, a gap never joined across. O(columns · log n). Thread: GUI.
#pragma once

#include <vector>

#include "ui/qcustomplot_header.h"
#include "ui/value_pyramid.h"

namespace lathe {

// What [first, last] of the axis shows, and a point more at each side, so that the line leaves the picture instead of
// ending in it. xs: as many as values, not descending. A gap is a NaN; a point alone between two gaps comes twice: it
// is a line then, and seen.
QVector<QCPGraphData> thinned(const std::vector<double>& xs, const ValuePyramid& values, double first, double last,
                              int64_t columns);
// Where stretches that are not finite begin, at most one a column: indices.
std::vector<int64_t> gap_starts(const std::vector<double>& xs, const ValuePyramid& values, double first, double last,
                                int64_t columns);

}  // namespace lathe
