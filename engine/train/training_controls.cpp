// What is changed and asked for before and while a run trains, and what its validation loss says: the declarations are
// in training_run.h.
#include <cmath>
#include <cstdio>

#include "engine/base/error.h"
#include "engine/base/train_controls.h"
#include "engine/train/training_run.h"

namespace lathe {

namespace {

std::string loss_text(double loss) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4f", loss);
    return text;
}

}  // namespace

void TrainingRun::control(const TrainControls& controls) {
    check_controls(controls);
    if (materials_.dataset->validation_rows() == 0 && (controls.stop_at_loss || controls.early_stopping_patience)) {
        fail({.kind = ErrorKind::unsupported,
              .key = controls.stop_at_loss ? "stop_at_loss" : "early_stopping_patience",
              .expected = "a run with a validation split"});
    }
    if (const StopRule* met = met_rule(controls, position())) {
        fail({.kind = ErrorKind::out_of_range, .key = met->key, .expected = "what the run has not reached yet"});
    }
    const std::vector<std::string> changes = control_changes(state_.controls, controls);
    if (!changes.empty()) saved_step_ = -1;  // a checkpoint of this step has the old ones
    state_.controls = controls;
    tell_controls(changes);
}

void TrainingRun::skip(const std::set<int64_t>& steps) {
    for (const int64_t step : steps) {
        if (step > state_.step && step <= max_steps_) continue;
        fail({.kind = ErrorKind::out_of_range,
              .key = "skip_steps",
              .expected = state_.step >= max_steps_
                              ? "a run that has steps to come"
                              : "a step from " + std::to_string(state_.step + 1) + " to " + std::to_string(max_steps_),
              .found = std::to_string(step)});
    }
    state_.skip_steps.insert(steps.begin(), steps.end());
    // At once: before the next checkpoint is due, the run may end again, and must know of these.
    if (steps.empty() || !has_checkpoint_) return;
    saved_step_ = -1;
    due_.save = true;
}

void TrainingRun::resume_controls() {
    const TrainControls stored = state_.controls;
    state_.controls = without_met_rules(stored, position());
    if (!control_changes({}, stored).empty()) tell_controls(control_changes(stored, state_.controls));
}

void TrainingRun::tell_controls(const std::vector<std::string>& changes) {
    trainer_->set_max_grad_norm(state_.controls.max_grad_norm.value_or(config_.train.max_grad_norm));
    recorder_.controlled({.run = state_.run, .step = state_.step, .controls = state_.controls}, changes);
}

void TrainingRun::evaluate_now() {
    due_.validation = true;
    settle();
}

void TrainingRun::sample_now() {
    due_.sample = true;
    settle();
}

std::string TrainingRun::stop_reason() const {
    const StopRule* rule = met_rule(state_.controls, position());
    return rule != nullptr ? rule->reason : "user";
}

bool TrainingRun::is_last_step() const {
    return state_.step >= max_steps_ || met_rule(state_.controls, position()) != nullptr;
}

void TrainingRun::note_validation(double loss) {
    validations_.add(state_.step, loss);
    if (!std::isfinite(loss)) recorder_.event("non_finite", "validation loss " + loss_text(loss), state_.step);
    if (!validations_.begins_to_rise()) return;
    recorder_.event("validation_rises",
                    "validation loss " + loss_text(loss) + ", the best was " + loss_text(validations_.best->loss) +
                        " at step " + std::to_string(validations_.best->step),
                    state_.step);
}

}  // namespace lathe
