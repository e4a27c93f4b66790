#include "ui/preparing_card.h"

#include "ui/error_text.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr double kSoonest_s = 2;  // before that a rate says little

}  // namespace

PreparingCard::PreparingCard(QWidget* parent)
    : Card(parent), what_(new ElidedLabel(TextRole::caption, Tone::muted)), bar_(new QProgressBar) {
    bar_->setTextVisible(false);
    bar_->setRange(0, 1000);
    content()->addWidget(bar_);
    content()->addWidget(what_);
}

void PreparingCard::show_progress(const std::optional<Progress>& progress) {
    progress_ = progress;
    if (!progress) began_what_.clear();
    if (progress && (progress->what != began_what_ || progress->done < began_at_)) {
        began_what_ = progress->what;
        began_at_ = progress->done;
        clock_.start();
    }
    retranslate();
}

void PreparingCard::retranslate() {
    set_title(tr("Preparing the run"));
    bar_->setAccessibleName(tr("Preparing the run"));
    if (!progress_) {
        bar_->setValue(0);
        what_->set_text(tr("starting"));
        return set_aside({});
    }
    const bool known = progress_->total > 0;
    bar_->setRange(0, known ? 1000 : 0);
    if (known) bar_->setValue(static_cast<int>(1000 * progress_->done / progress_->total));
    what_->set_text(progress_text(*progress_));
    const double elapsed_s = static_cast<double>(clock_.elapsed()) / 1000, done = progress_->done - began_at_;
    const bool can_tell = known && done > 0 && elapsed_s > kSoonest_s;
    set_aside(can_tell ? tr("%1 left").arg(duration_text(elapsed_s / done * (progress_->total - progress_->done)))
                       : QString());
}

}  // namespace lathe
