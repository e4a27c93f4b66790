// A run's checkpoint on the validation split of the run: the rows that it was not trained on, with the masks that it
// was trained with. Thread: engine.
#pragma once

#include <functional>
#include <string>

#include "engine/commands.h"
#include "engine/train/checkpoint.h"
#include "engine/train/run_setup.h"
#include "engine/train/trainer.h"

namespace lathe {

struct EvaluatedRun {
    std::string folder;  // of the checkpoint
    RunSnapshot snapshot;
    RunConfig config;
};

// run: id or latest; checkpoint: last, best, a step; "": last. Errors: not_found.
EvaluatedRun find_evaluated_run(const std::string& run, const std::string& checkpoint, const CommandContext& context);
// Its data and its weights. Errors: those of set_up_run; empty where the run has no validation split.
RunMaterials load_evaluated_run(const EvaluatedRun& run, const CommandContext& context);
// Over the whole split. progress(share of it) comes after every few rows. Error: cancelled.
EvalResult evaluate_validation(Model& model, const Dataset& dataset, const CommandContext& context,
                               const std::function<void(double share)>& progress);

}  // namespace lathe
