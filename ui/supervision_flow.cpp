#include "ui/supervision_flow.h"

#include <QFontMetricsF>
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

SupervisionFlow::SupervisionFlow(QWidget* parent) : WalkedFlow(parent) {}

void SupervisionFlow::set_tokens(const InspectedTokens* shown) {
    tokens_.clear();
    begins_.clear();
    kept_ = padding_ = left_out_ = 0;
    if (shown != nullptr) {
        const size_t count = std::min(shown->tokens.size(), kMostChips);
        tokens_.assign(shown->tokens.begin(), shown->tokens.begin() + static_cast<std::ptrdiff_t>(count));
        left_out_ = static_cast<int64_t>(shown->tokens.size() - count);
        kept_ = shown->kept;
        padding_ = shown->padding;
        begins_ = shown->document_begin;
    }
    begin_anew();
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

void SupervisionFlow::paint(QPainter& painter, const QRectF& box, size_t chip) const {
    paint_chip(painter, current_theme(), box, meanings_[chip].kind, chips()[chip].text);
    paint_ring(painter, box, chip);
}

void SupervisionFlow::retranslate() {
    make_chips();
    setAccessibleName(tr("Tokens; the arrow keys go through them"));
    setAccessibleDescription(current_text());
}

}  // namespace lathe
