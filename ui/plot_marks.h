// What lies over a plot: events and checkpoints as dashed verticals with a word, samples as small triangles on the
// axis, stretches that are not finite, and the names of the lines at their ends instead of a legend. A word that would
// run into the one before it goes a row down; without a free row it is left out, its line stays. Of marks that are too
// near to each other the muted ones give way; all can be clicked. Thread: GUI.
#pragma once

#include <limits>
#include <map>
#include <optional>
#include <vector>

#include "ui/qcustomplot_header.h"
#include "ui/theme.h"

namespace lathe {

struct PlotMark {
    enum class Kind { event, checkpoint, sample, validation, gap };
    double step = 0;  // its place on the x axis
    QString word = {};
    Tone tone = Tone::muted;
    Kind kind = Kind::event;
    int64_t run_step = 0;                                     // of the run
    size_t index = 0;                                         // among the run's events, checkpoints, samples, metrics
    double value = std::numeric_limits<double>::quiet_NaN();  // of a validation, whose point the plot draws itself
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
    void set_gaps(std::vector<PlotMark> gaps) { gaps_ = std::move(gaps); }  // of what is seen
    void set_labels(std::vector<EndLabel> labels) { labels_ = std::move(labels); }
    // Pixels that the labels take beside the lines.
    int label_room() const;
    // What a click there means: the nearest mark within reach.
    std::optional<PlotMark> hit(const QPointF& place) const;
    // The next one to the right (1) or left (-1) of `from`; without it the first or last that is seen.
    std::optional<PlotMark> next(const std::optional<PlotMark>& from, int direction) const;
    // In pixels: where its handle is.
    QPointF place_of(const PlotMark& mark) const;

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;

private:
    std::map<double, const PlotMark*> lines_in(const QRect& area) const;
    void draw_marks(QCPPainter* painter, const QRect& area) const;
    void draw_samples(QCPPainter* painter, const QRect& area) const;
    void draw_labels(QCPPainter* painter, const QRect& area) const;
    std::vector<const PlotMark*> all() const;  // from left to right

    const Theme* theme_;
    std::vector<PlotMark> marks_, gaps_;
    std::vector<EndLabel> labels_;
};

}  // namespace lathe
