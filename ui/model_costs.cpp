#include "ui/model_costs.h"

#include <QEvent>
#include <numeric>

#include "engine/base/machine_memory.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

QString bytes(int64_t count) {
    return bytes_text(static_cast<double>(count));
}

QString part_title(const std::string& part) {
    if (part == "embedding") return ModelCosts::tr("Embedding");
    if (part == "attention") return ModelCosts::tr("Attention");
    if (part == "feed_forward") return ModelCosts::tr("Feed-forward");
    if (part == "norms") return ModelCosts::tr("Norms");
    if (part == "head") return ModelCosts::tr("Head");
    return part == "adapter" ? ModelCosts::tr("Adapter") : QString::fromStdString(part);
}

Tone tone_of(Fit fit) {
    return fit == Fit::exceeds ? Tone::bad : fit == Fit::tight ? Tone::warn : fit == Fit::fits ? Tone::ok : Tone::muted;
}

}  // namespace

ModelCosts::ModelCosts(const RunPlan& plan, QWidget* parent)
    : QWidget(parent),
      plan_(plan),
      figures_card_(new Card),
      memory_card_(new Card),
      parts_card_(new Card),
      figures_(new FactList(FactList::Values::at_right)),
      parts_(new FactList(FactList::Values::at_right)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kGrid);
    figures_card_->content()->addWidget(figures_);
    training_ = add_memory(memory_card_);
    memory_card_->content()->addSpacing(space::kSmall);
    chat_ = add_memory(memory_card_);
    parts_card_->content()->addWidget(parts_);
    for (Card* card : {figures_card_, memory_card_, parts_card_}) column->addWidget(card);
    connect(&plan, &RunPlan::changed, this, &ModelCosts::show_plan);
}

ModelCosts::Memory ModelCosts::add_memory(Card* card) {
    const Memory memory{.title = make_label(TextRole::caption, Tone::muted),
                        .total = make_label(TextRole::label),
                        .bar = new MemoryBar,
                        .kinds = new KindTable};
    auto* line = new QHBoxLayout;
    line->addWidget(memory.title);
    line->addStretch(1);
    line->addWidget(memory.total);
    card->content()->addLayout(line);
    card->content()->addWidget(memory.bar);
    card->content()->addWidget(memory.kinds);
    return memory;
}

void ModelCosts::show_memory(const Memory& memory, const std::map<std::string, int64_t>& by_kind, int64_t available,
                             Tone tone) {
    const std::vector<MemoryKind> kinds = memory_kinds(current_theme(), by_kind);
    memory.bar->set_kinds(kinds, available, tone);
    memory.kinds->set_kinds(kinds);
    memory.total->setText(by_kind.empty() ? QStringLiteral("–") : bytes(total_bytes(by_kind)));
}

void ModelCosts::show_plan() {
    const bool faded = !plan_.is_current() || plan_.error();
    for (const Memory& memory : {training_, chat_}) {
        memory.bar->set_faded(faded);
        memory.kinds->set_faded(faded);
        memory.total->setEnabled(!faded);
    }
    figures_->setEnabled(!faded);
    parts_->setEnabled(!faded);
    figures_->set_facts(figures());
    parts_->set_facts(parts());
    const EstimateDone none;
    const EstimateDone& estimate = plan_.answer() ? *plan_.answer() : none;
    const Fit fit = fit_of(estimate);
    show_memory(training_, estimate.bytes, estimate.memory_bytes, tone_of(fit));
    show_memory(chat_, estimate.chat_bytes, estimate.memory_bytes, Tone::muted);
    memory_card_->set_aside(fit == Fit::exceeds ? tr("✕ training does not fit")
                            : fit == Fit::tight ? tr("! training is tight")
                            : fit == Fit::fits  ? tr("✓ training fits")
                                                : QString());
}

std::vector<Fact> ModelCosts::parts() const {
    if (!plan_.answer()) return {{tr("Parameters"), QStringLiteral("–")}};
    std::vector<Fact> facts{{tr("Parameters"), count_text(plan_.answer()->parameters)}};
    const auto whole = static_cast<double>(std::max<int64_t>(1, plan_.answer()->parameters));
    for (const auto& [part, count] : plan_.answer()->parts)
        facts.push_back({part_title(part),
                         tr("%1 · %2").arg(count_text(count), percent_text(static_cast<double>(count) / whole, 1))});
    return facts;
}

std::vector<Fact> ModelCosts::figures() const {
    QString keys = QStringLiteral("–"), against, work = keys, speed = keys, time;
    if (plan_.answer()) {
        const EstimateDone& estimate = *plan_.answer();
        const int64_t kv = estimate.kv_bytes_per_token, multi_head = estimate.kv_bytes_per_token_without_gqa;
        keys = bytes(kv);
        if (multi_head > kv)
            against = tr("%1, so GQA saves %2")
                          .arg(bytes(multi_head),
                               percent_text(1 - static_cast<double>(kv) / static_cast<double>(multi_head), 0));
        work = tr("%1 FLOP").arg(rate_text(estimate.flops_per_token));
        if (estimate.tokens_per_s > 0) speed = tr("about %1").arg(speed_text(estimate.tokens_per_s));
        const double seconds = plan_.seconds_of(plan_.config().train.max_steps);
        if (seconds > 0) time = tr("about %1").arg(duration_text(seconds));
    }
    return {{tr("Keys and values a token"), keys},
            {tr("With a head each"), against},
            {tr("Work a trained token"), work},
            {tr("Speed here"), speed},
            {tr("Time here"), time}};
}

void ModelCosts::retranslate() {
    figures_card_->set_title(tr("What it costs"));
    memory_card_->set_title(tr("Memory"));
    parts_card_->set_title(tr("What it is made of"));
    training_.title->setText(tr("In training, at the peak"));
    chat_.title->setText(tr("In a chat with a full context"));
    show_plan();
}

void ModelCosts::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) show_plan();
}

}  // namespace lathe
