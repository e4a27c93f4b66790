// What is marked on the curves of a run: what was changed by hand, events that changed it, the checkpoints but the
// last, which is where the curve ends. Thread: GUI (translations).
#pragma once

#include <vector>

#include "engine/base/events.h"
#include "ui/plot_marks.h"

namespace lathe {

std::vector<PlotMark> run_marks(const RunDetail& run);

}  // namespace lathe
