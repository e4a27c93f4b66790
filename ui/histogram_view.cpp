#include "ui/histogram_view.h"

#include <QEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/fact_list.h"
#include "ui/number_text.h"
#include "ui/paint_parts.h"

namespace lathe {

namespace {

constexpr int kWidth = 260, kLine = 20, kLeastBars = 56;

QString value_text(double value) {
    return QString::number(value, 'g', 3).replace(QLatin1Char('-'), QChar(0x2212));
}

QString share_text(int64_t part, int64_t whole) {
    if (part == 0 || whole == 0) return QStringLiteral("0");
    const double share = static_cast<double>(part) / static_cast<double>(whole);
    return share < 1e-4 ? count_text(part) : percent_text(share, 2);
}

std::vector<Fact> facts_of(const TensorHistogram& values) {
    const bool broken = values.non_finite > 0;
    return {{HistogramView::tr("Mean"), value_text(values.mean)},
            {HistogramView::tr("Standard deviation"), value_text(values.std)},
            {HistogramView::tr("Zeros"), share_text(values.zeros, values.elements)},
            {HistogramView::tr("Not finite"), broken ? count_text(values.non_finite) : HistogramView::tr("none"),
             broken ? Tone::bad : Tone::text}};
}

}  // namespace

HistogramView::HistogramView(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    name_it();
}

void HistogramView::set_histogram(const std::string& tensor, const std::optional<TensorHistogram>& histogram,
                                  bool reading) {
    tensor_ = QString::fromStdString(tensor);
    histogram_ = histogram;
    reading_ = reading;
    name_it();
    update();
}

QSize HistogramView::sizeHint() const {
    return {kWidth, kLine + kLeastBars + 5 * kLine + 2 * space::kSmall};
}

QString HistogramView::reason() const {
    if (tensor_.isEmpty()) return tr("Choose a tensor to see how its values spread.");
    return reading_ ? tr("Reading its values…") : tr("Its values could not be read.");
}

void HistogramView::name_it() {
    if (!histogram_) return setAccessibleName(reason());
    QStringList words{tensor_, tr("from %1 to %2").arg(value_text(histogram_->min), value_text(histogram_->max))};
    for (const Fact& fact : facts_of(*histogram_)) words << fact.name + QLatin1Char(' ') + fact.value;
    setAccessibleName(words.join(QStringLiteral(", ")));
}

void HistogramView::paint_bars(QPainter& painter, const QRectF& place) const {
    const Theme& theme = current_theme();
    const std::vector<int64_t>& bins = histogram_->bins;
    const int64_t highest = bins.empty() ? 0 : *std::max_element(bins.begin(), bins.end());
    if (highest == 0) return;
    const double each = place.width() / static_cast<double>(bins.size());
    for (size_t i = 0; i < bins.size(); ++i) {
        // One element alone can still be seen.
        const double share = static_cast<double>(bins[i]) / static_cast<double>(highest);
        const double height = bins[i] == 0 ? 0 : std::max(1.0, share * place.height());
        const double left = place.left() + static_cast<double>(i) * each;
        painter.fillRect(QRectF(left, place.bottom() - height, std::max(1.0, each - 1), height), theme.data[0]);
    }
    painter.fillRect(QRectF(place.left(), place.bottom(), place.width(), stroke::kHair), theme.line);
}

void HistogramView::paintEvent(QPaintEvent* /*event*/) {
    const Theme& theme = current_theme();
    QPainter painter(this);
    const QRectF all(rect());
    if (!histogram_) {
        painter.setFont(text_font(TextRole::caption));
        painter.setPen(theme.muted);
        painter.drawText(all, Qt::AlignCenter | Qt::TextWordWrap, reason());
        return;
    }
    const std::vector<Fact> facts = facts_of(*histogram_);
    const QFontMetricsF metrics(text_font(TextRole::mono));  // the end of a name tells more than its middle
    paint_text(painter, {0, 0, all.width(), kLine}, metrics.elidedText(tensor_, Qt::ElideMiddle, all.width()),
               TextRole::mono, theme.text);
    const double bars_bottom = all.bottom() - (static_cast<double>(facts.size()) + 1) * kLine - space::kSmall;
    paint_bars(painter, QRectF(QPointF(0, kLine + space::kSmall), QPointF(all.right(), bars_bottom)));
    QRectF line(0, bars_bottom, all.width(), kLine);
    paint_text(painter, line, value_text(histogram_->min), TextRole::caption, theme.muted);
    paint_text(painter, line, value_text(histogram_->max), TextRole::caption, theme.muted, Qt::AlignRight);
    line.translate(0, space::kSmall);
    for (const Fact& fact : facts) {
        line.translate(0, kLine);
        paint_text(painter, line, fact.name, TextRole::caption, theme.muted);
        paint_text(painter, line, fact.value, TextRole::caption, tone_color(theme, fact.tone), Qt::AlignRight);
    }
}

void HistogramView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::LanguageChange) return;
    name_it();
    update();
}

}  // namespace lathe
