// One training run from its first step to its last: batches, updates, validation, samples, checkpoints, record. The
// session calls step() again and again and may do other work between calls. A run that is resumed goes on exactly as if
// it had never stopped. Thread: engine only.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/base/config.h"
#include "engine/base/events.h"
#include "engine/infer/model_cache.h"
#include "engine/train/run_recorder.h"
#include "engine/train/run_setup.h"
#include "engine/train/schedule.h"
#include "engine/train/stop_rules.h"
#include "engine/train/trainer.h"

namespace lathe {

struct RunPlace {
    std::string workspace;
    std::string run;         // id
    std::string name;        // of a fresh run
    std::string checkpoint;  // to resume from; empty: fresh
    std::string folder() const { return workspace + "/runs/" + run; }
};

class TrainingRun {
public:
    // Prepares everything, which may take long (tokenizer, tokens): progress is called, false cancels. For a resume
    // `config` is the stored one. skip_steps: besides those of the checkpoint. Errors before the first step: bad data
    // or config, a skip_steps that is no step to come, disk_full where the checkpoints to come would not fit.
    TrainingRun(const RunPlace& place, const RunConfig& config, const std::set<int64_t>& skip_steps, int threads,
                RunRecorder& recorder, const ProgressCall& progress);

    int64_t step_count() const { return state_.step; }
    int64_t max_steps() const { return max_steps_; }
    // All steps are done, or a stop rule is met.
    bool finished() const { return is_last_step() && !due_.any(); }
    std::string stop_reason() const;  // of a run that ends here before its last step: TrainDone's
    const std::string& run() const { return state_.run; }
    // What answers with the weights of this run; they change with every step, and stay when the run is gone.
    ChatModel weights() const {
        return {materials_.model, materials_.tokenizer, end_tokens(materials_.base), chat_format_};
    }

    // One update and what is due after it. go_on is asked between blocks and while the model is validated or sampled;
    // where it says false, the update is given up without a trace, or what is due is left to the next step(), and this
    // one returns false. A non-finite loss or gradient: its row is recorded, then Exception `non_finite` naming step
    // and batch; the last checkpoint stands.
    bool step(const std::function<bool()>& go_on);
    // A checkpoint of the last finished step, unless it has one. Who asks for it does not wait for a validation: it has
    // the validation loss of its step where there is one. Asks go_on of the last step(), and goes on.
    void save();
    // The same where enough was trained since the last one (worth_saving_s).
    void save_if_worth_it();
    // From the next update on; the next checkpoint keeps them. A rule that is met already is refused, since it would
    // end the run unasked; for the same reason a resume goes on without the rules that ended the run, and says so.
    // Errors: out_of_range, unsupported, by key; nothing is changed then.
    void control(const TrainControls& controls);
    const TrainControls& controls() const { return state_.controls; }
    // Of the last finished step, unless it has one; where go_on of the last step() says false, with the next step().
    void evaluate_now();
    void sample_now();
    TrainDone result(const std::string& state, const std::string& reason) const;

private:
    using Clock = std::chrono::steady_clock;

    // What is to be done before the next update.
    struct Due {
        bool validation = false, sample = false, save = false;
        bool any() const { return validation || sample || save; }
    };
    enum class Interrupt { allowed, ignored };

    Schedule schedule() const;
    bool update();
    bool settle();
    void between(Interrupt interrupt) const;
    void resume_from(const std::string& checkpoint);
    void skip(const std::set<int64_t>& steps);
    void resume_controls();
    void tell_controls(const std::vector<std::string>& changes);
    bool is_last_step() const;
    RunPosition position() const { return {state_.step, state_.elapsed_s, validations_}; }
    void run_validation();
    void note_validation(double loss);
    void run_sample();
    void save(Interrupt interrupt);
    int64_t checkpoint_size() const;
    bool validation_is_due() const;
    bool save_is_due() const;
    std::string batch_name(const Cursor& begin, int64_t rows) const;

    RunPlace place_;
    RunConfig config_;
    RunRecorder& recorder_;
    RunMaterials materials_;
    std::shared_ptr<const ChatFormat> chat_format_;
    std::unique_ptr<Trainer> trainer_;
    RunSnapshot state_;
    std::vector<HistoryRow> history_;
    ValidationTrend validations_;
    int64_t max_steps_ = 0;
    int64_t resumed_from_step_ = 0;
    int64_t saved_step_ = -1;
    Due due_;
    std::function<bool()> go_on_;
    bool has_checkpoint_ = false;
    double unsaved_s_ = 0;  // since the last checkpoint, with validations and samples, without pauses
};

// "20261124-101500-nano-3f2a": UTC time, the config file's stem, four random hex digits.
std::string new_run_id(const std::string& config_file);
// Letters, digits, '.', '_', '-', no leading dot, at most 128: what a run id may be before it becomes part of a path.
// Else `usage`.
void check_run_id(const std::string& run);

}  // namespace lathe
