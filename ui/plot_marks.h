// What lies over a plot: events as dashed verticals with a word, and the names of the lines at their ends instead of a
// legend. A word that would run into the one before it goes a row down; without a free row it is left out, its line
// stays. Of marks that are too near to each other the muted ones give way. Thread: GUI.
#pragma once

#include <map>
#include <vector>

#include "ui/qcustomplot_header.h"
#include "ui/theme.h"

namespace lathe {

struct PlotMark {
    double step = 0;
    QString word;
    Tone tone = Tone::muted;
};

struct EndLabel {
    double step = 0, value = 0;
    QString text;
    QColor color;
};

class PlotMarks : public QCPLayerable {
public:
    PlotMarks(QCustomPlot* plot, const Theme& theme);

    void set_theme(const Theme& theme) { theme_ = &theme; }
    void set_marks(std::vector<PlotMark> marks);
    void set_labels(std::vector<EndLabel> labels) { labels_ = std::move(labels); }
    // Pixels that the labels take beside the lines.
    int label_room() const;

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;

private:
    std::map<double, const PlotMark*> lines_in(const QRect& area) const;
    void draw_marks(QCPPainter* painter, const QRect& area) const;
    void draw_labels(QCPPainter* painter, const QRect& area) const;

    const Theme* theme_;
    std::vector<PlotMark> marks_;
    std::vector<EndLabel> labels_;
};

}  // namespace lathe
