// An application that times what its GUI thread does. Thread: GUI.
#pragma once

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>
#include <functional>

#include "bench/durations.h"

namespace lathe {

inline double ms_of(const QElapsedTimer& clock) {
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

class FrameClock : public QApplication {
public:
    FrameClock(int& argc, char** argv) : QApplication(argc, argv) {
        beat_.setTimerType(Qt::PreciseTimer);
        beat_.setInterval(kBeat_ms);
        connect(&beat_, &QTimer::timeout, this, [this] {
            gaps.add(ms_of(since_beat_) - kBeat_ms);
            since_beat_.start();
        });
    }

    // Events that the loop handed out, one by one; frames: layout, painting and what goes to the screen, of a turn;
    // gaps: how late a timer of 5 ms came, so how long a key or a click waited, the other threads' share of the cores
    // included.
    Durations events, frames, gaps;
    // What the longest event was: "event 43 of lathe::EngineBridge" (QEvent::Type).
    QString longest;

    void begin() {
        for (Durations* all : {&events, &frames, &gaps}) all->clear();
        longest_ms_ = 0;
        since_beat_.start();
        beat_.start();
    }
    void end() { beat_.stop(); }

    bool notify(QObject* receiver, QEvent* event) override {
        const bool is_frame = event->type() == QEvent::UpdateRequest && !in_frame_, is_outer = depth_ == 0;
        if (!is_frame && !is_outer) return QApplication::notify(receiver, event);
        in_frame_ = in_frame_ || is_frame;
        ++depth_;
        const QEvent::Type type = event->type();
        const char* const receives = receiver->metaObject()->className();  // neither may outlive it
        QElapsedTimer clock;
        clock.start();
        const bool taken = QApplication::notify(receiver, event);
        const double ms = ms_of(clock);
        --depth_;
        if (is_frame) {
            in_frame_ = false;
            frames.add(ms);
        }
        if (is_outer) {
            events.add(ms);
            if (ms > longest_ms_) {
                longest_ms_ = ms;
                longest = QStringLiteral("event %1 of %2").arg(static_cast<int>(type)).arg(QLatin1String(receives));
            }
        }
        return taken;
    }

private:
    static constexpr int kBeat_ms = 5;
    QTimer beat_;
    QElapsedTimer since_beat_;
    double longest_ms_ = 0;
    int depth_ = 0;
    bool in_frame_ = false;
};

// False: it was not there in time.
inline bool wait(double seconds, const std::function<bool()>& there) {
    QElapsedTimer clock;
    clock.start();
    while (!there()) {
        if (static_cast<double>(clock.elapsed()) > 1000 * seconds) return false;
        QEventLoop loop;
        QTimer::singleShot(5, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return true;
}

}  // namespace lathe
