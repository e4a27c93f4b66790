#include "ui/curve_settings.h"

#include <algorithm>
#include <cmath>

namespace lathe {

namespace {

const QString kSmoothing = QStringLiteral("curves/smoothing"), kAxis = QStringLiteral("curves/axis");

QString key(const QString& plot, const char* name) {
    return QStringLiteral("curves/%1/%2").arg(plot, QLatin1String(name));
}

constexpr qsizetype kKeptZooms = 16;  // of each plot

// What the zoom of a plot belongs to, with a space at its end.
QString zoom_owner(const std::string& run, RunAxis axis) {
    return QString::fromStdString(run) + QLatin1Char(' ') + QLatin1String(axis_name(axis)) + QLatin1Char(' ');
}

}  // namespace

double CurveSettings::smoothing() const {
    bool right = false;
    const double stored = settings_.value(kSmoothing, kUsualSmoothing).toDouble(&right);
    if (!right || !std::isfinite(stored)) return kUsualSmoothing;
    return stored < 0 ? -1 : std::min(stored, kMostSmoothing);
}

void CurveSettings::set_smoothing(double smoothing) {
    settings_.setValue(kSmoothing, smoothing);
}

RunAxis CurveSettings::axis() const {
    const QString stored = settings_.value(kAxis).toString();
    for (const RunAxis axis : {RunAxis::tokens, RunAxis::time, RunAxis::epoch})
        if (stored == QLatin1String(axis_name(axis))) return axis;
    return RunAxis::step;
}

void CurveSettings::set_axis(RunAxis axis) {
    settings_.setValue(kAxis, QLatin1String(axis_name(axis)));
}

bool CurveSettings::log(const QString& plot) const {
    return settings_.value(key(plot, "log"), false).toBool();
}

void CurveSettings::set_log(const QString& plot, bool on) {
    settings_.setValue(key(plot, "log"), on);
}

bool CurveSettings::clip(const QString& plot) const {
    return settings_.value(key(plot, "clip"), true).toBool();
}

void CurveSettings::set_clip(const QString& plot, bool on) {
    settings_.setValue(key(plot, "clip"), on);
}

// A kept zoom is its owner's words, then the steps and perhaps the values in numbers.
void CurveSettings::restore_zoom(const QString& plot, const std::string& run, StepPlot& view) const {
    view.zoom({});
    if (run.empty()) return;
    const QString owner = zoom_owner(run, view.axis());
    for (const QString& kept : settings_.value(key(plot, "zooms")).toStringList()) {
        if (!kept.startsWith(owner)) continue;
        const QStringList zoom = kept.mid(owner.size()).split(QLatin1Char(' '), Qt::SkipEmptyParts);
        const auto number = [&](qsizetype i) { return zoom[i].toDouble(); };
        if ((zoom.size() != 2 && zoom.size() != 4) || !(number(1) > number(0))) return;
        std::optional<StepPlot::ValueRange> values;
        if (zoom.size() == 4 && number(3) > number(2)) values = {number(2), number(3)};
        return view.zoom(StepPlot::StepRange{number(0), number(1)}, values);
    }
}

void CurveSettings::keep_zoom(const QString& plot, const std::string& run, const StepPlot& view) {
    const QString owner = zoom_owner(run, view.axis());
    QStringList zooms = settings_.value(key(plot, "zooms")).toStringList();
    zooms.removeIf([&](const QString& kept) { return kept.startsWith(owner); });
    if (view.zoomed()) {
        QString zoom = owner;
        const auto add = [&](double number) { zoom += QString::number(number, 'g', 17) + QLatin1Char(' '); };
        add(view.seen_steps().first);
        add(view.seen_steps().last);
        if (const auto& values = view.zoomed_values()) add(values->lower), add(values->upper);
        zooms.prepend(zoom);
    }
    settings_.setValue(key(plot, "zooms"), zooms.mid(0, kKeptZooms));
}

}  // namespace lathe
