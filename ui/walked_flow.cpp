#include "ui/walked_flow.h"

#include <QKeyEvent>
#include <algorithm>

namespace lathe {

WalkedFlow::WalkedFlow(QWidget* parent) : ChipFlow(parent) {
    setFocusPolicy(Qt::StrongFocus);
}

void WalkedFlow::begin_anew() {
    current_ = hasFocus() && tokens() > 0 ? 0 : -1;
    setAccessibleDescription(current_text());
}

void WalkedFlow::set_current(int token) {
    token = std::min(std::max(token, -1), tokens() - 1);
    if (token == current_) return;
    current_ = token;
    setAccessibleDescription(current_text());
    update();
    Q_EMIT current_changed(token);
}

QString WalkedFlow::tooltip(size_t chip) const {
    const int token = token_of(chip);
    return token < 0 ? QString() : words_of(token);
}

void WalkedFlow::paint_ring(QPainter& painter, const QRectF& box, size_t chip) const {
    const int token = token_of(chip);
    if (token < 0 || token != current_) return;
    painter.setPen(QPen(hasFocus() ? current_theme().accent : current_theme().muted, stroke::kSeries));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius::kChip, radius::kChip);
}

void WalkedFlow::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Right:
            return set_current(current_ + 1);
        case Qt::Key_Left:
            return set_current(std::max(current_ - 1, 0));
        case Qt::Key_Home:
            return set_current(0);
        case Qt::Key_End:
            return set_current(tokens() - 1);
        default:
            QWidget::keyPressEvent(event);
    }
}

void WalkedFlow::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    if (current_ < 0 && event->reason() != Qt::MouseFocusReason) set_current(0);
    update();
}

void WalkedFlow::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    update();
}

void WalkedFlow::mousePressEvent(QMouseEvent* event) {
    const int chip = chip_at(event->position());
    set_current(chip < 0 ? -1 : token_of(static_cast<size_t>(chip)));
}

}  // namespace lathe
