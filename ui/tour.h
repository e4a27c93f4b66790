// Trips through the real window with the real engine, without a hand on it: pictures of every page in its states, and
// the self-test. Both take a workspace of their own and wait on the event loop. Thread: GUI.
#pragma once

#include <QDir>
#include <functional>

#include "ui/app_paths.h"

namespace lathe {

struct TourOptions {
    AppPaths paths;    // workspace: whose data the `done` pictures show; empty: what the tour itself makes
    int threads = 0;   // 0: physical cores
    double scale = 1;  // pixels of a picture for each logical one
};

// Writes <page>-<state>-<theme>-<language>.png for the states empty, running, done, failed and full of every page that
// has them into `folder`, and what lies over them: a run trains, is talked to, ends, is exported; another fails; then a
// workspace of 200 runs. Errors: Exception of a picture that could not
// be written, or naming the state that did not come in time.
void draw_screenshots(const QDir& folder, const TourOptions& options, const std::function<void(const QString&)>& tell);
// Opens the window, walks through its pages in both languages and themes, opens the palette, and ends it. Errors:
// Exception naming what went wrong.
void self_test(const TourOptions& options);

}  // namespace lathe
