#include "ui/chip_flow.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <utility>

namespace lathe {

namespace {

constexpr double kInset = 3, kHeight = 21, kLineHeight = 27, kOpacity = 0.24;

}  // namespace

QString visible_text(const std::string& token) {
    QString text = QString::fromStdString(token);
    text.replace(QLatin1String("\r"), QStringLiteral("␍")).replace(QLatin1Char('\n'), QStringLiteral("⏎"));
    return text.replace(QLatin1Char('\t'), QStringLiteral("⇥")).replace(QLatin1Char(' '), QStringLiteral("·"));
}

QColor chip_color(const Theme& theme, Tone tone) {
    return blend(tone_color(theme, tone), theme.surface, kOpacity);
}

ChipFlow::ChipFlow(QWidget* parent) : QWidget(parent) {
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ChipFlow::set_chips(std::vector<Chip> chips) {
    chips_ = std::move(chips);
    placed_width_ = -1;
    updateGeometry();
    update();
}

void ChipFlow::add_chip(Chip chip) {
    chips_.push_back(std::move(chip));
    updateGeometry();
    update();
}

const std::vector<QRectF>& ChipFlow::placed(int width) const {
    if (std::exchange(placed_width_, width) != width) placed_.clear();
    if (placed_.size() == chips_.size()) return placed_;
    const QFontMetricsF metrics(text_font(TextRole::body));
    double x = placed_.empty() ? 0 : placed_.back().right(), y = placed_.empty() ? 0 : placed_.back().top();
    for (size_t i = placed_.size(); i < chips_.size(); ++i) {
        const Chip& chip = chips_[i];
        const double wide = std::min<double>(std::ceil(metrics.horizontalAdvance(chip.text)) + 2 * kInset, width);
        if (chip.breaks > 0) {
            y += kLineHeight * std::min(chip.breaks, 2);
            x = 0;
        } else if (x > 0) {
            x += chip.gap;
        }
        if (x > 0 && x + wide > width) {
            x = 0;
            y += kLineHeight;
        }
        placed_.emplace_back(x, y, wide, kHeight);
        x += wide;
    }
    return placed_;
}

int ChipFlow::heightForWidth(int width) const {
    const std::vector<QRectF>& boxes = placed(width);
    return boxes.empty() ? 0 : static_cast<int>(std::ceil(boxes.back().bottom())) + 1;
}

QSize ChipFlow::sizeHint() const {
    return {320, heightForWidth(std::max(320, width()))};
}

QSize ChipFlow::minimumSizeHint() const {
    return {120, static_cast<int>(kHeight)};
}

int ChipFlow::chip_at(const QPointF& place) const {
    const std::vector<QRectF>& boxes = placed(width());
    const auto found = std::find_if(boxes.begin(), boxes.end(), [&](const QRectF& box) { return box.contains(place); });
    return found == boxes.end() ? -1 : static_cast<int>(found - boxes.begin());
}

bool ChipFlow::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int chip = chip_at(help->pos());
    const QString words = chip < 0 ? QString() : tooltip(static_cast<size_t>(chip));
    if (words.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), words, this, placed(width())[static_cast<size_t>(chip)].toRect());
    return true;
}

void ChipFlow::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(text_font(TextRole::body));
    const std::vector<QRectF>& boxes = placed(width());
    for (size_t chip = 0; chip < boxes.size(); ++chip)
        if (boxes[chip].intersects(event->rect())) paint(painter, boxes[chip], chip);
}

}  // namespace lathe
