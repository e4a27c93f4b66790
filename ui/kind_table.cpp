#include "ui/kind_table.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

#include "ui/number_text.h"
#include "ui/paint_parts.h"

namespace lathe {

namespace {

constexpr int kLine = 22, kMark = 10, kBarHeight = 12, kMeterHeight = 3, kLeastWidth = 180;
constexpr double kFaded = 0.45;

QString words_of(const std::vector<MemoryKind>& kinds) {
    QStringList words;
    for (const MemoryKind& kind : kinds)
        words << kind.title + QLatin1Char(' ') + bytes_text(static_cast<double>(kind.bytes));
    return words.join(QStringLiteral(", "));
}

}  // namespace

KindTable::KindTable(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void KindTable::set_kinds(const std::vector<MemoryKind>& kinds) {
    const int height_before = sizeHint().height();
    kinds_ = kinds;
    setAccessibleName(words_of(kinds_));
    if (sizeHint().height() != height_before) updateGeometry();
    update();
}

void KindTable::set_faded(bool faded) {
    faded_ = faded;
    update();
}

QSize KindTable::sizeHint() const {
    return {kLeastWidth, static_cast<int>((kinds_.size() + columns() - 1) / columns()) * kLine};
}

size_t KindTable::columns() const {
    const QFontMetricsF metrics(text_font(TextRole::caption));
    double widest = 0;
    for (const MemoryKind& kind : kinds_)
        widest = std::max(widest, metrics.horizontalAdvance(kind.title) +
                                      metrics.horizontalAdvance(bytes_text(static_cast<double>(kind.bytes))));
    const double column = kMark + space::kSmall + widest + space::kGrid;
    return 2 * column + space::kGrid <= width() ? 2 : 1;
}

void KindTable::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    updateGeometry();
}

void KindTable::paintEvent(QPaintEvent* /*event*/) {
    const Theme& theme = current_theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (faded_) painter.setOpacity(kFaded);
    const size_t rows = (kinds_.size() + columns() - 1) / columns();
    const double gap = space::kPage, column = columns() == 1 ? width() : (width() - gap) / 2.0;
    for (size_t i = 0; i < kinds_.size(); ++i) {  // down the left column, then the right
        const size_t across = i / rows, down = i % rows;
        const QRectF line(static_cast<double>(across) * (column + gap), static_cast<double>(down) * kLine, column,
                          kLine);
        painter.setPen(Qt::NoPen);
        painter.setBrush(kinds_[i].color);
        painter.drawRoundedRect(QRectF(line.left(), line.center().y() - kMark / 2.0, kMark, kMark), radius::kChip,
                                radius::kChip);
        const double value = paint_text(painter, line, bytes_text(static_cast<double>(kinds_[i].bytes)),
                                        TextRole::caption, theme.text, Qt::AlignRight);
        paint_text(painter, line.adjusted(kMark + space::kSmall, 0, -value - space::kSmall, 0), kinds_[i].title,
                   TextRole::caption, theme.muted);
    }
}

MemoryBar::MemoryBar(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void MemoryBar::set_kinds(const std::vector<MemoryKind>& kinds, int64_t available_bytes, Tone tone) {
    kinds_ = kinds;
    available_bytes_ = available_bytes;
    tone_ = tone;
    setAccessibleName(words_of(kinds_));
    update();
}

void MemoryBar::set_faded(bool faded) {
    faded_ = faded;
    update();
}

QSize MemoryBar::sizeHint() const {
    return {kLeastWidth, kBarHeight + kMeterHeight + 2 * space::kTiny};
}

void MemoryBar::paintEvent(QPaintEvent* /*event*/) {
    const Theme& theme = current_theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (faded_) painter.setOpacity(kFaded);
    const QRectF bar(0, 0, width(), kBarHeight);
    QPainterPath shape;
    shape.addRoundedRect(bar, radius::kChip, radius::kChip);
    painter.fillPath(shape, theme.raised);
    int64_t total = 0;
    for (const MemoryKind& kind : kinds_) total += kind.bytes;
    if (total <= 0) return;
    painter.save();
    painter.setClipPath(shape);
    double left = 0;
    for (const MemoryKind& kind : kinds_) {
        const double length = static_cast<double>(kind.bytes) / static_cast<double>(total) * bar.width();
        painter.fillRect(QRectF(left, bar.top(), std::max(0.0, length - 1), bar.height()), kind.color);
        left += length;
    }
    painter.restore();
    if (available_bytes_ <= 0) return;
    const double share = std::min(1.0, static_cast<double>(total) / static_cast<double>(available_bytes_));
    const QRectF meter(0, bar.bottom() + space::kTiny, width(), kMeterHeight);
    painter.setPen(Qt::NoPen);
    for (const auto& [length, color] : {std::pair(1.0, theme.raised), std::pair(share, tone_color(theme, tone_))}) {
        painter.setBrush(color);
        painter.drawRoundedRect(QRectF(meter.left(), meter.top(), length * meter.width(), meter.height()), 1.5, 1.5);
    }
}

}  // namespace lathe
