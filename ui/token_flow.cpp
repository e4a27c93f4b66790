#include "ui/token_flow.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr double kLikely = 0.8, kPossible = 0.5;
constexpr double kPadding = 2, kJoint = 1, kGap = 5, kChipHeight = 21, kLineHeight = 27;
constexpr double kChipOpacity = 0.24;

QString percent_text(double share) {
    return fixed_text(100 * share, share < 0.0995 ? 1 : 0) + QStringLiteral("\u202f%");
}

// Blanks and line ends are seen as signs.
QString visible_text(const std::string& token) {
    QString text = QString::fromStdString(token);
    return text.replace(QLatin1Char('\n'), QStringLiteral("⏎")).replace(QLatin1Char(' '), QStringLiteral("␣"));
}

}  // namespace

Tone probability_tone(double probability) {
    return probability > kLikely ? Tone::ok : probability >= kPossible ? Tone::warn : Tone::bad;
}

QColor chip_color(const Theme& theme, Tone tone) {
    return blend(tone_color(theme, tone), theme.surface, kChipOpacity);
}

TokenFlow::TokenFlow(QWidget* parent) : QWidget(parent) {
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void TokenFlow::set_sample(const Sampled& sample) {
    tokens_ = sample.tokens;
    chips_.clear();
    at_blank_ = false;
    open_breaks_ = 0;
    for (size_t i = 0; i < tokens_.size(); ++i)
        add_chips(QString::fromStdString(tokens_[i].text), probability_tone(tokens_[i].probability), i);
    if (tokens_.empty())
        for (const QString& word : QString::fromStdString(sample.text).split(QLatin1Char(' ')))
            add_chips(QLatin1Char(' ') + word, Tone::muted, 0);
    setAccessibleName(QString::fromStdString(sample.text));
    updateGeometry();
    update();
}

// A token may be part of a word, or hold several line ends.
void TokenFlow::add_chips(const QString& text, Tone tone, size_t token) {
    QString word;
    const auto flush = [&] {
        if (word.isEmpty()) return;
        chips_.push_back({.text = word, .gap = at_blank_, .breaks = open_breaks_, .tone = tone, .token = token});
        word.clear();
        at_blank_ = false;
        open_breaks_ = 0;
    };
    for (const QChar sign : text) {
        if (!sign.isSpace()) {
            word += sign;
            continue;
        }
        flush();
        at_blank_ = true;
        if (sign == QLatin1Char('\n') && !chips_.empty()) ++open_breaks_;
    }
    flush();
}

std::vector<TokenFlow::Placed> TokenFlow::placed(int width) const {
    const QFontMetricsF metrics(text_font(TextRole::body));
    std::vector<Placed> places;
    double x = 0, y = 0;
    for (const Chip& chip : chips_) {
        const double wide = std::min<double>(std::ceil(metrics.horizontalAdvance(chip.text)) + 2 * kPadding, width);
        if (chip.breaks > 0) {
            y += kLineHeight * std::min(chip.breaks, 2);
            x = 0;
        } else if (x > 0) {
            x += chip.gap ? kGap : kJoint;
        }
        if (x > 0 && x + wide > width) {
            x = 0;
            y += kLineHeight;
        }
        places.push_back({QRectF(x, y, wide, kChipHeight), &chip});
        x += wide;
    }
    return places;
}

int TokenFlow::heightForWidth(int width) const {
    const std::vector<Placed> places = placed(width);
    return places.empty() ? 0 : static_cast<int>(std::ceil(places.back().box.bottom()));
}

QSize TokenFlow::sizeHint() const {
    return {320, heightForWidth(std::max(320, width()))};
}

QSize TokenFlow::minimumSizeHint() const {
    return {120, static_cast<int>(kChipHeight)};
}

bool TokenFlow::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    if (!tokens_.empty()) {
        for (const Placed& place : placed(width())) {
            if (!place.box.contains(help->pos())) continue;
            QToolTip::showText(help->globalPos(), tooltip(tokens_[place.chip->token]), this, place.box.toRect());
            return true;
        }
    }
    QToolTip::hideText();
    return true;
}

QString TokenFlow::tooltip(const SampledToken& token) const {
    QString text = tr("“%1” had a probability of %2").arg(visible_text(token.text), percent_text(token.probability));
    QStringList others;
    for (const auto& [other, probability] : token.likeliest)
        others << QStringLiteral("%1  %2").arg(percent_text(probability), visible_text(other));
    if (!others.isEmpty())
        text += QLatin1Char('\n') + tr("likeliest there:") + QLatin1Char('\n') + others.join(QLatin1Char('\n'));
    return text;
}

void TokenFlow::paintEvent(QPaintEvent* event) {
    const Theme& theme = current_theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(text_font(TextRole::body));
    for (const Placed& place : placed(width())) {
        if (!place.box.intersects(event->rect())) continue;
        if (!tokens_.empty()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(chip_color(theme, place.chip->tone));
            painter.drawRoundedRect(place.box, radius::kChip, radius::kChip);
        }
        painter.setPen(theme.text);
        painter.drawText(place.box, Qt::AlignCenter | Qt::TextSingleLine, place.chip->text);
    }
}

}  // namespace lathe
