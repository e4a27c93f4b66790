#include "ui/run_axis.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
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

QJsonObject object_of(const std::string& json) {
    return QJsonDocument::fromJson(QByteArray::fromStdString(json)).object();
}

double epochs_a_step(const RunDetail& run) {
    const QJsonObject train = object_of(run.config_json)[QLatin1String("train")].toObject();
    const double rows_a_step = train[QLatin1String("per_device_train_batch_size")].toDouble() *
                               train[QLatin1String("gradient_accumulation_steps")].toDouble();
    const double rows_per_epoch = object_of(run.provenance_json)[QLatin1String("rows_per_epoch")].toDouble();
    if (rows_a_step > 0 && rows_per_epoch > 0) return rows_a_step / rows_per_epoch;
    const bool by_passes = train[QLatin1String("max_steps")].toDouble() == 0;
    if (!by_passes || run.summary.max_steps <= 0) return 0;
    return train[QLatin1String("num_train_epochs")].toDouble() / static_cast<double>(run.summary.max_steps);
}

}  // namespace

double round_number(double at_least) {
    const double power = std::pow(10.0, std::floor(std::log10(at_least)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= at_least * (1 - 1e-9)) return factor * power;
    return 10 * power;
}

double RunScale::place_of(const MetricPoint& point) const {
    if (axis == RunAxis::tokens) return static_cast<double>(point.tokens);
    if (axis == RunAxis::time) return point.elapsed_s;
    return static_cast<double>(point.step) * (axis == RunAxis::epoch ? epochs_a_step : 1);
}

double RunScale::place_of_step(const RunDetail& run, int64_t step) const {
    if (axis == RunAxis::step || axis == RunAxis::epoch) return place_of({.step = step});
    const auto after = std::upper_bound(run.metrics.begin(), run.metrics.end(), step,
                                        [](int64_t at, const MetricPoint& point) { return at < point.step; });
    return after == run.metrics.begin() ? 0 : place_of(*(after - 1));
}

double RunScale::planned_end(const RunDetail& run) const {
    const bool goes_on = run.summary.state == "running" || run.summary.state == "paused";
    if (!goes_on || axis == RunAxis::time) return 0;
    if (axis != RunAxis::tokens) return place_of({.step = run.summary.max_steps});
    if (run.metrics.empty() || run.metrics.back().step <= 0) return 0;
    const MetricPoint& last = run.metrics.back();
    return place_of(last) / static_cast<double>(last.step) * static_cast<double>(run.summary.max_steps);
}

RunScale scale_of(const RunDetail& run, RunAxis wanted) {
    const RunScale scale{wanted, wanted == RunAxis::epoch ? epochs_a_step(run) : 0};
    const bool known = wanted == RunAxis::epoch ? scale.epochs_a_step > 0
                                                : run.metrics.empty() || scale.place_of(run.metrics.front()) > 0;
    return known ? scale : RunScale{};
}

const char* axis_name(RunAxis axis) {
    switch (axis) {
        case RunAxis::tokens:
            return "tokens";
        case RunAxis::time:
            return "seconds";
        case RunAxis::epoch:
            return "epoch";
        case RunAxis::step:
            break;
    }
    return "step";
}

double axis_step(double at_least, RunAxis axis) {
    if (axis == RunAxis::epoch) return round_number(at_least);
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
    if (axis == RunAxis::epoch) return tick_text(place, step);
    return count_text(std::llround(place));
}

QString place_text(double place, RunAxis axis) {
    if (axis == RunAxis::tokens) return Words::tr("%1 tokens").arg(count_text(std::llround(place)));
    if (axis == RunAxis::time) return duration_text(place);
    if (axis == RunAxis::epoch) return Words::tr("%1 passes").arg(fixed_text(place, 2));
    return Words::tr("step %1").arg(count_text(std::llround(place)));
}

}  // namespace lathe
