#include "ui/step_plot.h"

#include <algorithm>
#include <cmath>

namespace lathe {

namespace {

constexpr double kFewestPoints = 4;   // that can be zoomed to
constexpr double kLeastShare = 1e-9;  // of a value

}  // namespace

void StepPlot::zoom(std::optional<StepRange> steps, std::optional<ValueRange> values) {
    zoom_ = steps;
    zoom_values_ = values;
}

void StepPlot::zoom_within(StepRange steps, std::optional<ValueRange> values) {
    // Nearer than this two values are one number, and no tick is between them.
    if (values &&
        !(values->upper - values->lower > kLeastShare * std::max(std::abs(values->lower), std::abs(values->upper))))
        values = zoom_values_;
    const StepRange all = whole();
    const int64_t count = points();
    const double spacing = count > 1 ? (step_at(count - 1) - step_at(0)) / static_cast<double>(count - 1) : 1;
    const double least = std::min(kFewestPoints * spacing, all.last - all.first);
    double width = std::clamp(steps.last - steps.first, least, std::max(least, all.last - all.first));
    const double middle = (steps.first + steps.last) / 2;
    const double first = std::clamp(middle - width / 2, all.first, std::max(all.first, all.last - width));
    const bool everything = width >= (all.last - all.first) * (1 - 1e-9);
    zoom(everything ? std::nullopt : std::optional(StepRange{first, first + width}), values);
}

}  // namespace lathe
