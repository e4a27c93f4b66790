// What the Train page says.
#include <QAction>
#include <QSignalBlocker>
#include <algorithm>

#include "ui/control_words.h"
#include "ui/number_text.h"
#include "ui/run_list.h"
#include "ui/train_page.h"
#include "ui/tuning_defaults.h"

namespace lathe {

void TrainPage::show_titles() {
    const QSignalBlocker blocker(runs_);
    const RunDetail& run = context_.run.detail();
    runs_->setCurrentIndex(shows_setup() ? -1 : runs_->findData(QString::fromStdString(run.summary.run)));
    const bool paused = context_.run.state() == RunWatch::State::paused;
    set_deed(pause_, paused ? tr("Continue") : tr("Pause"),
             paused ? tr("Goes on with the next step")
                    : tr("Stops after this step; the weights stay in memory, nothing is lost"));
    const QString obstacle = setup_->obstacle();
    set_deed(start_, tr("Start training"),
             obstacle.isEmpty() ? tr("Checks the data, then trains with these settings") : obstacle);
    const double quick_s = setup_->seconds_of(kQuickSteps);
    const QString quick =
        quick_s > 0
            ? tr("%1 steps with these settings, about %2: a first answer before the long run")
                  .arg(count_text(kQuickSteps), duration_text(quick_s))
            : tr("%1 steps with these settings: a first answer before the long run").arg(count_text(kQuickSteps));
    set_deed(quick_, tr("Quick try"), obstacle.isEmpty() ? quick : obstacle, tr("Start a quick try"));
    set_deed(plan_, shows_setup() ? tr("Back to the run") : tr("Plan the next"),
             shows_setup() ? tr("Shows the run that trains") : tr("The form, for a run that waits in the queue"),
             shows_setup() ? QString() : tr("Plan the next run"));
    set_deed(queue_, tr("Add to queue"),
             obstacle.isEmpty() ? tr("Keeps it with the runs that wait; it starts when those before it have ended")
                                : obstacle,
             tr("Add the run to the queue"));
    set_deed(queue_sweep_, {}, tr("Queue a sweep: this run several times, with other values of a few settings"),
             tr("Queue a sweep"));
    if (shows_setup()) return set_title(tr("New run"), tr("Nothing is trained before you start."));
    if (context_.run.state() == RunWatch::State::preparing)
        return set_title(starting_.isEmpty() ? tr("New run") : starting_, tr("The first step comes after this."));
    const bool followed = context_.run.state() == RunWatch::State::followed;
    const QString name = name_of(run.summary);
    if (followed)
        return set_title(name, tr("Another Lathe trains this run: shown as it goes on, not to be changed here"));
    set_title(name, run.error ? run_settings(run) : run_context(run));
}

void TrainPage::show_failure() {
    const RunWatch& run = context_.run;
    banner()->clear();
    rise_shown_ = false;
    if (run.error()) {
        if (run.run().empty()) setup_->blame(*run.error());
        show_error(*run.error());
    } else if (run.detail().error) {
        show_error(*run.detail().error);
    } else {
        show_rise();
    }
}

// The run goes on, and since its validation loss began to rise none was as good as the best.
const RunDetail::Line* TrainPage::rise() const {
    const RunDetail& run = context_.run.detail();
    const auto line = std::find_if(run.events.rbegin(), run.events.rend(),
                                   [](const RunDetail::Line& event) { return event.kind == "validation_rises"; });
    if (!context_.run.is_live() || line == run.events.rend()) return nullptr;
    const RunTotals& totals = view_->totals();
    const bool holds = totals.best_validation() && totals.best_validation()->step < line->step &&
                       totals.last_validation()->value > totals.best_validation()->value;
    return holds ? &*line : nullptr;
}

void TrainPage::show_rise() {
    const RunDetail::Line* line = rise();
    if (line == nullptr) return;
    rise_shown_ = true;
    QString words = rise_words(line->text);
    words[0] = words[0].toUpper();
    banner()->show_message(Tone::warn, tr("%1. It may begin to learn its examples by heart. Of its checkpoints the "
                                          "best by validation loss is kept.")
                                           .arg(words));
    banner()->add_action(tr("Stop the run"), [this] { context_.run.stop(); });
}

void TrainPage::retranslate() {
    set_deed(save_, tr("Save now"), tr("Writes a checkpoint after this step; takes a moment and some disk space"));
    set_deed(step_, tr("Step"), tr("Makes one step, then pauses"), tr("Step once"));
    set_deed(stop_, tr("Stop"), tr("Saves and ends the run; it can be resumed later"));
    set_deed(cancel_, tr("Cancel"), tr("Ends the preparation; what was prepared is kept for the next time"));
    set_deed(new_run_, tr("New run"), tr("Back to the form, with the settings of this run"));
    set_deed(resume_, tr("Resume"), tr("Goes on from the newest checkpoint"));
    set_deed(chat_, tr("Chat with it"), tr("Opens the chat with the weights of this run"));
    set_deed(export_, tr("Export…"), tr("Writes a checkpoint in a format that other programs read"));
    set_deed(preset_, tr("Save as preset…"), tr("Keeps these settings under a name in the workspace"));
    undo_->setText(tr("Undo the change of a setting"));
    redo_->setText(tr("Redo the change of a setting"));
    find_->setText(tr("Find a setting"));
    batch_->setText(tr("Look into the batch"));
    compare_action_->setText(tr("Compare with the base"));
    long_run_->setText(tr("Start the long run"));
    picture_->setText(tr("Save curves as PNG…"));
    table_->setText(tr("Save every step as CSV…"));
    evaluate_->setText(tr("Measure the validation loss now"));
    sample_->setText(tr("Let the run write a sample now"));
    runs_->setPlaceholderText(tr("Open a run…"));
    runs_->setAccessibleName(tr("Run"));
    runs_->setToolTip(tr("Shows another run of this workspace"));
    sweep_->retranslate();
    setup_->retranslate();
    view_->retranslate();
    compare_->retranslate();
    fill_runs();
    show_failure();
    arrange();
}

void TrainPage::restyle() {
    view_->restyle();
}

}  // namespace lathe
