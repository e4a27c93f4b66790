// Smoothing against numbers worked out by hand, round axes, texts of numbers, and the pixels of the loss plot.
#include <QImage>
#include <QPainter>
#include <QtTest>
#include <cmath>
#include <limits>

#include "ui/loss_plot.h"
#include "ui/memory_plot.h"
#include "ui/number_text.h"
#include "ui/smoothing.h"

using namespace lathe;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

QImage drawn(CardPlot& plot, const QSize& size) {
    QImage image(size, QImage::Format_RGB32);
    image.fill(plot.theme().surface);
    QPainter painter(&image);
    plot.draw_on(painter, QRect(QPoint(0, 0), size));
    return image;
}

int distance(QRgb a, const QColor& b) {
    return std::abs(qRed(a) - b.red()) + std::abs(qGreen(a) - b.green()) + std::abs(qBlue(a) - b.blue());
}

// Within two pixels of the place is the colour.
bool has_color(const QImage& image, double x, double y, const QColor& color) {
    for (int dx = -2; dx <= 2; ++dx)
        for (int dy = -2; dy <= 2; ++dy) {
            const QPoint at(static_cast<int>(std::lround(x)) + dx, static_cast<int>(std::lround(y)) + dy);
            if (image.valid(at) && distance(image.pixel(at), color) < 24) return true;
        }
    return false;
}

}  // namespace

class LossPlotTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(load_fonts()); }

    // b = 0.5 over 4, 2, 6: m = 2, 2, 4 and 1 - b^t = 1/2, 3/4, 7/8.
    void smoothing_is_the_debiased_average() {
        DebiasedAverage average(0.5);
        QCOMPARE(average.next(4), 4.0);
        QCOMPARE(average.next(2), 2.0 / 0.75);
        QVERIFY(std::isnan(average.next(kNaN)));
        QVERIFY(std::isnan(average.next(std::numeric_limits<double>::infinity())));
        QCOMPARE(average.next(6), 4.0 / 0.875);
        QCOMPARE(smoothing_for(5), 0.0);
        QCOMPARE(smoothing_for(160), 0.5);
        QCOMPARE(smoothing_for(1000000), 0.98);
    }

    void axes_end_at_round_numbers() {
        const AxisScale scale = round_scale(1.13, 2.96, 5);
        QCOMPARE(scale.step, 0.5);
        QCOMPARE(scale.lower, 1.0);
        QCOMPARE(scale.upper, 3.0);
        const AxisScale flat = round_scale(2, 2, 4);
        QVERIFY(flat.lower < 2 && flat.upper > 2);
        QVERIFY(round_scale(0, 0, 4).upper > 0);
    }

    void numbers_read_as_the_window_writes_them() {
        QLocale::setDefault(QLocale(QLocale::English));
        QCOMPARE(count_text(12345), QStringLiteral("12,345"));
        QCOMPARE(loss_text(1.28412), QStringLiteral("1.284"));
        QCOMPARE(loss_text(0.0412), QStringLiteral("0.04120"));
        QCOMPARE(loss_text(kNaN), QStringLiteral("NaN"));
        QCOMPARE(rate_text(1.6e-4), QStringLiteral("1.6e-4"));
        QCOMPARE(rate_text(4e-3), QStringLiteral("4e-3"));
        QCOMPARE(rate_text(0), QStringLiteral("0"));
        QCOMPARE(bytes_text(1.31e9), QStringLiteral("1.31\u202fGB"));
        QCOMPARE(bytes_text(999.7e6), QStringLiteral("1.00\u202fGB"));
        QCOMPARE(signed_text(-0.41, 2), QStringLiteral("\u22120.41"));
        QCOMPARE(tick_text(0.25, 0.05), QStringLiteral("0.25"));
        QCOMPARE(tick_text(2e-4, 1e-4), QStringLiteral("2e-4"));
    }

    // Every second point of a straight line lies where the axes say, in the series' colour.
    void curves_are_where_the_values_are() {
        for (const Theme* theme : {&dark_theme(), &light_theme()}) {
            LossPlot plot(*theme);
            plot.set_data({0, 1, 2, 3, 4}, {5, 4, 3, 2, 1}, 0);
            plot.set_validation({1, 3}, {4.5, 2.5});
            plot.fit();
            const QImage image = drawn(plot, {600, 300});
            plot.setViewport(QRect(0, 0, 600, 300));  // as while it was drawn
            plot.plotLayout()->update(QCPLayoutElement::upLayout);
            const auto at = [&](double step, double value) {
                return QPointF(plot.xAxis->coordToPixel(step), plot.yAxis->coordToPixel(value));
            };
            for (const double step : {0.5, 1.5, 2.5, 3.5})
                QVERIFY(has_color(image, at(step, 5 - step).x(), at(step, 5 - step).y(), theme->data[0]));
            for (const double step : {1.0, 2.0, 3.0})
                QVERIFY(has_color(image, at(step, 5.5 - step).x(), at(step, 5.5 - step).y(), theme->data[1]));
            QVERIFY(!has_color(image, at(3, 4).x(), at(3, 4).y(), theme->data[0]));
        }
    }

    void what_is_not_finite_is_a_gap_and_is_marked() {
        LossPlot plot(dark_theme());
        plot.set_data({0, 1, 2, 3, 4, 5}, {3, 3, kNaN, kNaN, 3, 3}, 0.5);
        plot.fit();
        QCOMPARE(plot.last_smoothed(), 3.0);
        QVERIFY(plot.yAxis->range().contains(3));
        const QImage image = drawn(plot, {600, 300});
        plot.setViewport(QRect(0, 0, 600, 300));
        plot.plotLayout()->update(QCPLayoutElement::upLayout);
        const double y = plot.yAxis->coordToPixel(3);
        QVERIFY(has_color(image, plot.xAxis->coordToPixel(0.5), y, dark_theme().data[0]));
        QVERIFY(!has_color(image, plot.xAxis->coordToPixel(2.5), y, dark_theme().data[0]));
        bool marked = false;
        for (int row = 60; row < 250; ++row)
            marked = marked || has_color(image, plot.xAxis->coordToPixel(2), row, dark_theme().bad);
        QVERIFY(marked);
    }

    void nothing_but_nan_and_nothing_at_all_can_be_drawn() {
        LossPlot plot(dark_theme());
        plot.fit();
        QVERIFY(!drawn(plot, {300, 200}).isNull());
        plot.set_data({1, 2}, {kNaN, std::numeric_limits<double>::infinity()});
        plot.set_validation({2}, {kNaN});
        plot.fit();
        QVERIFY(std::isnan(plot.last_smoothed()));
        QVERIFY(!drawn(plot, {300, 200}).isNull());
    }

    void appending_is_setting() {
        CurvePlot whole(dark_theme(), {}, tick_text), grown(dark_theme(), {}, tick_text);
        whole.set_data({1, 2, 3, 4}, {4, 2, 6, 1}, 0.6);
        grown.set_data({1, 2}, {4, 2}, 0.6);
        grown.append(3, 6);
        grown.append(4, 1);
        QCOMPARE(grown.last_smoothed(), whole.last_smoothed());
        whole.fit();
        grown.fit();
        QCOMPARE(drawn(grown, {300, 200}), drawn(whole, {300, 200}));
    }

    // A rare spike does not flatten the rest.
    void spikes_do_not_set_the_range() {
        std::vector<double> steps, losses;
        for (int i = 0; i < 1000; ++i) {
            steps.push_back(i);
            losses.push_back(i == 500 ? 30 : 2 + 0.001 * i);
        }
        LossPlot plot(dark_theme());
        plot.set_data(steps, losses);
        plot.fit();
        QVERIFY2(plot.yAxis->range().upper < 10, qPrintable(QString::number(plot.yAxis->range().upper)));
    }

    void memory_stacks_to_the_sum() {
        MemoryPlot plot(dark_theme());
        plot.set_data({1, 2}, {{{"weights", 400}, {"activations", 100}},
                               {{"weights", 400}, {"activations", 300}, {"unheard_of", 50}, {"kv_cache", 0}}});
        plot.fit();
        QCOMPARE(plot.peak().bytes, int64_t{750});
        QCOMPARE(plot.peak().step, 2.0);
        const auto kinds = plot.kinds();
        QCOMPARE(kinds.size(), size_t{3});
        QCOMPARE(kinds[0].name, std::string("weights"));
        QCOMPARE(kinds[1].bytes, int64_t{300});
        QCOMPARE(kinds[2].name, std::string("other"));
        QVERIFY(!drawn(plot, {300, 200}).isNull());
    }

    // A hundred thousand steps are drawn as a few thousand points, whatever part of them is in view.
    void long_runs_are_drawn_as_few_points() {
        constexpr int64_t kSteps = 100'000;
        LossPlot plot(dark_theme());
        plot.resize(800, 320);
        std::vector<double> steps, losses;
        for (int64_t step = 1; step <= kSteps; ++step) {
            steps.push_back(static_cast<double>(step));
            losses.push_back(2 + 3 * std::exp(-static_cast<double>(step) / 2e4) + 0.3 * std::sin(step * 12.9898));
        }
        plot.set_data(steps, losses);
        plot.fit();
        QCOMPARE(plot.points(), kSteps);
        for (const double first : {0.0, 50'000.0}) {
            plot.zoom(CurvePlot::StepRange{first, first + 50'000});
            plot.fit();
            for (int graph = 0; graph < plot.graphCount(); ++graph) {
                QVERIFY(plot.graph(graph)->dataCount() < 8000);
            }
        }
        MemoryPlot memory(dark_theme());
        for (int64_t step = 1; step <= kSteps; ++step)
            memory.append(static_cast<double>(step), {{"weights", 1000}, {"activations", step % 1000}});
        memory.fit();
        QCOMPARE(memory.points(), kSteps);
        for (int graph = 0; graph < memory.graphCount(); ++graph) QVERIFY(memory.graph(graph)->dataCount() <= 512);
        QCOMPARE(memory.peak().bytes, int64_t{1999});
    }
};

QTEST_MAIN(LossPlotTest)
#include "loss_plot_test.moc"
