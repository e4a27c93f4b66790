#include "ui/run_axis.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "ui/number_text.h"

namespace lathe {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(RunAxis)
};

constexpr double kMinute_s = 60, kHour_s = 3600, kDay_s = 86400;

QString token_text(double tokens, double step) {
    if (step >= 1e9) return Words::tr("%1 B").arg(count_text(std::llround(tokens / 1e9)));
    if (step >= 1e6) return Words::tr("%1 M").arg(count_text(std::llround(tokens / 1e6)));
    if (step >= 1e3) return Words::tr("%1 k").arg(count_text(std::llround(tokens / 1e3)));
    return count_text(std::llround(tokens));
}

QString time_tick(double seconds, double step) {
    if (step >= kDay_s) return Words::tr("%1 d").arg(count_text(std::llround(seconds / kDay_s)));
    if (step >= kHour_s) return Words::tr("%1 h").arg(count_text(std::llround(seconds / kHour_s)));
    if (step >= kMinute_s) return Words::tr("%1 min").arg(count_text(std::llround(seconds / kMinute_s)));
    return Words::tr("%1 s").arg(tick_text(seconds, step));
}

}  // namespace

double round_number(double at_least) {
    const double power = std::pow(10.0, std::floor(std::log10(at_least)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= at_least * (1 - 1e-9)) return factor * power;
    return 10 * power;
}

double place_of(const MetricPoint& point, RunAxis axis) {
    if (axis == RunAxis::tokens) return static_cast<double>(point.tokens);
    if (axis == RunAxis::time) return point.elapsed_s;
    return static_cast<double>(point.step);
}

RunAxis axis_of(const RunDetail& run, RunAxis wanted) {
    const bool known = run.metrics.empty() || place_of(run.metrics.front(), wanted) > 0;
    return known ? wanted : RunAxis::step;
}

double place_of_step(const RunDetail& run, int64_t step, RunAxis axis) {
    if (axis == RunAxis::step) return static_cast<double>(step);
    const auto after = std::upper_bound(run.metrics.begin(), run.metrics.end(), step,
                                        [](int64_t at, const MetricPoint& point) { return at < point.step; });
    return after == run.metrics.begin() ? 0 : place_of(*(after - 1), axis);
}

double planned_end(const RunDetail& run, RunAxis axis) {
    const bool goes_on = run.summary.state == "running" || run.summary.state == "paused";
    const auto steps = static_cast<double>(run.summary.max_steps);
    if (!goes_on || axis == RunAxis::time) return 0;
    if (axis == RunAxis::step || run.metrics.empty()) return axis == RunAxis::step ? steps : 0;
    const MetricPoint& last = run.metrics.back();
    return last.step > 0 ? place_of(last, axis) / static_cast<double>(last.step) * steps : 0;
}

const char* axis_name(RunAxis axis) {
    return axis == RunAxis::tokens ? "tokens" : axis == RunAxis::time ? "seconds" : "step";
}

double axis_step(double at_least, RunAxis axis) {
    if (axis != RunAxis::time) return std::max(1.0, round_number(at_least));
    if (at_least <= 1) return round_number(at_least);
    for (const double unit : {1.0, kMinute_s, kHour_s})
        for (const double count : {1.0, 2.0, 5.0, 10.0, 15.0, 30.0})
            if (count * unit >= at_least * (1 - 1e-9) && (unit < kHour_s || count < 15)) return count * unit;
    return round_number(at_least / kDay_s) < 1 ? kDay_s : round_number(at_least / kDay_s) * kDay_s;
}

QString axis_tick(double place, double step, RunAxis axis) {
    if (axis == RunAxis::tokens) return token_text(place, step);
    if (axis == RunAxis::time) return time_tick(place, step);
    return count_text(std::llround(place));
}

QString place_text(double place, RunAxis axis) {
    if (axis == RunAxis::tokens) return Words::tr("%1 tokens").arg(count_text(std::llround(place)));
    if (axis == RunAxis::time) return duration_text(place);
    return Words::tr("step %1").arg(count_text(std::llround(place)));
}

}  // namespace lathe
