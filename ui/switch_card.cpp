#include "ui/switch_card.h"

#include <QSignalBlocker>
#include <algorithm>
#include <cmath>

#include "engine/base/switches.h"
#include "ui/field_words.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr int kRanks[] = {4, 8, 16, 32, 64, 128};
constexpr int64_t kLeastBytes = 500'000;
constexpr double kLeastShare = 0.02;  // of the time

QString more_text(int64_t bytes) {
    return (bytes > 0 ? QStringLiteral("+") : QString(QChar(0x2212))) +
           bytes_text(std::abs(static_cast<double>(bytes)));
}

}  // namespace

QString switch_text(const SwitchCost& cost) {
    if (cost.refused) return refusal_text(*cost.refused);
    QStringList parts;
    if (std::abs(cost.bytes) >= kLeastBytes) parts << more_text(cost.bytes);
    if (std::abs(cost.time_ratio - 1) >= kLeastShare)
        parts << SwitchCard::tr("×%1 time").arg(fixed_text(cost.time_ratio, 2));
    if (cost.kv_bytes_per_token != 0)
        parts << SwitchCard::tr("%1 a token in a chat").arg(more_text(cost.kv_bytes_per_token));
    if (std::abs(cost.chat_bytes) >= kLeastBytes)
        parts << SwitchCard::tr("%1 in a chat with a full context").arg(more_text(cost.chat_bytes));
    if (parts.isEmpty()) parts << SwitchCard::tr("no difference here");
    return (cost.on ? SwitchCard::tr("off: %1") : SwitchCard::tr("on: %1")).arg(parts.join(QStringLiteral(", ")));
}

QString switch_help(const std::string& name) {
    if (name == "use_flash_attention")
        return SwitchCard::tr(
            "Attention tile by tile; off, a plain kernel keeps every score: the same numbers, to compare");
    if (name == "use_gqa")
        return SwitchCard::tr("Several query heads share one of key and value, so a chat remembers less");
    if (name == "use_lora") return SwitchCard::tr("A small adapter is trained on a base model that stays as it is");
    if (name == "use_qlora") return SwitchCard::tr("The same, with the base model in 4 bits");
    return SwitchCard::tr("Positions are stretched (YaRN), for four times the context");
}

QString refusal_text(const std::string& word) {
    if (word == "base_model") return SwitchCard::tr("the base model has its shape");
    if (word == "fresh_model") return SwitchCard::tr("needs a base model to go on from");
    if (word == "one_head") return SwitchCard::tr("one head cannot be grouped");
    return QString::fromStdString(word);
}

SwitchCard::SwitchCard(const RunPlan& plan, QWidget* parent)
    : Card(parent), plan_(plan), grid_(new QGridLayout), rank_(new DropDown) {
    grid_->setHorizontalSpacing(space::kGrid);
    grid_->setVerticalSpacing(2);
    grid_->setColumnStretch(1, 1);
    content()->addLayout(grid_);
    for (const std::string_view name : switch_names()) {
        const std::string word(name);
        auto* control = new Switch;
        control->setObjectName(QString::fromStdString(word));
        rows_[word] = add_row(QString::fromStdString(word), control);
        rows_[word].control = control;
        connect(control, &Switch::clicked, this, [this, word] { Q_EMIT turned(word); });
        if (word != "use_qlora") continue;
        for (const int rank : kRanks) rank_->addItem(QString::number(rank), rank);
        rank_row_ = add_row(QStringLiteral("lora_rank"), rank_);
        connect(rank_, &QComboBox::activated, this, [this] { Q_EMIT rank_chosen(rank_->currentData().toLongLong()); });
    }
    connect(&plan, &RunPlan::changed, this, &SwitchCard::show_costs);
}

SwitchCard::Row SwitchCard::add_row(const QString& name, QWidget* control) {
    const int at = 2 * grid_->rowCount();
    Row row{.control = nullptr,
            .name = make_label(TextRole::mono),
            .help = make_label(TextRole::caption, Tone::muted),
            .cost = make_label(TextRole::caption)};
    row.name->setText(name);
    row.help->setWordWrap(true);
    row.cost->setWordWrap(true);
    row.cost->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    if (at > 2) grid_->setRowMinimumHeight(at - 1, space::kTiny);
    grid_->addWidget(control, at, 0, Qt::AlignLeft | Qt::AlignVCenter);
    grid_->addWidget(row.name, at, 1);
    grid_->addWidget(row.cost, at, 2);
    grid_->addWidget(row.help, at + 1, 1, 1, 2);
    return row;
}

void SwitchCard::set_config(const RunConfig& config) {
    config_ = config;
    const ModelConfig shape = config.model.value_or(ModelConfig{});
    for (auto& [name, row] : rows_) row.control->setChecked(switch_is_on(config, shape, name));
    const auto rank = static_cast<int>(config.lora ? config.lora->r : LoraConfig{}.r);
    if (rank_->findData(rank) < 0) rank_->addItem(QString::number(rank), rank);
    rank_->setCurrentIndex(rank_->findData(rank));
    rank_->setEnabled(config.lora.has_value());
    show_costs();
}

// What can be turned follows from the settings alone; what it takes comes with the engine's answer.
void SwitchCard::show_costs() {
    const bool known = plan_.is_current() && plan_.answer() && !plan_.error();
    for (auto& [name, row] : rows_) {
        SwitchCost cost{.name = name,
                        .refused = switched_over(config_, config_.model.value_or(ModelConfig{}), name).refused};
        bool told = cost.refused.has_value();
        if (known)
            for (const SwitchCost& one : plan_.answer()->switches)
                if (one.name == name) {
                    cost = one;
                    told = true;
                    if (config_.base_model) row.control->setChecked(one.on);  // its shape is the engine's to know
                }
        row.control->setEnabled(!cost.refused);
        row.cost->setText(told ? switch_text(cost) : QString(QChar(0x2026)));
        set_tone(row.cost, cost.refused ? Tone::muted : Tone::text);
        row.control->setAccessibleDescription(switch_help(name) + QStringLiteral(" · ") + row.cost->text());
    }
    QString rank;
    if (known && config_.lora)
        for (const FieldCost& cost : plan_.answer()->costs)
            if (cost.key == "lora.r") rank = cost_text(cost);
    rank_row_.cost->setText(config_.lora ? rank : tr("of an adapter"));
    set_tone(rank_row_.cost, config_.lora ? Tone::text : Tone::muted);
}

void SwitchCard::retranslate() {
    set_title(tr("Switches"));
    for (auto& [name, row] : rows_) {
        row.help->setText(switch_help(name));
        row.control->setAccessibleName(QString::fromStdString(name));
        row.control->setToolTip(switch_help(name));
    }
    rank_row_.help->setText(tr("Rank of the adapter's matrices: more can learn more; 8 to 64 is usual"));
    rank_->setAccessibleName(QStringLiteral("lora_rank"));
    rank_->setToolTip(rank_row_.help->text());
    show_costs();
}

}  // namespace lathe
