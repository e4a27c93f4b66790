// What holds for all curves of a run, in a row over the loss: what they stand against, and how smooth the lines are.
// Thread: GUI.
#pragma once

#include <QSlider>
#include <QWidget>

#include "ui/controls.h"
#include "ui/curve_settings.h"

namespace lathe {

class CurveBar : public QWidget {
    Q_OBJECT

public:
    explicit CurveBar(CurveSettings& settings, QWidget* parent = nullptr);
    // What the curves are drawn with now, where that follows the number of points; what the run's record knows.
    void show_run(double smoothing, RunAxis axis);
    void retranslate();

Q_SIGNALS:
    void smoothing_changed(double smoothing);  // < 0: by the number of points
    void axis_changed();

private:
    CurveSettings& settings_;
    QLabel* axis_word_;
    Segments* axis_;
    QLabel* smoothing_word_;
    QSlider* smoothing_;
    QPushButton* follow_;  // smoothing by the number of points
    double shown_ = 0;
    RunAxis shown_axis_ = RunAxis::step;
};

}  // namespace lathe
