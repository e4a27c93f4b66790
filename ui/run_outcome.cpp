#include "ui/run_outcome.h"

#include <algorithm>

#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr int kBest = 0, kLast = 1;

}  // namespace

RunOutcome::RunOutcome(QWidget* parent)
    : Card(parent), choice_(new Segments(2)), note_(make_label(TextRole::caption, Tone::muted)) {
    auto* line = new QHBoxLayout;
    line->setSpacing(space::kCard);
    line->addWidget(choice_);
    line->addWidget(note_, 1);
    note_->setWordWrap(true);
    content()->addLayout(line);
    choice_->set_current(kLast);
    hide();
}

void RunOutcome::show_run(const RunDetail& run, bool ended) {
    const std::vector<RunCheckpoint>& kept = run.summary.checkpoints;
    const auto best =
        std::find_if(kept.begin(), kept.end(), [](const RunCheckpoint& checkpoint) { return checkpoint.best; });
    const bool differ = ended && best != kept.end() && best->step != kept.back().step;
    if (!differ) {
        run_.clear();
        choice_->set_current(kLast);
    } else if (run_ != run.summary.run) {
        run_ = run.summary.run;
        best_ = *best;
        last_ = kept.back();
        // One that was not measured may be the better one.
        choice_->set_current(last_->eval_loss ? kBest : kLast);
    }
    setVisible(differ);
    retranslate();
}

void RunOutcome::retranslate() {
    set_title(tr("Best or last checkpoint"));
    if (!best_ || !last_) return;
    const auto words = [](const QString& name, const RunCheckpoint& checkpoint) {
        const QString loss =
            checkpoint.eval_loss ? tr("validation %1").arg(loss_text(*checkpoint.eval_loss)) : tr("not validated");
        return tr("%1 · step %2 · %3").arg(name, count_text(checkpoint.step), loss);
    };
    choice_->set_words({words(tr("Best"), *best_), words(tr("Last"), *last_)});
    choice_->setToolTip(tr("Chat and export take these weights; a resume goes on from the last"));
    note_->setText(tr("Chat and export take what is chosen here; a resume goes on from the last."));
}

}  // namespace lathe
