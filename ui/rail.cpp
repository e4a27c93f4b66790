#include "ui/rail.h"

#include <QPainter>

#include "ui/icons.h"
#include "ui/theme.h"

namespace lathe {

namespace {

constexpr int kWidth = 176, kFoldedWidth = 60, kButtonHeight = 36, kIcon = 20, kTop = 64;

}  // namespace

RailButton::RailButton(QString icon, QWidget* parent) : QAbstractButton(parent), icon_(std::move(icon)) {
    setCheckable(true);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setFont(text_font(TextRole::body));
}

void RailButton::set_words(const QString& text, const QString& tooltip) {
    setText(text);
    setToolTip(tooltip);
    setAccessibleName(text);
    setAccessibleDescription(tooltip);
    update();
}

void RailButton::set_folded(bool folded) {
    folded_ = folded;
    updateGeometry();
    update();
}

void RailButton::set_busy(bool busy) {
    busy_ = busy;
    update();
}

QSize RailButton::sizeHint() const {
    return {folded_ ? kFoldedWidth - 2 * space::kSmall : kWidth - 2 * space::kSmall, kButtonHeight};
}

void RailButton::paintEvent(QPaintEvent* /*event*/) {
    const Theme& theme = current_theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF place = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    if (isChecked() || underMouse()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(blend(isChecked() ? theme.accent : theme.text, theme.rail, isChecked() ? 0.18 : 0.06));
        painter.drawRoundedRect(place, radius::kControl, radius::kControl);
    }
    if (isChecked()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.accent);
        painter.drawRoundedRect(QRectF(0, 8, 3, height() - 16), 1.5, 1.5);
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), radius::kControl, radius::kControl);
    }
    const double left = folded_ ? (width() - kIcon) / 2.0 : space::kGrid;
    paint_icon(painter, icon_, {left, (height() - kIcon) / 2.0, kIcon, kIcon},
               isChecked() ? theme.accent : theme.muted);
    if (busy_) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.ok);
        painter.drawEllipse(QPointF(folded_ ? left + kIcon : width() - space::kGrid, height() / 2.0), 3.5, 3.5);
    }
    if (folded_) return;
    painter.setPen(isChecked() ? theme.text : theme.muted);
    painter.setFont(text_font(isChecked() ? TextRole::button : TextRole::body));
    const QRectF words(left + kIcon + space::kGrid, 0, width() - left - kIcon - 2 * space::kGrid, height());
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, text());
}

Rail::Rail(QWidget* parent) : QWidget(parent), column_(new QVBoxLayout(this)), group_(new QButtonGroup(this)) {
    setFixedWidth(kWidth);
    column_->setContentsMargins(space::kSmall, kTop, space::kSmall, space::kSmall);
    column_->setSpacing(space::kTiny);
    column_->addStretch(1);
    connect(group_, &QButtonGroup::idClicked, this, &Rail::chosen);
}

RailButton* Rail::add_page(const QString& icon, Place place) {
    auto* button = new RailButton(icon);
    const int page = static_cast<int>(group_->buttons().size());
    group_->addButton(button, page);
    column_->insertWidget(place == Place::top ? page : column_->count(), button);
    return button;
}

void Rail::set_current(int page) {
    group_->button(page)->setChecked(true);
}

void Rail::set_folded(bool folded) {
    if (folded == folded_) return;
    folded_ = folded;
    setFixedWidth(folded ? kFoldedWidth : kWidth);
    for (QAbstractButton* button : group_->buttons()) static_cast<RailButton*>(button)->set_folded(folded);
    update();
}

void Rail::paintEvent(QPaintEvent* /*event*/) {
    const Theme& theme = current_theme();
    QPainter painter(this);
    painter.fillRect(rect(), theme.rail);
    painter.setPen(theme.text);
    painter.setFont(text_font(TextRole::title));
    const QRectF name(space::kSmall, space::kCard, width() - 2 * space::kSmall, 32);
    painter.drawText(folded_ ? name : name.adjusted(space::kGrid, 0, 0, 0),
                     Qt::AlignVCenter | (folded_ ? Qt::AlignHCenter : Qt::AlignLeft),
                     folded_ ? QStringLiteral("L") : QStringLiteral("Lathe"));
}

}  // namespace lathe
