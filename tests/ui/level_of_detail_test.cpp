// What a plot of many points draws, against brute force over every point: lowest and highest of any part, gaps, and the
// extremes of each column of the screen.
#include <QtTest>
#include <cmath>
#include <limits>
#include <random>

#include "ui/level_of_detail.h"
#include "ui/value_pyramid.h"

using namespace lathe;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

struct Series {
    std::vector<double> xs, values;
    ValuePyramid pyramid;

    // Unevenly spaced, with spikes, and stretches that are not finite.
    explicit Series(int count, double broken_share = 0.002) {
        std::mt19937 random(7);
        std::uniform_real_distribution<double> unit(0, 1);
        double x = 0;
        int broken = 0;
        for (int i = 0; i < count; ++i) {
            x += unit(random) < 0.001 ? 50 : unit(random);  // pauses
            if (unit(random) < broken_share) broken = 1 + static_cast<int>(unit(random) * 40);
            const double spike = unit(random) < 0.001 ? 30 * unit(random) : 0;
            const double value = broken-- > 0 ? (unit(random) < 0.5 ? kNaN : INFINITY) : unit(random) + spike;
            xs.push_back(x);
            values.push_back(value);
            pyramid.append(value);
        }
    }
};

}  // namespace

class LevelOfDetailTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void extents_are_those_of_every_value() {
        const Series series(5000);
        std::mt19937 random(11);
        std::uniform_int_distribution<int64_t> at(0, series.pyramid.size());
        for (int round = 0; round < 400; ++round) {
            int64_t first = at(random), end = at(random);
            if (first > end) std::swap(first, end);
            double low = kNaN, high = kNaN;
            int64_t gap = end;
            for (int64_t i = first; i < end; ++i) {
                const double value = series.values[static_cast<size_t>(i)];
                if (!std::isfinite(value)) {
                    gap = std::min(gap, i);
                    continue;
                }
                low = std::fmin(low, value);
                high = std::fmax(high, value);
            }
            const ValuePyramid::Extent extent = series.pyramid.extent(first, end);
            QVERIFY(extent.low == low || (std::isnan(extent.low) && std::isnan(low)));
            QVERIFY(extent.high == high || (std::isnan(extent.high) && std::isnan(high)));
            QCOMPARE(extent.gap, gap < end);
            QCOMPARE(series.pyramid.first_gap(first, end), gap);
        }
    }

    // In every column of the screen the drawn points reach as low and as high as all of them do.
    void no_extreme_is_lost() {
        constexpr int64_t kColumns = 700;
        const Series series(200'000);
        const double all = series.xs.back();
        for (const auto& [first, last] : {std::pair(0.0, all), {all * 0.31, all * 0.62}, {all * 0.5, all * 0.55}}) {
            const auto drawn = thinned(series.xs, series.pyramid, first, last, kColumns);
            QVERIFY2(drawn.size() <= 5 * kColumns, qPrintable(QString::number(drawn.size())));
            std::vector<double> low(kColumns + 1, kNaN), high = low, drawn_low = low, drawn_high = low;
            const auto column = [&](double x) { return static_cast<size_t>((x - first) / (last - first) * kColumns); };
            const auto add = [](std::vector<double>& lows, std::vector<double>& highs, size_t at, double value) {
                if (!std::isfinite(value)) return;
                lows[at] = std::fmin(lows[at], value);
                highs[at] = std::fmax(highs[at], value);
            };
            double before = -1;
            for (const QCPGraphData& point : drawn) {
                QVERIFY(point.key >= before);
                before = point.key;
                if (point.key >= first && point.key <= last) add(drawn_low, drawn_high, column(point.key), point.value);
            }
            for (size_t i = 0; i < series.xs.size(); ++i)
                if (series.xs[i] >= first && series.xs[i] <= last)
                    add(low, high, column(series.xs[i]), series.values[i]);
            int wrong = 0;  // a point on the very edge of a column may be counted to the one beside it
            for (size_t at = 0; at < low.size(); ++at)
                wrong += std::isnan(low[at]) ? 0 : low[at] != drawn_low[at] || high[at] != drawn_high[at] ? 1 : 0;
            QVERIFY2(wrong <= 2, qPrintable(QString::number(wrong)));
        }
    }

    // Between two drawn neighbours that are both finite nothing was not.
    void a_gap_is_never_joined_across() {
        for (const int count : {300, 200'000}) {
            const Series series(count, count == 300 ? 0.1 : 0.002);
            const auto drawn = thinned(series.xs, series.pyramid, 0, series.xs.back(), 500);
            const double column = series.xs.back() / 500;
            int64_t i = 0;
            for (qsizetype at = 1; at < drawn.size(); ++at) {
                const QCPGraphData &a = drawn[at - 1], &b = drawn[at];
                if (std::isnan(a.value) || std::isnan(b.value)) continue;
                const bool stroke = count > 1000 && b.key - a.key <= column;  // within a column
                while (i < series.pyramid.size() && series.xs[static_cast<size_t>(i)] <= a.key) ++i;
                if (stroke) continue;
                for (int64_t j = i; j < series.pyramid.size() && series.xs[static_cast<size_t>(j)] < b.key; ++j)
                    QVERIFY(std::isfinite(series.values[static_cast<size_t>(j)]));
            }
        }
    }

    void stretches_that_are_not_finite_are_found_where_they_begin() {
        Series series(0);
        for (int i = 0; i < 100; ++i) {
            series.xs.push_back(i);
            series.pyramid.append(i == 0 || (i > 40 && i < 45) || i == 99 ? kNaN : 1);
        }
        QCOMPARE(gap_starts(series.xs, series.pyramid, 0, 99, 800), (std::vector<int64_t>{0, 41, 99}));
        QCOMPARE(gap_starts(series.xs, series.pyramid, 43, 60, 800), (std::vector<int64_t>{}));
        // However many there are, no more than a screen has room for.
        Series broken(0);
        for (int i = 0; i < 100'000; ++i) {
            broken.xs.push_back(i);
            broken.pyramid.append(i % 2 == 0 ? kNaN : 1);
        }
        const auto starts = gap_starts(broken.xs, broken.pyramid, 0, 99'999, 500);
        QVERIFY(starts.size() > 400 && starts.size() <= 501);
        QVERIFY(thinned(broken.xs, broken.pyramid, 0, 99'999, 500).size() < 3000);
    }

    void a_value_alone_between_gaps_is_seen() {
        Series series(0);
        for (int i = 0; i < 9; ++i) {
            series.xs.push_back(i);
            series.pyramid.append(i % 3 == 1 ? 5 : kNaN);
        }
        const auto drawn = thinned(series.xs, series.pyramid, 0, 8, 800);
        QCOMPARE(std::count_if(drawn.begin(), drawn.end(), [](const QCPGraphData& point) { return point.value == 5; }),
                 6);
    }

    void places_that_are_all_the_same_are_drawn_too() {
        Series series(0);
        for (int i = 0; i < 5000; ++i) {
            series.xs.push_back(3);
            series.pyramid.append(i);
        }
        const auto drawn = thinned(series.xs, series.pyramid, 3, 3.5, 100);
        QCOMPARE(drawn.size(), 2);
        QCOMPARE(drawn.last().value, 4999.0);
    }
};

QTEST_GUILESS_MAIN(LevelOfDetailTest)
#include "level_of_detail_test.moc"
