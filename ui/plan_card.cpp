#include "ui/plan_card.h"

#include <QEvent>

#include "ui/error_text.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

QString bytes(int64_t count) {
    return bytes_text(static_cast<double>(count));
}

}  // namespace

PlanCard::PlanCard(const RunPlan& plan, QWidget* parent)
    : Card(parent),
      plan_(plan),
      verdict_(make_label(TextRole::label)),
      memory_(make_label(TextRole::figure)),
      of_memory_(make_label(TextRole::caption, Tone::muted)),
      bar_(new MemoryBar),
      kinds_(new KindTable),
      facts_(new FactList(FactList::Values::at_right)),
      remedy_(make_label(TextRole::caption)),
      use_remedy_(make_button(ButtonKind::plain)),
      obstacle_(make_label(TextRole::caption, Tone::bad)),
      show_obstacle_(make_button(ButtonKind::link)) {
    header()->addWidget(verdict_);
    obstacle_->setWordWrap(true);
    content()->addWidget(obstacle_);
    content()->addWidget(show_obstacle_, 0, Qt::AlignLeft);
    auto* figure = new QHBoxLayout;
    figure->setSpacing(space::kSmall);
    figure->addWidget(memory_, 0, Qt::AlignBottom);
    figure->addWidget(of_memory_, 0, Qt::AlignBottom);
    figure->addStretch(1);
    content()->addLayout(figure);
    content()->addWidget(bar_);
    content()->addWidget(kinds_);
    remedy_->setWordWrap(true);
    content()->addWidget(remedy_);
    content()->addWidget(use_remedy_, 0, Qt::AlignLeft);
    content()->addSpacing(space::kTiny);
    content()->addWidget(make_rule());
    content()->addSpacing(space::kTiny);
    content()->addWidget(facts_);
    content()->addStretch(1);
    connect(&plan, &RunPlan::changed, this, &PlanCard::show_plan);
    connect(use_remedy_, &QPushButton::clicked, this, [this] {
        if (plan_.remedy()) Q_EMIT remedy_wanted(*plan_.remedy());
    });
    connect(show_obstacle_, &QPushButton::clicked, this, &PlanCard::obstacle_wanted);
    set_obstacle({});
}

void PlanCard::set_obstacle(const QString& text) {
    obstacle_->setText(text);
    obstacle_->setVisible(!text.isEmpty());
    show_obstacle_->setVisible(!text.isEmpty());
}

void PlanCard::show_plan() {
    const bool faded = !plan_.is_current();
    bar_->set_faded(faded);
    kinds_->set_faded(faded);
    facts_->setEnabled(!faded);
    facts_->set_facts(facts());
    memory_->setEnabled(!faded);
    verdict_->setVisible(!faded && plan_.answer().has_value());
    show_remedy();
    if (!plan_.answer()) {
        memory_->setText(QStringLiteral("–"));
        of_memory_->setText(tr("of memory at the peak"));
        return;
    }
    show_memory(*plan_.answer());
}

void PlanCard::show_memory(const EstimateDone& estimate) {
    memory_->setText(bytes(peak_bytes(estimate)));
    const bool known = estimate.memory_bytes > 0;
    of_memory_->setText(known ? tr("of %1 at the peak").arg(bytes(estimate.memory_bytes))
                              : tr("of memory at the peak"));
    QString verdict;
    Tone tone = Tone::muted;
    switch (fit_of(estimate)) {
        case Fit::unknown:
            break;
        case Fit::fits:
            verdict = tr("✓ fits");
            tone = Tone::ok;
            break;
        case Fit::tight:
            verdict = tr("! tight");
            tone = Tone::warn;
            break;
        case Fit::exceeds:
            verdict = tr("✕ does not fit");
            tone = Tone::bad;
            break;
    }
    verdict_->setText(verdict);
    set_tone(verdict_, tone);
    const std::vector<MemoryKind> kinds = memory_kinds(current_theme(), estimate.bytes);
    bar_->set_kinds(kinds, estimate.memory_bytes, tone);
    kinds_->set_kinds(kinds);
}

// Before the first answer dashes: the shape of what comes. What an answer does not know is left out.
std::vector<Fact> PlanCard::facts() const {
    const QString dash = plan_.answer() ? QString() : QStringLiteral("–");
    QString parameters = dash, trained, recomputed, steps = dash, tokens = dash, speed = dash, time = dash,
            checkpoints = dash, disk = dash;
    bool full = false;
    if (plan_.answer()) {
        const EstimateDone& estimate = *plan_.answer();
        const TrainConfig& train = plan_.config().train;
        const int64_t each = step_tokens(estimate, plan_.config()), all = each * train.max_steps;
        const double tokens_per_s = estimate.tokens_per_s;
        const int64_t kept = std::max(estimate.kept_checkpoint_bytes, estimate.checkpoint_bytes);
        full = estimate.free_disk_bytes < kept;
        parameters = count_text(estimate.parameters);
        if (estimate.trainable != estimate.parameters) trained = count_text(estimate.trainable);
        if (estimate.recomputed_blocks > 0) recomputed = tr("%1 blocks").arg(count_text(estimate.recomputed_blocks));
        steps = train.max_steps > 0 ? tr("%1 × %2 tokens").arg(count_text(train.max_steps), count_text(each))
                                    : tr("%1 passes").arg(fixed_text(train.num_train_epochs, 1));
        if (all > 0) tokens = count_text(all);
        if (tokens_per_s > 0) speed = tr("about %1").arg(speed_text(tokens_per_s));
        if (tokens_per_s > 0 && all > 0)
            time = tr("about %1").arg(duration_text(static_cast<double>(all) / tokens_per_s));
        if (kept > 0) checkpoints = bytes(kept);
        if (estimate.free_disk_bytes > 0) disk = bytes(estimate.free_disk_bytes);
    }
    return {{tr("Parameters"), parameters},
            {tr("Trained"), trained},
            {tr("Recomputed"), recomputed},
            {tr("Steps"), steps},
            {tr("Tokens"), tokens},
            {tr("Speed here"), speed},
            {tr("Time here"), time},
            {tr("Checkpoints kept"), checkpoints},
            {tr("Free disk"), disk, full ? Tone::bad : Tone::text}};
}

void PlanCard::show_remedy() {
    const bool any = plan_.is_current() && plan_.remedy().has_value();
    remedy_->setVisible(any);
    use_remedy_->setVisible(any);
    if (!any) return;
    QStringList changes;
    for (const std::string& assignment : plan_.remedy()->assignments) {
        const QString text = assignment == "lora={}" ? QStringLiteral("lora") : QString::fromStdString(assignment);
        changes << text.mid(text.indexOf(QLatin1Char('.')) + 1).replace(QLatin1Char('='), QLatin1Char(' '));
    }
    remedy_->setText(
        tr("It would fit, at %1, with %2.").arg(bytes(plan_.remedy()->peak_bytes), changes.join(QStringLiteral(", "))));
    set_words(use_remedy_, tr("Use these settings"), tr("Changes the settings named above; undo takes it back"));
}

void PlanCard::retranslate() {
    set_title(tr("Plan"));
    set_words(show_obstacle_, tr("Show it"), tr("Goes to what has to change"));
    show_plan();
}

void PlanCard::changeEvent(QEvent* event) {
    Card::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) show_plan();
}

}  // namespace lathe
