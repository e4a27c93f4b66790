#include "ui/answer_flow.h"

#include <QStringDecoder>
#include <algorithm>
#include <cmath>

#include "ui/number_text.h"
#include "ui/token_flow.h"

namespace lathe {

namespace {

constexpr double kJoint = 2, kUnderline = 2;

// Bytes at the end that begin a character and are not all of it: a decoder makes nothing of them yet.
size_t open_bytes(const std::string& text) {
    size_t count = std::min<size_t>(3, text.size());
    for (; count > 0; --count) {
        QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
        const auto end = static_cast<qsizetype>(count);
        if (QString(decoder.decode(QByteArrayView(text.data() + text.size() - count, end))).isEmpty()) break;
    }
    return count;
}

}  // namespace

QString chip_text(std::string& begun, const TokenLogprob& token) {
    begun += token.bytes;
    const size_t whole = begun.size() - open_bytes(begun);
    const QString text = visible_text(begun.substr(0, whole));
    begun.erase(0, whole);
    if (!text.isEmpty()) return text;
    if (token.bytes.empty()) return QStringLiteral("#%1").arg(token.token);
    return QString::fromLatin1(QByteArray::fromStdString(token.bytes).toHex(' ').toUpper());
}

AnswerFlow::AnswerFlow(QWidget* parent) : WalkedFlow(parent) {
    retranslate();
}

void AnswerFlow::clear() {
    tokens_.clear();
    begun_.clear();
    set_chips({});
    begin_anew();
}

void AnswerFlow::add(const TokenLogprobs& token, bool begins_turn) {
    if (begins_turn) begun_.clear();
    const int breaks = !tokens_.empty() && tokens_.back().chosen.bytes.ends_with('\n') ? 1 : 0;
    tokens_.push_back({token.chosen, token.rank, token.entropy, begun_});
    add_chip({.text = chip_text(begun_, token.chosen), .gap = kJoint, .breaks = breaks});
}

QString AnswerFlow::words_of(int token) const {
    const Token& shown = tokens_[static_cast<size_t>(token)];
    return tr("Token %1 · “%2” · probability %3 · logprob %4 · rank %5 · entropy %6 nats")
        .arg(count_text(token + 1), chips()[static_cast<size_t>(token)].text,
             probability_text(std::exp(shown.chosen.logprob)), fixed_text(shown.chosen.logprob, 3),
             count_text(shown.rank), fixed_text(shown.entropy, 2));
}

void AnswerFlow::paint(QPainter& painter, const QRectF& box, size_t chip) const {
    const Theme& theme = current_theme();
    const double probability = std::exp(tokens_[chip].chosen.logprob);
    const Tone tone = probability_tone(probability);
    painter.setPen(Qt::NoPen);
    painter.setBrush(chip_color(theme, tone));
    painter.drawRoundedRect(box, radius::kChip, radius::kChip);
    painter.fillRect(QRectF(box.left() + 1, box.bottom() - kUnderline, (box.width() - 2) * probability, kUnderline),
                     tone_color(theme, tone));
    painter.setPen(theme.text);
    const QFontMetricsF metrics(painter.font());
    painter.drawText(box, Qt::AlignCenter | Qt::TextSingleLine,
                     metrics.elidedText(chips()[chip].text, Qt::ElideRight, box.width() - 2));
    paint_ring(painter, box, chip);
}

void AnswerFlow::retranslate() {
    setAccessibleName(tr("Tokens of the answer; the arrow keys go through them"));
    setAccessibleDescription(current_text());
}

}  // namespace lathe
