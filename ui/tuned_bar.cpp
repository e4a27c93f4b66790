#include "ui/tuned_bar.h"

#include "ui/run_comparison.h"
#include "ui/tuning_defaults.h"

namespace lathe {

TunedBar::TunedBar(QWidget* parent)
    : QFrame(parent),
      says_(make_label(TextRole::body)),
      compare_(make_button(ButtonKind::plain)),
      long_run_(make_button(ButtonKind::plain)) {
    setProperty("role", QStringLiteral("card"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::kCard, space::kSmall, space::kSmall, space::kSmall);
    row->setSpacing(space::kSmall);
    says_->setWordWrap(true);
    row->addWidget(says_, 1);
    row->addWidget(compare_);
    row->addWidget(long_run_);
    compare_->setObjectName(QStringLiteral("compare_with_base"));
    long_run_->setObjectName(QStringLiteral("start_long_run"));
    connect(compare_, &QPushButton::clicked, this, &TunedBar::comparison_wanted);
    connect(long_run_, &QPushButton::clicked, this, &TunedBar::long_run_wanted);
    hide();
}

void TunedBar::show_run(const RunDetail& run, bool ended) {
    compares_ = ended && can_be_compared(run);
    quick_ = ended && is_quick_name(QString::fromStdString(run.summary.name)) && !run.config_json.empty();
    compare_->setVisible(compares_);
    long_run_->setVisible(quick_);
    setVisible(compares_ || quick_);
    retranslate();
}

void TunedBar::retranslate() {
    says_->setText(quick_ ? tr("This was a quick try. See what it has changed, then start the long run.")
                          : tr("What did the run change? Held-back questions, answered before and after."));
    set_words(compare_, tr("Compare with the base"),
              tr("Perplexity and answers of the model before and after the run; takes a minute or a few"));
    set_words(long_run_, tr("Start the long run"), tr("The same settings with all the steps they were given"));
}

}  // namespace lathe
