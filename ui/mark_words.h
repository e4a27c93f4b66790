// What the panel of a mark on a curve says. Thread: GUI (translations).
#pragma once

#include <QString>

#include "engine/base/run_record.h"
#include "ui/plot_marks.h"

namespace lathe {

QString mark_title(const PlotMark& mark);
// The words of an event, the loss and size of a checkpoint, the beginning of a sample, …
QString mark_text(const PlotMark& mark, const RunDetail& run);

}  // namespace lathe
