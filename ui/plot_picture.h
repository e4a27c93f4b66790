// One plot with its title as a picture of its own: PNG at twice the pixels, or SVG with lines and texts. Thread: GUI.
#pragma once

#include <QString>
#include <string>

#include "ui/card_plot.h"

namespace lathe {

std::string plot_png(CardPlot& plot, const QString& title);
std::string plot_svg(CardPlot& plot, const QString& title);

}  // namespace lathe
