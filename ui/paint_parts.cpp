#include "ui/paint_parts.h"

#include <QFontMetricsF>

namespace lathe {

namespace {

constexpr double kHeaderHeight = 20, kDot = 8, kChipHeight = 26;

}  // namespace

void paint_card(QPainter& painter, const Theme& theme, const QRectF& place) {
    painter.setPen(QPen(theme.line, stroke::kHair));
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), radius::kCard, radius::kCard);
}

double paint_text(QPainter& painter, const QRectF& place, const QString& text, TextRole role, const QColor& color,
                  Qt::Alignment alignment) {
    const QFont font = text_font(role);
    const QFontMetricsF metrics(font);
    // A pixel of slack: widths are sums of rounded advances.
    const QString shown = metrics.horizontalAdvance(text) <= place.width() + 1
                              ? text
                              : metrics.elidedText(text, Qt::ElideRight, place.width());
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(place, static_cast<int>(alignment) | Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip,
                     shown);
    return metrics.horizontalAdvance(shown);
}

QRectF paint_card_header(QPainter& painter, const Theme& theme, const QRectF& card, const QString& title,
                         const QString& aside) {
    const QRectF inner = card.adjusted(space::kCard, space::kGrid, -space::kCard, -space::kGrid);
    const QRectF line(inner.left(), inner.top(), inner.width(), kHeaderHeight);
    const double used = paint_text(painter, line, title, TextRole::heading, theme.text);
    paint_text(painter, line.adjusted(used + space::kCard, 0, 0, 0), aside, TextRole::caption, theme.muted,
               Qt::AlignRight);
    return inner.adjusted(0, kHeaderHeight + space::kTiny, 0, 0);
}

void paint_tile(QPainter& painter, const Theme& theme, const QRectF& place, const Tile& tile) {
    paint_card(painter, theme, place);
    const double left = place.left() + space::kCard, width = place.width() - 2 * space::kCard;
    const double top = place.top() + (place.height() - 60) / 2;
    paint_text(painter, {left, top, width, 16}, tile.label, TextRole::caption, theme.muted);
    const bool fits = QFontMetricsF(text_font(TextRole::figure)).horizontalAdvance(tile.value) <= width + 1;
    paint_text(painter, {left, top + 17, width, 26}, tile.value, fits ? TextRole::figure : TextRole::heading,
               theme.text);
    paint_text(painter, {left, top + 44, width, 16}, tile.note, TextRole::caption, tone_color(theme, tile.tone));
}

double paint_state(QPainter& painter, const Theme& theme, const QRectF& place, const StateWord& state) {
    const QColor color = tone_color(theme, state.tone);
    const double word = QFontMetricsF(text_font(TextRole::label)).horizontalAdvance(state.word);
    const double width = word + kDot + 2 * space::kGrid + space::kSmall;
    const QRectF chip(place.right() - width, place.center().y() - kChipHeight / 2, width, kChipHeight);
    painter.setPen(QPen(theme.line, stroke::kHair));
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), radius::kControl, radius::kControl);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(QPointF(chip.left() + space::kGrid + kDot / 2, chip.center().y()), kDot / 2, kDot / 2);
    paint_text(painter, chip.adjusted(space::kGrid + kDot + space::kSmall, 0, -space::kGrid, 0), state.word,
               TextRole::label, theme.text);
    return width;
}

}  // namespace lathe
