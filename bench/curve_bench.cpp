// What a curve of a million points costs the window: time to append them, to smooth them anew, and of each frame while
// it is panned, median and worst, for evenly spaced steps and for a time axis with pauses; the processor's time beside
// the clock's tells what a machine that does other work would otherwise hide. Prints one JSON document. Usage:
// curve_bench [--points N] [--check]; QT_QPA_PLATFORM=offscreen will do. With --check status 1 where a goal is missed
// (bench/goals.h).
#include <time.h>

#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "bench/goals.h"
#include "ui/loss_plot.h"

using namespace lathe;

namespace {

constexpr int kFrames = 240;
constexpr QSize kSize(1400, 420);

struct Curve {
    std::vector<double> steps, times, losses;

    explicit Curve(int64_t points) {
        double time = 0;
        for (int64_t i = 1; i <= points; ++i) {
            const auto at = static_cast<double>(i);
            time += 0.1 + 0.02 * std::sin(at) + (i % 100'000 == 0 ? 3600 : 0);
            steps.push_back(at);
            times.push_back(time);
            const double noise = 0.3 * std::sin(at * 12.9898) * std::cos(at * 78.233);
            losses.push_back(i % 250'000 == 0 ? NAN : 3 + 7 * std::exp(-at / 2e5) + noise);
        }
    }
};

double since_ms(const QElapsedTimer& clock) {
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

double processor_ms() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

double median(std::vector<double>& values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

// Each frame shows another part: fitted, drawn, on the widget.
QJsonObject frames(LossPlot& plot, double width_share) {
    const StepPlot::StepRange all = plot.whole();
    const double width = (all.last - all.first) * width_share;
    std::vector<double> times_ms, processor_times_ms;
    for (int i = 0; i < kFrames; ++i) {
        const double turn = 0.5 - 0.5 * std::cos(2 * M_PI * i / kFrames);
        const double first = turn * (all.last - all.first - width);
        QElapsedTimer clock;
        clock.start();
        const double before_ms = processor_ms();
        plot.zoom(StepPlot::StepRange{first, first + width});
        plot.fit();
        plot.replot(QCustomPlot::rpImmediateRefresh);
        times_ms.push_back(since_ms(clock));
        processor_times_ms.push_back(processor_ms() - before_ms);
    }
    return {{QLatin1String("median_ms"), median(times_ms)},
            {QLatin1String("worst_ms"), times_ms.back()},
            {QLatin1String("median_processor_ms"), median(processor_times_ms)},
            {QLatin1String("worst_processor_ms"), processor_times_ms.back()}};
}

QJsonObject measure(const Curve& curve, RunAxis axis) {
    LossPlot plot(dark_theme());
    plot.set_axis(axis);
    plot.resize(kSize);
    plot.show();
    QJsonObject result;
    QElapsedTimer clock;
    clock.start();
    plot.set_smoothing(0.6);
    const std::vector<double>& places = axis == RunAxis::time ? curve.times : curve.steps;
    for (size_t i = 0; i < places.size(); ++i) plot.append(places[i], curve.losses[i]);
    result[QLatin1String("append_all_ms")] = since_ms(clock);
    clock.start();
    plot.set_smoothing(0.9);
    result[QLatin1String("smooth_anew_ms")] = since_ms(clock);
    result[QLatin1String("pan_half")] = frames(plot, 0.5);
    result[QLatin1String("pan_hundredth")] = frames(plot, 0.01);
    plot.set_log(true);
    result[QLatin1String("pan_half_log")] = frames(plot, 0.5);
    return result;
}

}  // namespace

int main(int argc, char** argv) {
    QApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addOption(
        {QStringLiteral("points"), QStringLiteral("of the curve"), QStringLiteral("N"), QStringLiteral("1000000")});
    add_check_option(parser);
    parser.process(app);
    load_fonts();
    const Curve curve(parser.value(QStringLiteral("points")).toLongLong());
    const QJsonObject result{{QLatin1String("points"), static_cast<double>(curve.steps.size())},
                             {QLatin1String("by_step"), measure(curve, RunAxis::step)},
                             {QLatin1String("by_time"), measure(curve, RunAxis::time)}};
    return publish("curve_bench", result, parser);
}
