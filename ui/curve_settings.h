// How the curves of runs are drawn, kept in the settings under curves/: smoothing and x axis of all of them, log axis
// and clipping of each plot (loss, learning_rate, …), and what is seen of the runs that were open last. Thread: GUI.
#pragma once

#include <QSettings>
#include <optional>
#include <string>

#include "ui/step_plot.h"

namespace lathe {

class CurveSettings {
public:
    explicit CurveSettings(QSettings& settings) : settings_(settings) {}

    // Weight of the past in the debiased average; TensorBoard's 0.6 unless it was chosen. < 0: by the number of points.
    double smoothing() const;
    void set_smoothing(double smoothing);
    RunAxis axis() const;
    void set_axis(RunAxis axis);
    bool log(const QString& plot) const;
    void set_log(const QString& plot, bool on);
    bool clip(const QString& plot) const;
    void set_clip(const QString& plot, bool on);
    // Puts the plot where it was when this run was last seen against this axis; else shows all of it.
    void restore_zoom(const QString& plot, const std::string& run, StepPlot& view) const;
    void keep_zoom(const QString& plot, const std::string& run, const StepPlot& view);

private:
    QSettings& settings_;
};

constexpr double kUsualSmoothing = 0.6, kMostSmoothing = 0.99;

}  // namespace lathe
