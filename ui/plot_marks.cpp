#include "ui/plot_marks.h"

#include <algorithm>
#include <array>

namespace lathe {

namespace {

constexpr double kLineGap = 12;    // marks nearer than this to the one before are left out
constexpr double kLabelLine = 17;  // height of an end label and of a row of words
constexpr double kWordGap = 6;
constexpr size_t kWordRows = 3;

}  // namespace

PlotMarks::PlotMarks(QCustomPlot* plot, const Theme& theme)
    : QCPLayerable(plot, QStringLiteral("overlay")), theme_(&theme) {}

void PlotMarks::set_marks(std::vector<PlotMark> marks) {
    marks_ = std::move(marks);
    std::stable_sort(marks_.begin(), marks_.end(),
                     [](const PlotMark& a, const PlotMark& b) { return a.step < b.step; });
}

int PlotMarks::label_room() const {
    const QFontMetrics metrics(text_font(TextRole::label));
    int widest = 0;
    for (const EndLabel& label : labels_) widest = std::max(widest, metrics.horizontalAdvance(label.text));
    return widest == 0 ? 0 : widest + space::kGrid;
}

void PlotMarks::applyDefaultAntialiasingHint(QCPPainter* painter) const {
    painter->setAntialiasing(true);
}

void PlotMarks::draw(QCPPainter* painter) {
    const QRect area = mParentPlot->axisRect()->rect();
    draw_marks(painter, area);
    draw_labels(painter, area);
}

// Their places, from left to right.
std::map<double, const PlotMark*> PlotMarks::lines_in(const QRect& area) const {
    std::map<double, const PlotMark*> lines;
    for (const bool muted : {false, true}) {
        for (const PlotMark& mark : marks_) {
            const double x = mParentPlot->xAxis->coordToPixel(mark.step);
            if ((mark.tone == Tone::muted) != muted || x < area.left() || x > area.right() + 1) continue;
            const auto next = lines.lower_bound(x - kLineGap);
            if (next == lines.end() || next->first >= x + kLineGap) lines.emplace(x, &mark);
        }
    }
    return lines;
}

void PlotMarks::draw_marks(QCPPainter* painter, const QRect& area) const {
    const QFont font = text_font(TextRole::caption);
    const QFontMetrics metrics(font);
    painter->setFont(font);
    struct Word {
        const PlotMark* mark;
        QRectF place;
    };
    std::vector<Word> words;
    std::array<double, kWordRows> row_end;
    row_end.fill(-1e9);
    for (const auto& [x, mark_at] : lines_in(area)) {
        const PlotMark& mark = *mark_at;
        QPen pen(mark.tone == Tone::muted ? theme_->faint : tone_color(*theme_, mark.tone), stroke::kHair);
        pen.setDashPattern({3, 4});
        pen.setCapStyle(Qt::FlatCap);
        painter->setPen(pen);
        painter->drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
        const double width = metrics.horizontalAdvance(mark.word);
        const double left = x + kWordGap + width <= area.right() ? x + kWordGap : x - kWordGap - width;
        const auto row =
            std::find_if(row_end.begin(), row_end.end(), [left](double end) { return left >= end + space::kSmall; });
        if (row == row_end.end() || left < area.left()) continue;
        *row = left + width;
        const double top = area.top() + space::kTiny + static_cast<double>(row - row_end.begin()) * kLabelLine;
        words.push_back({&mark, QRectF(left, top, width, metrics.height())});
    }
    for (const Word& word : words) {  // over the lines, which would cross it
        painter->fillRect(word.place.adjusted(-2, 0, 2, 0), theme_->surface);
        painter->setPen(tone_color(*theme_, word.mark->tone));
        painter->drawText(QPointF(word.place.left(), word.place.top() + metrics.ascent()), word.mark->word);
    }
}

void PlotMarks::draw_labels(QCPPainter* painter, const QRect& area) const {
    const QFont font = text_font(TextRole::label);
    const QFontMetrics metrics(font);
    painter->setFont(font);
    struct Placed {
        const EndLabel* label;
        double y;
    };
    std::vector<Placed> placed;
    for (const EndLabel& label : labels_) placed.push_back({&label, mParentPlot->yAxis->coordToPixel(label.value)});
    std::sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) { return a.y < b.y; });
    for (size_t i = 1; i < placed.size(); ++i) {  // two that would overlap part by the same amount
        const double overlap = kLabelLine - (placed[i].y - placed[i - 1].y);
        if (overlap <= 0) continue;
        placed[i - 1].y -= overlap / 2;
        placed[i].y += overlap / 2;
    }
    double lowest = area.bottom() - kLabelLine / 2;
    for (auto place = placed.rbegin(); place != placed.rend();
         ++place) {  // none below the plot, nor on the one below it
        place->y = std::clamp(place->y, area.top() + kLabelLine / 2, std::max(lowest, area.top() + kLabelLine / 2));
        lowest = place->y - kLabelLine;
    }
    for (const Placed& place : placed) {
        const double x = mParentPlot->xAxis->coordToPixel(place.label->step) + space::kSmall;
        const double y = place.y;
        painter->setPen(place.label->color);
        painter->drawText(QPointF(x, y + (metrics.ascent() - metrics.descent()) / 2.0), place.label->text);
    }
}

}  // namespace lathe
