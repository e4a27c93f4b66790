#include "ui/token_flow.h"

#include <algorithm>

#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr double kLikely = 0.8, kPossible = 0.5, kJoint = 1, kGap = 5;

}  // namespace

QString probability_text(double probability) {
    if (probability > 0 && probability < 0.00005) return QLatin1Char('<') + percent_text(0.0001, 2);
    return percent_text(probability, probability < 0.00995 ? 2 : probability < 0.0995 ? 1 : 0);
}

Tone probability_tone(double probability) {
    return probability > kLikely ? Tone::ok : probability >= kPossible ? Tone::warn : Tone::bad;
}

TokenFlow::TokenFlow(QWidget* parent) : ChipFlow(parent) {}

// A token may be part of a word, or hold several line ends.
void TokenFlow::set_sample(const Sampled& sample) {
    tokens_ = sample.tokens;
    token_of_.clear();
    std::vector<Chip> chips;
    double gap = kJoint;
    int breaks = 0;
    const auto add = [&](const QString& text, size_t token) {
        QString word;
        const auto flush = [&] {
            if (word.isEmpty()) return;
            chips.push_back({.text = std::exchange(word, {}),
                             .gap = std::exchange(gap, kJoint),
                             .breaks = std::exchange(breaks, 0)});
            token_of_.push_back(token);
        };
        for (const QChar sign : text) {
            if (!sign.isSpace()) {
                word += sign;
                continue;
            }
            flush();
            gap = kGap;
            if (sign == QLatin1Char('\n') && !chips.empty()) ++breaks;
        }
        flush();
    };
    for (size_t i = 0; i < tokens_.size(); ++i) add(QString::fromStdString(tokens_[i].text), i);
    if (tokens_.empty())
        for (const QString& word : QString::fromStdString(sample.text).split(QLatin1Char(' ')))
            add(QLatin1Char(' ') + word, 0);
    setAccessibleName(QString::fromStdString(sample.text));
    set_chips(std::move(chips));
}

QString TokenFlow::tooltip(size_t chip) const {
    if (tokens_.empty()) return {};
    const SampledToken& token = tokens_[token_of_[chip]];
    QString text =
        tr("“%1” had a probability of %2").arg(visible_text(token.text), probability_text(token.probability));
    QStringList others;
    for (const auto& [other, probability] : token.likeliest)
        others << QStringLiteral("%1  %2").arg(probability_text(probability), visible_text(other));
    if (!others.isEmpty())
        text += QLatin1Char('\n') + tr("likeliest there:") + QLatin1Char('\n') + others.join(QLatin1Char('\n'));
    return text;
}

void TokenFlow::paint(QPainter& painter, const QRectF& box, size_t chip) const {
    const Theme& theme = current_theme();
    if (!tokens_.empty()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(chip_color(theme, probability_tone(tokens_[token_of_[chip]].probability)));
        painter.drawRoundedRect(box, radius::kChip, radius::kChip);
    }
    painter.setPen(theme.text);
    painter.drawText(box, Qt::AlignCenter | Qt::TextSingleLine, chips()[chip].text);
}

}  // namespace lathe
