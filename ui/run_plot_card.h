// A card around a plot along a run. Rows of the run are appended in their order, as many at a time as the caller likes:
// row i is point i. Thread: GUI.
#pragma once

#include "engine/base/run_record.h"
#include "ui/plot_card.h"

namespace lathe {

class RunPlotCard : public PlotCard {
    Q_OBJECT

public:
    // Another run, or the same anew; it outlives the card or the next call. Its rows come with append().
    virtual void begin(const RunDetail& run);
    // Rows [first, end).
    virtual void append(const RunDetail& run, int first, int end) = 0;

protected:
    RunPlotCard(StepPlot* plot, const QString& key, const CurveSettings& settings, QWidget* parent);
    // With the run's, where it has a name.
    void set_names(const QString& title, const QString& description);
    PlotCursor::Line place_line(int64_t index) const;
    const RunDetail& run() const { return *run_; }
    const RunScale& scale() const { return scale_; }

private:
    const RunDetail* run_;
    RunScale scale_;
};

}  // namespace lathe
