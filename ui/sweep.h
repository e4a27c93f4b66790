// A sweep: a run several times, each with other values of a few settings; all combinations of them, or some drawn at
// random. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/config.h"
#include "engine/base/error.h"

namespace lathe {

constexpr int64_t kMostSweepRuns = 64;

struct SweptSetting {
    std::string key;  // dotted
    std::vector<std::string> values;
};

struct SweepRun {
    std::string name;
    RunConfig config;
};

// What this run has that can be swept: numbers, switches, choices. Those that are swept most come first.
std::vector<std::string> sweepable_keys(const RunConfig& config);
// "1e-4, .5": each as set_field() takes it, the same value once however it is written; what is none stays as it is.
std::vector<std::string> swept_values(const RunConfig& config, const std::string& key, const std::string& text);
// Why the first wrong value is refused in this run, `found` being the value; nothing: all are legal.
std::optional<Error> refused(const RunConfig& config, const SweptSetting& setting);

int64_t combinations(const std::vector<SweptSetting>& settings);
// The runs, called "NAME · learning_rate 2e-4 · r 16"; the last setting changes fastest. `some` > 0: as many of them
// drawn by the config's train.seed, in the same order. Throws what set_field() does.
std::vector<SweepRun> sweep_runs(const RunConfig& config, const std::string& name,
                                 const std::vector<SweptSetting>& settings, int64_t some = 0);

}  // namespace lathe
