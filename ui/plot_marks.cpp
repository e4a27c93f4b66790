#include "ui/plot_marks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

namespace lathe {

namespace {

constexpr double kLineGap = 12;    // marks nearer than this to the one before are left out
constexpr double kLabelLine = 17;  // height of an end label and of a row of words
constexpr double kWordGap = 6;
constexpr size_t kWordRows = 3;
constexpr double kReach = 8;      // of a click
constexpr double kTriangle = 5;   // half a side of a sample's
constexpr double kSampleGap = 7;  // triangles nearer than this to the one before are left out

bool has_line(const PlotMark& mark) {
    return mark.kind != PlotMark::Kind::sample && mark.kind != PlotMark::Kind::validation;
}

// Left to right; what stands at one place in an order of its own.
bool before(const PlotMark& a, const PlotMark& b) {
    return std::tie(a.step, a.kind, a.index) < std::tie(b.step, b.kind, b.index);
}

}  // namespace

PlotMarks::PlotMarks(QCustomPlot* plot, const Theme& theme)
    : QCPLayerable(plot, QStringLiteral("overlay")), theme_(&theme) {}

void PlotMarks::set_marks(std::vector<PlotMark> marks) {
    marks_ = std::move(marks);
    std::stable_sort(marks_.begin(), marks_.end(), before);
}

std::vector<const PlotMark*> PlotMarks::all() const {
    std::vector<const PlotMark*> found;
    for (const std::vector<PlotMark>* list : {&marks_, &gaps_})
        for (const PlotMark& mark : *list) found.push_back(&mark);
    std::stable_sort(found.begin(), found.end(), [](const PlotMark* a, const PlotMark* b) { return before(*a, *b); });
    return found;
}

QPointF PlotMarks::place_of(const PlotMark& mark) const {
    const double x = mParentPlot->xAxis->coordToPixel(mark.step);
    const QRect area = mParentPlot->axisRect()->rect();
    if (mark.kind == PlotMark::Kind::validation) return {x, mParentPlot->yAxis->coordToPixel(mark.value)};
    return {x, mark.kind == PlotMark::Kind::sample ? area.bottom() - kTriangle : area.top() + kLabelLine / 2};
}

std::optional<PlotMark> PlotMarks::hit(const QPointF& place) const {
    const QRectF area(mParentPlot->axisRect()->rect());
    if (!area.adjusted(-kReach, -kReach, kReach, kReach).contains(place)) return {};
    const PlotMark* nearest = nullptr;
    double least = kReach;
    for (const bool line : {false, true}) {  // a point before the line that it lies on
        for (const PlotMark* mark : all()) {
            if (has_line(*mark) != line) continue;
            const QPointF away = place - place_of(*mark);
            const double distance = line ? std::abs(away.x()) : std::hypot(away.x(), away.y());
            if (distance > least || (nearest != nullptr && distance == least)) continue;
            nearest = mark;
            least = distance;
        }
        if (nearest != nullptr) break;
    }
    return nearest == nullptr ? std::nullopt : std::optional(*nearest);
}

std::optional<PlotMark> PlotMarks::next(const std::optional<PlotMark>& from, int direction) const {
    std::vector<const PlotMark*> marks = all();
    if (direction < 0) std::reverse(marks.begin(), marks.end());
    const QCPRange seen = mParentPlot->xAxis->range();
    for (const PlotMark* mark : marks) {
        const bool further =
            from ? (direction > 0 ? before(*from, *mark) : before(*mark, *from)) : seen.contains(mark->step);
        if (further) return *mark;
    }
    return {};
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
    draw_samples(painter, area);
    draw_labels(painter, area);
}

// Their places, from left to right.
std::map<double, const PlotMark*> PlotMarks::lines_in(const QRect& area) const {
    std::map<double, const PlotMark*> lines;
    for (const bool muted : {false, true}) {
        for (const std::vector<PlotMark>* list : {&gaps_, &marks_}) {
            for (const PlotMark& mark : *list) {
                if (!has_line(mark) || (mark.tone == Tone::muted) != muted) continue;
                const double x = mParentPlot->xAxis->coordToPixel(mark.step);
                if (x < area.left() || x > area.right() + 1) continue;
                const auto next = lines.lower_bound(x - kLineGap);
                if (next == lines.end() || next->first >= x + kLineGap) lines.emplace(x, &mark);
            }
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

void PlotMarks::draw_samples(QCPPainter* painter, const QRect& area) const {
    painter->setPen(Qt::NoPen);
    painter->setBrush(theme_->muted);
    double last = -1e9;
    for (const PlotMark& mark : marks_) {
        if (mark.kind != PlotMark::Kind::sample) continue;
        const QPointF place = place_of(mark);
        if (place.x() < area.left() || place.x() > area.right() + 1 || place.x() < last + kSampleGap) continue;
        last = place.x();
        painter->drawPolygon(QPolygonF({place + QPointF(0, -kTriangle), place + QPointF(kTriangle, kTriangle - 1),
                                        place + QPointF(-kTriangle, kTriangle - 1)}));
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
    // Where not all have room the lowest keep theirs: of losses the best.
    const auto room = static_cast<size_t>(std::max(1.0, area.height() / kLabelLine));
    if (placed.size() > room) placed.erase(placed.begin(), placed.end() - static_cast<std::ptrdiff_t>(room));
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
