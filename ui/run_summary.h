// A run in words: the line under its name and the tiles of the few numbers that matter. Made from values alone. Thread:
// GUI (translations).
#pragma once

#include <QString>
#include <optional>
#include <vector>

#include "engine/base/events.h"
#include "ui/run_totals.h"
#include "ui/theme.h"

namespace lathe {

struct Tile {
    QString label, value, note;
    Tone tone = Tone::muted;  // of the note
};

struct StateWord {
    QString word;
    Tone tone = Tone::muted;
};

StateWord state_word(const std::string& state);
// How a run that was stopped came to its end; empty for the others.
QString ending_text(const RunDetail& run);
// "QLoRA NF4, r 8 · 16 × 128 tokens a step · seed 42 · started 24 Nov 2026 01:37"; a failed run says why
// instead, a stopped one before.
QString run_context(const RunDetail& run);
QString run_settings(const RunDetail& run);  // the same without the reason of a failure
// What is known of a run beside its record; 0: not known.
struct RunOutlook {
    std::optional<double> bits_per_byte = {};
    double seconds_left = 0;
    int64_t estimated_bytes = 0;
    size_t speed_steps = 0;        // that the speed is the median of; 0: all
    double peak_tokens_per_s = 0;  // of this machine
};
// Loss, validation loss, bits per byte where known, step, speed, peak memory, learning rate.
std::vector<Tile> run_tiles(const RunDetail& run, const RunTotals& totals, const RunOutlook& outlook);
std::vector<Tile> run_tiles(const RunDetail& run, std::optional<double> bits_per_byte = {});

}  // namespace lathe
