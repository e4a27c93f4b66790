// What happened during a run, newest first: clock and words. Thread: GUI.
#pragma once

#include <QListWidget>

#include "engine/base/events.h"

namespace lathe {

class EventList : public QListWidget {
    Q_OBJECT

public:
    explicit EventList(QWidget* parent = nullptr);
    void set_events(const std::vector<RunDetail::Line>& events);
    void add(const RunDetail::Line& event);
    // Selects it and brings it into view: its place among the run's events, oldest first.
    void show_event(int index);
};

}  // namespace lathe
