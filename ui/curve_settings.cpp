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

// What the zoom of a plot belongs to.
QString zoom_owner(const std::string& run, RunAxis axis) {
    return QString::fromStdString(run) + QLatin1Char(' ') + QLatin1String(axis_name(axis));
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

void CurveSettings::restore_zoom(const QString& plot, const std::string& run, StepPlot& view) const {
    view.zoom({});
    if (run.empty()) return;
    for (const QVariant& kept : settings_.value(key(plot, "zooms")).toList()) {
        const QVariantList zoom = kept.toList();
        const auto number = [&](qsizetype i) { return zoom[i].toDouble(); };
        if ((zoom.size() != 3 && zoom.size() != 5) || zoom[0].toString() != zoom_owner(run, view.axis())) continue;
        if (!(number(2) > number(1))) return;
        std::optional<StepPlot::ValueRange> values;
        if (zoom.size() == 5 && number(4) > number(3)) values = {number(3), number(4)};
        return view.zoom(StepPlot::StepRange{number(1), number(2)}, values);
    }
}

void CurveSettings::keep_zoom(const QString& plot, const std::string& run, const StepPlot& view) {
    const QString owner = zoom_owner(run, view.axis());
    QVariantList zooms = settings_.value(key(plot, "zooms")).toList();
    zooms.removeIf([&](const QVariant& kept) { return kept.toList().value(0).toString() == owner; });
    if (view.zoomed()) {
        const StepPlot::StepRange steps = view.seen_steps();
        QVariantList zoom{owner, steps.first, steps.last};
        if (view.zoomed_values()) zoom << view.zoomed_values()->lower << view.zoomed_values()->upper;
        zooms.prepend(QVariant(zoom));
    }
    settings_.setValue(key(plot, "zooms"), zooms.mid(0, kKeptZooms));
}

}  // namespace lathe
