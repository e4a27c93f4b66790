// What a user does to the window, timed until it is seen. Thread: GUI.
#pragma once

#include <QJsonObject>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "bench/durations.h"
#include "ui/main_window.h"
#include "ui/step_plot.h"

namespace lathe {

// The pages in their order, and the buttons of the rail that lead to them.
std::vector<std::pair<Page*, RailButton*>> pages_of(MainWindow& window);
// Ms from the click in the rail to the frame that shows something of the page.
double switch_to(Page& page, RailButton& button);
// Every page once as a new window has it ("first_ms"), then again and again ("again").
QJsonObject switch_pages(MainWindow& window);
// Every page again, once each; the Train page is left in view.
Durations walk(MainWindow& window);
// Shows a run of the record on the Train page. Ms until all of its points are there; < 0: they did not come.
double open_run(MainWindow& window, const std::string& run, int64_t points);
// Ticks the newest runs on the Runs page by its keys. False: they are not over each other within 30 s.
bool tick_newest(MainWindow& window, int count);
// The loss on the Train page, brought to this share of its steps by Ctrl and the wheel, then moved to and fro by a
// Shift-drag: ms from each move of the mouse to the plot's next paint. Empty: the plot is not there or did not zoom.
Durations pan_loss(MainWindow& window, double share);

}  // namespace lathe
