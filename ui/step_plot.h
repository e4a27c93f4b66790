// A card's plot along a run that a part of can be seen alone: what the zoom, the cross-hair and the menu of a plot
// (plot_zoom.h, plot_cursor.h, plot_menu.h) know of curves and memory. "Steps" are places on its x axis, whatever that
// stands for (run_axis.h). Thread: GUI.
#pragma once

#include <optional>
#include <string>

#include "ui/card_plot.h"

namespace lathe {

class StepPlot : public CardPlot {
public:
    struct StepRange {
        double first = 0, last = 0;
    };
    struct ValueRange {
        double lower = 0, upper = 0;
    };
    using CardPlot::CardPlot;

    virtual int64_t points() const = 0;
    virtual double step_at(int64_t index) const = 0;
    // The point whose step is the nearest; -1 without points.
    virtual int64_t nearest(double step) const = 0;
    virtual StepRange whole() const = 0;
    // Ranges and points anew; call after changes of data, zoom or look.
    virtual void fit() = 0;
    // Every point that is seen, as comma-separated values: what x stands for, then the quantities.
    virtual std::string table() const = 0;

    // Shows these steps alone until the next call, and these values where they are given; none: all.
    void zoom(std::optional<StepRange> steps, std::optional<ValueRange> values = {});
    // The same within what there is and not nearer than a few points; all of it ends the zoom.
    void zoom_within(StepRange steps, std::optional<ValueRange> values);
    bool zoomed() const { return !waits() && (zoom_ || zoom_values_); }
    StepRange seen_steps() const { return zoom_ && !waits() ? *zoom_ : whole(); }
    std::optional<ValueRange> zoomed_values() const { return waits() ? std::nullopt : zoom_values_; }

private:
    // A zoom past the last point, as of a run that was set back, comes into force when the run is there.
    bool waits() const { return zoom_ && points() > 0 && zoom_->first >= step_at(points() - 1); }

    std::optional<StepRange> zoom_;
    std::optional<ValueRange> zoom_values_;
};

}  // namespace lathe
