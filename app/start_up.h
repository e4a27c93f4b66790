// How long the start took. Thread: GUI.
#pragma once

#include "ui/main_window.h"

namespace lathe {

// Where the environment has LATHE_TIME_TO_WINDOW, prints on stdout "first frame: N ms", then "run list: N ms", each
// since the process was made and when the frame that shows it is painted. Call before show().
void report_start_up(MainWindow& window);

}  // namespace lathe
