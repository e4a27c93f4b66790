#include "ui/event_list.h"

#include <QFontMetrics>
#include <QPainter>
#include <QStyledItemDelegate>

#include "ui/error_text.h"
#include "ui/number_text.h"
#include "ui/paint_parts.h"
#include "ui/theme.h"

namespace lathe {

namespace {

constexpr int kRow = 27, kToneRole = Qt::UserRole, kClockRole = Qt::UserRole + 1;

// By the engine's word; one that is not known is told without colour.
Tone tone_of(const std::string& kind) {
    if (kind == "saved" || kind == "finished") return Tone::ok;
    if (kind == "failed" || kind == "non_finite") return Tone::bad;
    if (kind == "started" || kind == "resumed" || kind == "paused" || kind == "continued" || kind == "stopped" ||
        kind == "control")
        return Tone::text;
    return Tone::warn;
}

class Delegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {120, kRow}; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Theme& theme = current_theme();
        const QRectF line(option.rect);
        if ((option.state & QStyle::State_Selected) != 0) painter->fillRect(line, theme.raised);
        const double clock = paint_text(*painter, line, index.data(kClockRole).toString(), TextRole::mono, theme.muted);
        paint_text(*painter, line.adjusted(clock + space::kCard, 0, 0, 0), index.data().toString(), TextRole::caption,
                   tone_color(theme, static_cast<Tone>(index.data(kToneRole).toInt())));
    }
};

}  // namespace

EventList::EventList(QWidget* parent) : QListWidget(parent) {
    setItemDelegate(new Delegate(this));
    setSelectionMode(QAbstractItemView::SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setUniformItemSizes(true);
    setFrameShape(QFrame::NoFrame);
}

void EventList::set_events(const std::vector<RunDetail::Line>& events) {
    clear();
    for (const RunDetail::Line& event : events) add(event);
}

void EventList::add(const RunDetail::Line& event) {
    auto* item = new QListWidgetItem(notice_text(event.kind, event.text, event.step));
    item->setData(kToneRole, static_cast<int>(tone_of(event.kind)));
    item->setData(kClockRole, clock_text(event.time_ms));
    item->setToolTip(time_text(event.time_ms) + QStringLiteral(" · ") + item->text());
    insertItem(0, item);
}

void EventList::show_event(int index) {
    QListWidgetItem* shown = item(count() - 1 - index);
    if (shown == nullptr) return;
    setCurrentItem(shown);
    scrollToItem(shown, QAbstractItemView::PositionAtCenter);
    setFocus();
}

}  // namespace lathe
