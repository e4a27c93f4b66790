// The training run of a session: from the command to its TrainDone, with pause, step and stop. Thread: engine only.
#pragma once

#include <functional>
#include <memory>
#include <variant>

#include "engine/commands.h"
#include "engine/train/training_run.h"
#include "engine/train/workspace.h"

namespace lathe {

class TrainingJob {
public:
    // A fresh run, or the resumed one. A run that is finished already gives its result at once.
    // Errors: usage where a given config differs from the stored one in what may not change (named), not_found without
    // a checkpoint, out_of_range where skip_steps are no steps to come.
    static std::variant<std::unique_ptr<TrainingJob>, TrainDone> start(const StartTraining& command,
                                                                       Workspace& workspace,
                                                                       const CommandContext& context);

    bool running() const { return running_; }
    bool finished() const { return run_->finished(); }
    TrainingRun& run() { return *run_; }
    void pause();
    void go_on(bool one_step);
    void step(const std::function<bool()>& may_go_on);
    void save() { run_->save(); }
    // What a paused run learned since its last checkpoint. Where that cannot be saved it stays paused, and says so.
    void save_paused();
    // Saves and closes the run: finished, or stopped before its end.
    TrainDone finish();
    void failed(const Error& error);

private:
    TrainingJob(std::shared_ptr<void> held_run, const RunPlace& place, const RunConfig& config,
                const StartTraining& command, Workspace& workspace, const CommandContext& context);

    std::shared_ptr<void> held_run_;
    RunRecorder recorder_;
    std::unique_ptr<TrainingRun> run_;
    bool running_ = true;
    bool one_step_ = false;
};

}  // namespace lathe
