// A run drawn in a terminal: state and progress, the loss as a curve of braille dots with its validations as points,
// figures. From values alone. Any thread.
#pragma once

#include <string>
#include <vector>

#include "engine/base/events.h"

namespace lathe {

// Median of the last steps; 0: not known.
double watched_tokens_per_s(const RunDetail& run);
// By the time of the last steps; 0: not known, or at its end.
double watched_seconds_left(const RunDetail& run);
// "8s", "3m20s", "2h05m"
std::string watch_duration(double seconds);
// "RUN: running, step 12 of 100, loss 2.3000, validation 2.4000, 1200 tok/s, 3m20s left"
std::string watch_line(const RunDetail& run);
// At most `rows` lines of at most `columns` cells, each ended by a reset of its colours; color false: none.
std::vector<std::string> watch_frame(const RunDetail& run, int columns, int rows, bool color);

}  // namespace lathe
