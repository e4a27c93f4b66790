#include "ui/field_words.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "ui/error_text.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(FieldWords)
};

constexpr std::array<std::string_view, 19> kBasic = {"model.hidden_size",
                                                     "model.num_hidden_layers",
                                                     "model.num_attention_heads",
                                                     "base_model.path",
                                                     "lora.r",
                                                     "lora.lora_alpha",
                                                     "lora.lora_dropout",
                                                     "lora.target_modules",
                                                     "tokenizer.path",
                                                     "tokenizer.vocab_size",
                                                     "data.files",
                                                     "data.max_length",
                                                     "train.per_device_train_batch_size",
                                                     "train.max_steps",
                                                     "train.num_train_epochs",
                                                     "train.learning_rate",
                                                     "train.warmup_steps",
                                                     "train.sample_prompt",
                                                     "train.gradient_checkpointing"};

constexpr int64_t kLeastBytes = 500'000;
constexpr double kLeastRatio = 1.05;

bool ends_with(const std::string& key, std::string_view end) {
    return key.size() >= end.size() && key.compare(key.size() - end.size(), end.size(), end) == 0;
}

QString number(double value) {
    if (value != std::trunc(value) || std::abs(value) >= 1e15) return rate_text(value);
    return std::abs(value) >= 1e9 ? rate_text(value) : count_text(static_cast<int64_t>(value));
}

}  // namespace

bool is_basic_field(const std::string& key) {
    return std::find(kBasic.begin(), kBasic.end(), key) != kBasic.end();
}

QString field_unit(const std::string& key) {
    if (ends_with(key, "accumulation_steps")) return Words::tr("batches");
    if (ends_with(key, "_steps")) return Words::tr("steps");
    if (ends_with(key, "_tokens") || ends_with(key, ".max_length") || ends_with(key, "position_embeddings"))
        return Words::tr("tokens");
    if (ends_with(key, "_bytes")) return Words::tr("bytes");
    if (ends_with(key, "_interval_s")) return Words::tr("seconds");
    if (ends_with(key, "_epochs")) return Words::tr("passes");
    if (ends_with(key, "batch_size")) return Words::tr("sequences");
    if (ends_with(key, ".eval_batches")) return Words::tr("batches");
    return {};
}

QString value_in_words(const std::string& key, double value) {
    if (ends_with(key, "_bytes") && value >= 1e6) return Words::tr("= %1").arg(bytes_text(value));
    if (ends_with(key, "_interval_s") && value >= 100) return Words::tr("= %1").arg(duration_text(value));
    return field_unit(key);
}

QString field_help(const Field& field, const QString& usual) {
    const std::string english(field.help);
    QString help = english.empty() ? QString() : QCoreApplication::translate("FieldHelp", english.c_str());
    if (usual.isEmpty()) return help;
    return help.isEmpty() ? Words::tr("usually %1").arg(usual) : Words::tr("%1 · usually %2").arg(help, usual);
}

QString field_range(const Field& field) {
    const bool below = std::isfinite(field.min), above = std::isfinite(field.max);
    if (below && above) return Words::tr("%1 to %2").arg(number(field.min), number(field.max));
    if (below) return Words::tr("at least %1").arg(number(field.min));
    return above ? Words::tr("at most %1").arg(number(field.max)) : QString();
}

QString cost_text(const FieldCost& cost) {
    const auto more = [](int64_t bytes) {
        return (bytes > 0 ? QStringLiteral("+") : QStringLiteral("\u2212")) +
               bytes_text(std::abs(static_cast<double>(bytes)));
    };
    QStringList parts;
    if (std::abs(cost.bytes) >= kLeastBytes) parts << more(cost.bytes);
    if (cost.time_ratio >= kLeastRatio || (cost.time_ratio > 0 && cost.time_ratio <= 1 / kLeastRatio))
        parts << Words::tr("×%1 time").arg(fixed_text(cost.time_ratio, 1));
    if (std::abs(cost.chat_bytes) >= kLeastBytes) parts << Words::tr("%1 in a chat").arg(more(cost.chat_bytes));
    if (parts.isEmpty()) return {};
    const QString all = parts.join(QStringLiteral(", "));
    if (cost.other.empty()) return Words::tr("twice: %1").arg(all);
    if (cost.other == "true") return Words::tr("on: %1").arg(all);
    if (cost.other == "false") return Words::tr("off: %1").arg(all);
    return QString::fromStdString(cost.other) + QStringLiteral(": ") + all;
}

QString field_error(const Error& error) {
    const QString expected = engine_words(error.expected);
    if (error.kind == ErrorKind::not_found) return Words::tr("is not there");
    if (error.kind == ErrorKind::unreadable) return Words::tr("cannot be read");
    if (error.kind == ErrorKind::empty) return Words::tr("has nothing usable in it");
    if (error.kind == ErrorKind::memory) return Words::tr("was not enough");
    if (error.kind == ErrorKind::malformed) return Words::tr("breaks its format");
    if (error.expected.empty()) return Words::tr("is not possible");
    return Words::tr("must be %1").arg(expected);
}

}  // namespace lathe
