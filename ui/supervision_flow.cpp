#include "ui/supervision_flow.h"

#include <QFontMetricsF>
#include <QKeyEvent>
#include <algorithm>

#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr double kJoint = 2, kUnderline = 2;
constexpr size_t kMostChips = 4096;

}  // namespace

void paint_chip(QPainter& painter, const Theme& theme, const QRectF& box, ChipKind kind, const QString& text) {
    const QRectF frame = box.adjusted(0.5, 0.5, -0.5, -0.5);
    const QPen hair(theme.line, stroke::kHair), dashed(theme.faint, stroke::kHair, Qt::DashLine);
    QColor color = theme.muted;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(hair);
    if (kind == ChipKind::trained) {
        color = theme.text;
        painter.setPen(Qt::NoPen);
        painter.setBrush(chip_color(theme, Tone::ok));
    } else if (kind == ChipKind::cut) {
        painter.setPen(dashed);
    } else if (kind == ChipKind::padding) {
        painter.setPen(dashed);
        painter.setBrush(QBrush(theme.line, Qt::BDiagPattern));
    } else if (kind == ChipKind::document || kind == ChipKind::cut_mark) {
        color = kind == ChipKind::document ? theme.data[0] : theme.warn;
        painter.setPen(QPen(color, stroke::kSeries));
        painter.drawLine(box.topLeft() + QPointF(1, 1), box.bottomLeft() + QPointF(1, -1));
        painter.setPen(Qt::NoPen);
    }
    painter.drawRoundedRect(frame, radius::kChip, radius::kChip);
    if (kind == ChipKind::trained)
        painter.fillRect(QRectF(box.left() + 1, box.bottom() - kUnderline, box.width() - 2, kUnderline), theme.ok);
    painter.setPen(color);
    const QFontMetricsF metrics(painter.font());
    const QString seen = metrics.elidedText(text, Qt::ElideRight, box.width() - 2);
    painter.drawText(box, Qt::AlignCenter | Qt::TextSingleLine, seen);
    if (kind == ChipKind::cut)
        painter.drawLine(QPointF(box.left() + 2, box.center().y()), QPointF(box.right() - 2, box.center().y()));
}

SupervisionFlow::SupervisionFlow(QWidget* parent) : ChipFlow(parent) {
    setFocusPolicy(Qt::StrongFocus);
}

void SupervisionFlow::set_tokens(const InspectedTokens* shown) {
    tokens_.clear();
    begins_.clear();
    kept_ = padding_ = left_out_ = 0;
    current_ = -1;
    if (shown != nullptr) {
        const size_t count = std::min(shown->tokens.size(), kMostChips);
        tokens_.assign(shown->tokens.begin(), shown->tokens.begin() + static_cast<std::ptrdiff_t>(count));
        left_out_ = static_cast<int64_t>(shown->tokens.size() - count);
        kept_ = shown->kept;
        padding_ = shown->padding;
        begins_ = shown->document_begin;
    }
    if (hasFocus() && !tokens_.empty()) current_ = 0;
    retranslate();
}

ChipKind SupervisionFlow::kind_of(int token) const {
    if (token >= kept_) return ChipKind::cut;
    return tokens_[static_cast<size_t>(token)].trained ? ChipKind::trained : ChipKind::masked;
}

void SupervisionFlow::make_chips() {
    std::vector<Chip> chips;
    meanings_.clear();
    int breaks = 0;
    const auto put = [&](ChipKind kind, const QString& text, int token = -1) {
        chips.push_back({.text = text, .gap = kJoint, .breaks = chips.empty() ? 0 : breaks});
        meanings_.push_back({kind, token});
        breaks = 0;
    };
    size_t document = 0;
    for (size_t i = 0; i < tokens_.size(); ++i) {
        const auto at = static_cast<int64_t>(i);
        if (document < begins_.size() && begins_[document] == at) {
            breaks = 1;
            ++document;
            if (begins_.size() > 1) put(ChipKind::document, count_text(static_cast<int64_t>(document)));
        }
        if (at == kept_) put(ChipKind::cut_mark, tr("✂ cut off here"));
        put(kind_of(static_cast<int>(i)), visible_text(tokens_[i].text), static_cast<int>(i));
        if (tokens_[i].text.ends_with('\n')) breaks = 1;
    }
    if (padding_ > 0 && left_out_ == 0) {
        breaks = 1;
        put(ChipKind::padding, tr("%1 places of padding").arg(count_text(padding_)));
    }
    set_chips(std::move(chips));
}

QString SupervisionFlow::words_of(int token) const {
    const InspectedToken& shown = tokens_[static_cast<size_t>(token)];
    const ChipKind kind = kind_of(token);
    const QString what = kind == ChipKind::trained ? tr("trained: it is learnt")
                         : kind == ChipKind::cut   ? tr("cut off: the run never sees it")
                                                   : tr("masked: it is read, and not learnt");
    return tr("Token %1 · id %2 · “%3” · %4")
        .arg(count_text(token + 1), QString::number(shown.id), visible_text(shown.text), what);
}

QString SupervisionFlow::current_text() const {
    return current_ < 0 ? QString() : words_of(current_);
}

void SupervisionFlow::set_current(int token) {
    const int last = static_cast<int>(tokens_.size()) - 1;
    token = std::min(std::max(token, -1), last);
    if (token == current_) return;
    current_ = token;
    setAccessibleDescription(current_text());
    update();
    Q_EMIT current_changed(token);
}

QString SupervisionFlow::tooltip(size_t chip) const {
    return meanings_[chip].token < 0 ? QString() : words_of(meanings_[chip].token);
}

void SupervisionFlow::keyPressEvent(QKeyEvent* event) {
    const int last = static_cast<int>(tokens_.size()) - 1;
    switch (event->key()) {
        case Qt::Key_Right:
            return set_current(current_ + 1);
        case Qt::Key_Left:
            return set_current(std::max(current_ - 1, 0));
        case Qt::Key_Home:
            return set_current(0);
        case Qt::Key_End:
            return set_current(last);
        default:
            QWidget::keyPressEvent(event);
    }
}

void SupervisionFlow::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    if (current_ < 0 && event->reason() != Qt::MouseFocusReason) set_current(0);
    update();
}

void SupervisionFlow::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    update();
}

void SupervisionFlow::mousePressEvent(QMouseEvent* event) {
    const int chip = chip_at(event->position());
    set_current(chip < 0 ? -1 : meanings_[static_cast<size_t>(chip)].token);
}

void SupervisionFlow::paint(QPainter& painter, const QRectF& box, size_t chip) const {
    const Theme& theme = current_theme();
    const auto& [kind, token] = meanings_[chip];
    paint_chip(painter, theme, box, kind, chips()[chip].text);
    if (token < 0 || token != current_) return;
    painter.setPen(QPen(hasFocus() ? theme.accent : theme.muted, stroke::kSeries));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius::kChip, radius::kChip);
}

void SupervisionFlow::retranslate() {
    make_chips();
    setAccessibleName(tr("Tokens; the arrow keys go through them"));
    setAccessibleDescription(current_text());
}

}  // namespace lathe
