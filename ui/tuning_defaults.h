// Settings that suit the tuning of a model that is there, each with its reason, and the short run that shows a first
// answer. What the user changed stays. Thread: GUI (translations).
#pragma once

#include <QString>
#include <string>

#include "engine/base/config.h"

namespace lathe {

// Of a run on a base model: 2e-4 for an adapter, 2e-5 for every weight, linear; 4 × 4 examples an update, 3 passes.
TrainConfig tuning_defaults(bool adapter);
constexpr int64_t kTuningLength = 512;  // tokens of a sequence: most questions fit with their answers
// Where a setting has the value that is usual in `from`, it gets that of `to`; any other is the user's.
void move_defaults(TrainConfig& train, const TrainConfig& from, const TrainConfig& to);
// "for tuning 2e-4: …": why; empty for a setting that has no default of its own in this run.
QString tuning_reason(const RunConfig& config, const std::string& key);

constexpr int64_t kQuickSteps = 60;
// The same run, cut to 60 steps.
RunConfig quick_try(RunConfig config);
QString quick_name(const QString& name);
// Whether a run is one, by its name; and what its long run is called.
bool is_quick_name(const QString& name);
QString long_name(const QString& name);

}  // namespace lathe
