// A quantity along a run: its places on the x axis, its values, and their smoothed line (smoothing.h). What is not
// finite is a gap. Appending costs the same however long the run is. Any thread.
#pragma once

#include <limits>
#include <vector>

#include "ui/smoothing.h"
#include "ui/value_pyramid.h"

namespace lathe {

// Of places that do not descend the nearest one's index; -1 without one.
int64_t nearest_place(const std::vector<double>& places, double place);

class CurveSeries {
public:
    struct Bounds {
        double lowest = std::numeric_limits<double>::quiet_NaN(), highest = lowest;  // NaN: nothing is seen
        void add(double value);
    };
    struct Sight {
        bool clip = true;  // without the lowest and highest 0.5 %
        bool log = false;  // what is not above zero is not seen
        bool raw = true;   // the values too; else the line alone
    };

    // Draws the line anew. smoothing < 0: smoothing_for(size()), also while the series grows.
    void set_smoothing(double smoothing);
    // A place does not descend: one that would is where the last one was.
    void append(double place, double value);

    int64_t size() const { return values_.size(); }
    double smoothing() const { return smoothing_; }
    double place(int64_t index) const { return places_[static_cast<size_t>(index)]; }
    double last_place() const { return places_.empty() ? 0 : places_.back(); }
    const std::vector<double>& places() const { return places_; }
    const ValuePyramid& values() const { return values_; }
    const ValuePyramid& line() const { return line_; }
    // Last value of the line that is finite; NaN: none.
    double line_end() const { return line_end_; }
    // The line at any place, between its points too; NaN outside of it and in a gap.
    double line_at(double place) const { return line_before(next(place), place); }
    // The same, of a place whose next point is known: the first whose place is not below it.
    double line_before(int64_t next, double place) const;
    int64_t next(double place) const;
    // The point whose place is the nearest; -1 without points.
    int64_t nearest(double place) const { return nearest_place(places_, place); }
    // Of the values and of the line within [first, last], clipped to percentiles, and of the line's ends; of evenly
    // spaced points where there are many.
    Bounds bounds(double first, double last, const Sight& sight) const;

private:
    void smooth_next(double value);

    std::vector<double> places_;
    ValuePyramid values_, line_;
    DebiasedAverage average_{0};
    double smoothing_ = 0, line_end_ = std::numeric_limits<double>::quiet_NaN();
    bool follows_ = false;   // the number of points
    int64_t follow_at_ = 0;  // points at which the line is drawn anew
};

}  // namespace lathe
