// A run as one picture: its name and state, the tiles, loss, memory by kind, learning rate, gradient norm, tokens per
// second. Needs a QApplication (any platform, offscreen too) and load_fonts(). Thread: GUI.
#pragma once

#include <QImage>
#include <QSize>

#include "engine/base/events.h"
#include "ui/theme.h"

namespace lathe {

struct FigureOptions {
    QSize size{1440, 900};  // logical pixels; the image has `scale` times as many
    double scale = 2;
    const Theme* theme = &dark_theme();
};

constexpr int kFigureMinWidth = 960, kFigureMinHeight = 640, kFigureMaxSide = 7680;

QImage draw_run_figure(const RunDetail& run, const FigureOptions& options);

}  // namespace lathe
