#include "ui/length_histogram.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

#include "ui/number_text.h"
#include "ui/paint_parts.h"

namespace lathe {

namespace {

constexpr int kWidth = 320, kHeight = 150, kScale = 20;

// "2", "1k", "2M": the axis is for its order of magnitude.
QString power_text(size_t bin) {
    static constexpr const char* kUnits[] = {"", "k", "M", "G"};
    const size_t unit = std::min<size_t>(bin / 10, 3);
    return QString::number(int64_t{1} << (bin - 10 * unit)) + QLatin1String(kUnits[unit]);
}

}  // namespace

LengthHistogram::LengthHistogram(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    name_it();
}

QSize LengthHistogram::sizeHint() const {
    return {kWidth, kHeight};
}

void LengthHistogram::set_lengths(std::vector<int64_t> lengths) {
    lengths_ = std::move(lengths);
    name_it();
    update();
}

size_t LengthHistogram::first_bin() const {
    const auto first = std::find_if(lengths_.begin(), lengths_.end(), [](int64_t count) { return count > 0; });
    return static_cast<size_t>(first - lengths_.begin());
}

QString LengthHistogram::bin_text(size_t bin) const {
    return tr("%1 to %2 characters: %3 documents")
        .arg(count_text(bin == 0 ? 0 : int64_t{1} << bin), count_text((int64_t{2} << bin) - 1),
             count_text(lengths_[bin]));
}

void LengthHistogram::name_it() {
    QStringList words{tr("Lengths of the documents")};
    for (size_t bin = first_bin(); bin < lengths_.size(); ++bin)
        if (lengths_[bin] > 0) words << bin_text(bin);
    setAccessibleName(words.join(QStringLiteral("; ")));
}

void LengthHistogram::paintEvent(QPaintEvent* /*event*/) {
    const size_t first = first_bin();
    if (first == lengths_.size()) return;
    const Theme& theme = current_theme();
    QPainter painter(this);
    const auto bins = static_cast<double>(lengths_.size() - first);
    const int64_t highest = *std::max_element(lengths_.begin(), lengths_.end());
    const QRectF place = QRectF(rect()).adjusted(0, space::kSmall, 0, -kScale);
    const double each = std::min(place.width() / bins, static_cast<double>(3 * space::kWide));
    const size_t label_step = each < space::kWide ? 2 : 1;
    for (size_t bin = first; bin < lengths_.size(); ++bin) {
        const double left = place.left() + static_cast<double>(bin - first) * each;
        const double share = static_cast<double>(lengths_[bin]) / static_cast<double>(highest);
        const double height = lengths_[bin] == 0 ? 0 : std::max(2.0, share * place.height());  // one alone is seen
        painter.fillRect(QRectF(left, place.bottom() - height, std::max(1.0, each - 2), height), theme.data[0]);
        if ((bin - first) % label_step == 0)
            paint_text(painter, QRectF(left, place.bottom() + 2, each * static_cast<double>(label_step), kScale - 2),
                       bin == 0 ? QStringLiteral("0") : power_text(bin), TextRole::caption, theme.muted);
    }
    painter.fillRect(QRectF(place.left(), place.bottom(), place.width(), stroke::kHair), theme.line);
}

bool LengthHistogram::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip || lengths_.empty()) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const size_t first = first_bin();
    const double each = std::min(width() / static_cast<double>(std::max<size_t>(1, lengths_.size() - first)),
                                 static_cast<double>(3 * space::kWide));
    const size_t bin = first + static_cast<size_t>(help->pos().x() / each);
    if (bin < lengths_.size())
        QToolTip::showText(help->globalPos(), bin_text(bin), this);
    else
        QToolTip::hideText();
    return true;
}

void LengthHistogram::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) name_it();
}

}  // namespace lathe
