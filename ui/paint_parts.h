// The few shapes that pictures and pages are painted with: card, tile, elided text, state chip. Thread: GUI.
#pragma once

#include <QPainter>
#include <QRectF>
#include <QString>

#include "ui/run_summary.h"
#include "ui/theme.h"

namespace lathe {

// Surface with a border of 1 px and round corners.
void paint_card(QPainter& painter, const Theme& theme, const QRectF& place);
// Title on the left, a quiet word on the right; returns what the card has left for its content.
QRectF paint_card_header(QPainter& painter, const Theme& theme, const QRectF& card, const QString& title,
                         const QString& aside);
void paint_tile(QPainter& painter, const Theme& theme, const QRectF& place, const Tile& tile);
// One line, elided at the right, vertically centred. Returns its width.
double paint_text(QPainter& painter, const QRectF& place, const QString& text, TextRole role, const QColor& color,
                  Qt::Alignment alignment = Qt::AlignLeft);
// Dot and word in a rounded border, ending at the right edge of `place`; returns its width.
double paint_state(QPainter& painter, const Theme& theme, const QRectF& place, const StateWord& state);

}  // namespace lathe
