// What the curves of a run stand against: its steps, the tokens it was trained on, the seconds it trained, or its
// passes over the data. Thread: GUI (translations).
#pragma once

#include <QString>

#include "engine/base/run_record.h"

namespace lathe {

enum class RunAxis { step, tokens, time, epoch };

// Where the rows of a run stand on its axis.
struct RunScale {
    RunAxis axis = RunAxis::step;
    // Exact where the record says how many rows a pass has. That of an older Lathe does not: a run that was set by
    // passes (train.num_train_epochs) has all of them in its planned steps, to within one; of one that was set by steps
    // nothing is known.
    double epochs_a_step = 0;

    double place_of(const MetricPoint& point) const;
    // Of a step of the run: that of the last row up to it.
    double place_of_step(const RunDetail& run, int64_t step) const;
    // Where the axis of a run that goes on ends, as far as it is known; else 0.
    double planned_end(const RunDetail& run) const;
    bool operator==(const RunScale&) const = default;
};
// By the wanted axis, or by steps where the record of the run does not have it.
RunScale scale_of(const RunDetail& run, RunAxis wanted);

// 1, 2 or 5 times a power of ten.
double round_number(double at_least);
const char* axis_name(RunAxis axis);  // step, tokens, seconds, epoch: of a table's column, and in the settings
QString axis_tick(double place, double step, RunAxis axis);
double axis_step(double at_least, RunAxis axis);  // a round distance of ticks
QString place_text(double place, RunAxis axis);   // "12,345 tokens"

}  // namespace lathe
