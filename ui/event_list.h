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
};

}  // namespace lathe
