// What is marked on the curves of a run: what was changed by hand, events that changed it, the checkpoints but the
// last, which is where the curve ends; and what can be clicked without a word: samples, validations, that last
// checkpoint. Thread: GUI (translations).
#pragma once

#include <vector>

#include "engine/base/events.h"
#include "ui/plot_marks.h"
#include "ui/run_axis.h"

namespace lathe {

std::vector<PlotMark> run_marks(const RunDetail& run, const RunScale& scale = {});
// Of samples and the last checkpoint.
std::vector<PlotMark> quiet_marks(const RunDetail& run, const RunScale& scale);
// Of the validation in a row of the run's metrics; one that is not finite has a line and a word.
PlotMark validation_mark(const MetricPoint& point, size_t index, const RunScale& scale);
// Where a stretch that is not finite begins, in row `index`; its run where there are several.
PlotMark gap_mark(double place, size_t index, const QString& run = {});

}  // namespace lathe
