#include "bench/window_drive.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <cmath>

#include "bench/frame_clock.h"
#include "ui/overlay_card.h"
#include "ui/run_view.h"
#include "ui/runs_view.h"

namespace lathe {

namespace {

constexpr int kWalks = 5, kMoves = 240, kMostNotches = 200;
constexpr double kPaintWithin_ms = 5000;
constexpr int kLook_ms = 100;

// Sees when a widget, or something in it, was painted.
class PaintWatch : public QObject {
public:
    explicit PaintWatch(const QWidget& watched) : watched_(watched) { qApp->installEventFilter(this); }
    bool painted = false;
    bool eventFilter(QObject* receiver, QEvent* event) override {
        const auto* widget = event->type() == QEvent::Paint ? qobject_cast<QWidget*>(receiver) : nullptr;
        painted = painted || (widget != nullptr && (widget == &watched_ || watched_.isAncestorOf(widget)));
        return false;
    }

private:
    const QWidget& watched_;
};

double until_painted(const QWidget& widget, const std::function<void()>& act) {
    PaintWatch watch(widget);
    QTimer wakes;  // where nothing else would
    wakes.start(kLook_ms);
    QElapsedTimer clock;
    clock.start();
    act();
    // One turn of the loop a time: with a limit of time it would go on for all of it while a run floods it.
    while (!watch.painted && ms_of(clock) < kPaintWithin_ms)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return ms_of(clock);
}

void send_mouse(QWidget& widget, QEvent::Type type, const QPointF& place, Qt::MouseButton button) {
    QMouseEvent event(type, place, widget.mapToGlobal(place), button,
                      type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, Qt::ShiftModifier);
    QApplication::sendEvent(&widget, &event);
}

void send_notch(QWidget& widget, const QPointF& place) {
    QWheelEvent event(place, widget.mapToGlobal(place), {}, {0, 120}, Qt::NoButton, Qt::ControlModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(&widget, &event);
}

void send_key(QWidget& widget, int key) {
    QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier);
    QApplication::sendEvent(&widget, &event);
}

}  // namespace

std::vector<std::pair<Page*, RailButton*>> pages_of(MainWindow& window) {
    std::vector<std::pair<Page*, RailButton*>> pages;
    const auto* stack = qobject_cast<QStackedWidget*>(window.findChild<Page*>()->parentWidget());
    for (int i = 0; i < stack->count(); ++i) {
        auto* page = qobject_cast<Page*>(stack->widget(i));
        for (RailButton* button : window.findChildren<RailButton*>())
            if (button->text() == page->name()) pages.emplace_back(page, button);
    }
    return pages;
}

double switch_to(Page& page, RailButton& button) {
    return until_painted(page, [&] { button.click(); });
}

QJsonObject switch_pages(MainWindow& window) {
    QJsonObject first;
    Durations again;
    const auto pages = pages_of(window);
    for (int round = 0; round < kWalks; ++round) {
        for (size_t i = 1; i <= pages.size(); ++i) {  // the first is in view
            const auto& [page, button] = pages[i % pages.size()];
            const double ms = switch_to(*page, *button);
            if (round == 0)
                first[page->objectName()] = ms;
            else
                again.add(ms);
            wait(0.2, [] { return false; });
        }
    }
    return {{QStringLiteral("first_ms"), first}, {QStringLiteral("again"), again.json(100)}};
}

Durations walk(MainWindow& window) {
    window.show_page(QStringLiteral("settings"));
    wait(0.2, [] { return false; });
    Durations times;
    for (const auto& [page, button] : pages_of(window)) {
        times.add(switch_to(*page, *button));
        wait(0.2, [] { return false; });
    }
    window.show_page(QStringLiteral("train"));
    wait(0.5, [] { return false; });
    return times;
}

double open_run(MainWindow& window, const std::string& run, int64_t points) {
    const auto* view = window.findChild<RunView*>();
    QElapsedTimer clock;
    clock.start();
    window.show_page(QStringLiteral("train"));
    window.run().look_at(run);
    const bool there = wait(120, [&] { return window.run().run() == run && view->points() >= points; });
    return there ? ms_of(clock) : -1;
}

bool tick_newest(MainWindow& window, int count) {
    window.show_page(QStringLiteral("runs"));
    wait(1, [] { return false; });
    auto* table = window.findChild<RunsView*>();
    send_key(*table, Qt::Key_Home);
    for (int i = 0; i < count; ++i) {
        send_key(*table, Qt::Key_Space);
        send_key(*table, Qt::Key_Down);
    }
    const OverlayPlot& plot = window.findChild<OverlayCard*>()->plot();
    return wait(30, [&] { return plot.series().size() == static_cast<size_t>(count); });
}

Durations pan_loss(MainWindow& window, double share) {
    Durations times;
    const auto* view = window.findChild<RunView*>();
    auto* plot = dynamic_cast<StepPlot*>(view->loss()->findChild<QCustomPlot*>());
    if (plot == nullptr || !plot->isVisible()) return times;
    const QRectF area(plot->axisRect()->rect());
    const auto width = [](const StepPlot::StepRange& range) { return range.last - range.first; };
    for (int i = 0; width(plot->seen_steps()) > share * width(plot->whole()); ++i) {
        if (i == kMostNotches) return times;
        send_notch(*plot, {area.left() + 0.25 * area.width(), area.center().y()});
    }
    wait(0.5, [] { return false; });
    send_mouse(*plot, QEvent::MouseButtonPress, area.center(), Qt::LeftButton);
    for (int i = 1; i <= kMoves; ++i) {
        // Another place each time: two that are the same would paint nothing.
        const QPointF place = area.center() + QPointF(0.45 * area.width() * std::sin(2 * M_PI * i / (kMoves + 1.0)), 0);
        times.add(until_painted(*plot, [&] { send_mouse(*plot, QEvent::MouseMove, place, Qt::NoButton); }));
    }
    send_mouse(*plot, QEvent::MouseButtonRelease, area.center(), Qt::LeftButton);
    return times;
}

}  // namespace lathe
