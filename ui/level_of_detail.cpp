#include "ui/level_of_detail.h"

#include <algorithm>
#include <cmath>

namespace lathe {

namespace {

int64_t past(const std::vector<double>& xs, int64_t from, double x) {
    return std::upper_bound(xs.begin() + from, xs.end(), x) - xs.begin();
}

// act(from, to) for the points of each column that has some.
template <class Act>
void for_columns(const std::vector<double>& xs, int64_t begin, int64_t end, double first, double width,
                 const Act& act) {
    for (int64_t from = begin; from < end;) {
        const double edge = first + (std::floor((xs[static_cast<size_t>(from)] - first) / width) + 1) * width;
        const auto to = std::lower_bound(xs.begin() + from, xs.begin() + end, edge) - xs.begin();
        act(from, std::max<int64_t>(to, from + 1));
        from = std::max<int64_t>(to, from + 1);
    }
}

QVector<QCPGraphData> with_lone_points(const QVector<QCPGraphData>& points) {
    const auto gap = [&](qsizetype i) { return i < 0 || i >= points.size() || std::isnan(points[i].value); };
    QVector<QCPGraphData> all;
    all.reserve(points.size());
    for (qsizetype i = 0; i < points.size(); ++i) {
        all.append(points[i]);
        if (!gap(i) && gap(i - 1) && gap(i + 1)) all.append(points[i]);
    }
    return all;
}

}  // namespace

QVector<QCPGraphData> thinned(const std::vector<double>& xs, const ValuePyramid& values, double first, double last,
                              int64_t columns) {
    const int64_t begin = std::lower_bound(xs.begin(), xs.end(), first) - xs.begin(), end = past(xs, begin, last);
    QVector<QCPGraphData> points;
    const auto add = [&](int64_t i) { points.append({xs[static_cast<size_t>(i)], values[i]}); };
    if (begin > 0) add(begin - 1);
    if (end - begin <= 2 * columns || !(last > first)) {
        for (int64_t i = begin; i < end; ++i) add(i);
    } else {
        points.reserve(3 * columns);
        const double width = (last - first) / static_cast<double>(columns);
        for_columns(xs, begin, end, first, width, [&](int64_t from, int64_t to) {
            if (to - from == 1) return add(from);
            const ValuePyramid::Extent all = values.extent(from, to);
            const double left = xs[static_cast<size_t>(from)], right = xs[static_cast<size_t>(to - 1)];
            // The one that the line comes to first; where they are in between, either will do.
            const bool falls = values[from] > values[to - 1];
            if (std::isnan(values[from])) points.append({left, std::nan("")});
            points.append({left, falls ? all.high : all.low});
            if (all.high != all.low) points.append({right, falls ? all.low : all.high});
            if (all.gap) points.append({right, std::nan("")});
        });
    }
    if (end < static_cast<int64_t>(xs.size())) add(end);
    return with_lone_points(points);
}

std::vector<int64_t> gap_starts(const std::vector<double>& xs, const ValuePyramid& values, double first, double last,
                                int64_t columns) {
    const int64_t begin = std::lower_bound(xs.begin(), xs.end(), first) - xs.begin(), end = past(xs, begin, last);
    std::vector<int64_t> starts;
    if (!(last > first)) return starts;
    for_columns(xs, begin, end, first, (last - first) / static_cast<double>(columns), [&](int64_t from, int64_t to) {
        const int64_t gap = values.first_gap(from, to);
        if (gap < to && (gap == 0 || std::isfinite(values[gap - 1]))) starts.push_back(gap);
    });
    return starts;
}

}  // namespace lathe
