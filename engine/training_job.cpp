#include "engine/training_job.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "engine/base/error.h"
#include "engine/base/json.h"
#include "engine/base/train_controls.h"
#include "engine/data/line_reader.h"

namespace lathe {

namespace {

// What may change when a run is resumed: how long it goes and what is written about it.
constexpr std::array kFreeKeys = {"train.max_steps",    "train.save_steps",    "train.save_interval_s",
                                  "train.eval_steps",   "train.eval_batches",  "train.logging_steps",
                                  "train.sample_steps", "train.sample_prompt", "train.sample_max_tokens"};

RunConfig resumed_config(RunConfig stored, const StartTraining& command) {
    if (!command.config) return stored;
    for (const std::string& key : differing_keys(stored, *command.config)) {
        if (std::find(kFreeKeys.begin(), kFreeKeys.end(), key) != kFreeKeys.end()) continue;
        fail({.kind = ErrorKind::mismatch,
              .file = command.config_file,
              .key = key,
              .expected = "the value that the run began with"});
    }
    const TrainConfig& given = command.config->train;
    TrainConfig& train = stored.train;
    train.max_steps = given.max_steps;
    train.save_steps = given.save_steps;
    train.save_interval_s = given.save_interval_s;
    train.eval_steps = given.eval_steps;
    train.eval_batches = given.eval_batches;
    train.logging_steps = given.logging_steps;
    train.sample_steps = given.sample_steps;
    train.sample_prompt = given.sample_prompt;
    train.sample_max_tokens = given.sample_max_tokens;
    return stored;
}

TrainDone result_of(const RunSnapshot& snapshot, const CheckpointPlace& checkpoint) {
    return {.run = snapshot.run,
            .state = "finished",
            .reason = {},
            .checkpoint = checkpoint.path,
            .steps = snapshot.step,
            .resumed_from_step = snapshot.step,
            .train_loss = snapshot.train_loss,
            .eval_loss = snapshot.eval_loss,
            .tokens_per_s = mean_tokens_per_s(read_history(checkpoint.path))};
}

// As the file is called, in any script; its id has the letters that a folder can have everywhere.
std::string name_in(const std::string& config_file, const std::string& run) {
    const std::string name = std::filesystem::path(config_file).stem().string();
    return !name.empty() && first_invalid_utf8(name) == name.size() ? name : run_name(run);
}

}  // namespace

TrainingJob::TrainingJob(std::shared_ptr<void> held_run, const RunPlace& place, const RunConfig& config,
                         const StartTraining& command, Workspace& workspace, const CommandContext& context)
    : held_run_(std::move(held_run)),
      recorder_(workspace.store(), context.emit),
      run_(std::make_unique<TrainingRun>(place, config, command.skip_steps, context.threads, recorder_,
                                         [context](const Progress& progress) { return context.progress(progress); })) {}

std::variant<std::unique_ptr<TrainingJob>, TrainDone> TrainingJob::start(const StartTraining& command,
                                                                         Workspace& workspace,
                                                                         const CommandContext& context) {
    RunPlace place{.workspace = workspace.folder(), .run = {}, .name = {}, .checkpoint = {}};
    RunConfig config;
    double multiplier = command.learning_rate_factor;  // on what the run has
    std::shared_ptr<void> held_run;                    // from here on its folder stays where it is
    if (command.resume.empty()) {
        if (!command.config)
            fail({.kind = ErrorKind::usage, .key = "--config", .expected = "a config for a fresh run"});
        config = *command.config;
        place.run = new_run_id(command.config_file);
        place.name = name_in(command.config_file, place.run);
        held_run = context.hold_run(place.run);
    } else {
        place.run = std::filesystem::path(find_run(workspace.folder(), command.resume, command.resume == "latest"))
                        .filename()
                        .string();
        held_run = context.hold_run(place.run);
        const std::string folder = find_run(workspace.folder(), place.run, false);  // it may just have been thrown away
        const auto checkpoint = newest_checkpoint(folder);
        if (!checkpoint)
            fail({.kind = ErrorKind::not_found, .file = folder, .key = "checkpoint", .expected = "one that verifies"});
        const RunSnapshot snapshot = read_run_snapshot(checkpoint->path);
        config = resumed_config(parse_run_config(snapshot.config_json, checkpoint->path + "/lathe/run.json"), command);
        const bool done = config.train.max_steps > 0 && snapshot.step >= config.train.max_steps;
        if (done && command.skip_steps.empty())  // else they are refused
            return result_of(snapshot, *checkpoint);
        place.checkpoint = checkpoint->path;
        multiplier *= snapshot.controls.learning_rate_multiplier;
    }
    validate(config, command.config_file);
    check_controls({.learning_rate_multiplier = multiplier, .max_grad_norm = command.max_grad_norm});
    std::unique_ptr<TrainingJob> job(new TrainingJob(std::move(held_run), place, config, command, workspace, context));
    TrainControls controls = job->run_->controls();
    controls.learning_rate_multiplier = multiplier;
    if (command.max_grad_norm) controls.max_grad_norm = command.max_grad_norm;
    if (!control_changes(job->run_->controls(), controls).empty()) job->run_->control(controls);
    return job;
}

void TrainingJob::pause() {
    running_ = false;
    recorder_.state(RunState::paused);
}

void TrainingJob::save_paused() {
    if (const auto error = error_of([this] { run_->save_if_worth_it(); }))
        recorder_.event("not_saved", error->sentence(), run_->step_count());
}

void TrainingJob::go_on(bool one_step) {
    running_ = true;
    one_step_ = one_step;
    recorder_.state(RunState::running);
}

void TrainingJob::step(const std::function<bool()>& may_go_on) {
    const bool done = run_->step(may_go_on);
    if (done && one_step_ && !run_->finished()) {
        one_step_ = false;
        pause();
    }
}

TrainDone TrainingJob::finish() {
    run_->save();
    const bool all_steps = run_->step_count() >= run_->max_steps();
    const RunState state = all_steps ? RunState::finished : RunState::stopped;
    const std::string reason = all_steps ? "" : run_->stop_reason();
    if (!all_steps) recorder_.event("stopped", reason, run_->step_count());
    recorder_.state(state);
    return run_->result(run_state_name(state), reason);
}

void TrainingJob::failed(const Error& error) {
    try {
        // A step that was not finite is on record, one past the last of the run.
        const int64_t step = run_->step_count() + (error.kind == ErrorKind::non_finite ? 1 : 0);
        recorder_.event("failed", error.sentence(), step);
        recorder_.state(RunState::failed, error_json(error));
    } catch (const Exception&) {
        // The store may be what failed; the first error is the one to tell.
    }
}

}  // namespace lathe
