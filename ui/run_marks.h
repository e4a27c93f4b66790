// What is marked on the curves of a run: events that changed it, and the checkpoints but the last, which is where the
// curve ends. Thread: GUI (translations).
#pragma once

#include <vector>

#include "engine/base/events.h"
#include "ui/plot_marks.h"

namespace lathe {

std::vector<PlotMark> run_marks(const RunDetail& run);

}  // namespace lathe
