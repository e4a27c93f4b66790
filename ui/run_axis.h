// What the curves of a run stand against: its steps, the tokens it was trained on, or the seconds it trained. Thread:
// GUI (translations).
#pragma once

#include <QString>

#include "engine/base/run_record.h"

namespace lathe {

enum class RunAxis { step, tokens, time };

double place_of(const MetricPoint& point, RunAxis axis);
// The wanted one, or step where the record of the run does not have it.
RunAxis axis_of(const RunDetail& run, RunAxis wanted);
// Of a step of the run: that of the last row up to it.
double place_of_step(const RunDetail& run, int64_t step, RunAxis axis);
// Where the axis of a run that goes on ends, as far as it is known; else 0.
double planned_end(const RunDetail& run, RunAxis axis);

// 1, 2 or 5 times a power of ten.
double round_number(double at_least);
const char* axis_name(RunAxis axis);  // step, tokens, seconds: of a table's column, and in the settings
QString axis_tick(double place, double step, RunAxis axis);
double axis_step(double at_least, RunAxis axis);  // a round distance of ticks
QString place_text(double place, RunAxis axis);   // "12,345 tokens"

}  // namespace lathe
