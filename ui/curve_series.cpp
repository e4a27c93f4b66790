#include "ui/curve_series.h"

#include <algorithm>
#include <cmath>

namespace lathe {

namespace {

constexpr int64_t kBoundsPoints = 4096;  // that bounds() looks at
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// The value with `share` of the others below it.
double quantile(std::vector<double>& values, double share) {
    const std::ptrdiff_t index = std::lround(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + index, values.end());
    return values[static_cast<size_t>(index)];
}

}  // namespace

int64_t nearest_place(const std::vector<double>& places, double place) {
    if (places.empty()) return -1;
    const auto next = std::lower_bound(places.begin(), places.end(), place);
    if (next == places.begin()) return 0;
    const auto index = next - places.begin();
    return next == places.end() || place - *(next - 1) < *next - place ? index - 1 : index;
}

void CurveSeries::Bounds::add(double value) {
    lowest = std::fmin(lowest, value);
    highest = std::fmax(highest, value);
}

void CurveSeries::set_smoothing(double smoothing) {
    follows_ = smoothing < 0;
    follow_at_ = size() + size() / 8 + 1;
    smoothing_ = follows_ ? smoothing_for(size()) : smoothing;
    average_ = DebiasedAverage(smoothing_);
    line_.clear();
    line_end_ = kNaN;
    for (int64_t i = 0; i < size(); ++i) smooth_next(values_[i]);
}

void CurveSeries::smooth_next(double value) {
    const double smoothed = average_.next(value);
    if (std::isfinite(smoothed)) line_end_ = smoothed;
    line_.append(smoothed);
}

void CurveSeries::append(double place, double value) {
    places_.push_back(std::max(place, last_place()));
    values_.append(value);
    if (follows_ && size() >= follow_at_) {
        set_smoothing(-1);
    } else {
        smooth_next(value);
    }
}

int64_t CurveSeries::next(double place) const {
    return std::lower_bound(places_.begin(), places_.end(), place) - places_.begin();
}

double CurveSeries::line_before(int64_t next, double place) const {
    if (next == size()) return kNaN;
    if (this->place(next) == place) return line_[next];
    if (next == 0) return kNaN;
    const double before = this->place(next - 1);
    return line_[next - 1] + (place - before) / (this->place(next) - before) * (line_[next] - line_[next - 1]);
}

CurveSeries::Bounds CurveSeries::bounds(double first, double last, const Sight& sight) const {
    const auto begin = std::lower_bound(places_.begin(), places_.end(), first) - places_.begin();
    const auto end = std::upper_bound(places_.begin(), places_.end(), last) - places_.begin();
    const auto seen = [&](double value) { return std::isfinite(value) && (!sight.log || value > 0); };
    const ValuePyramid::Extent all = (sight.raw ? values_ : line_).extent(begin, end);
    if (!sight.clip && seen(all.low)) return {all.low, all.high};
    const int64_t stride = std::max<int64_t>(1, (end - begin) / kBoundsPoints);
    std::vector<double> raw, line;
    for (int64_t i = begin; i < end; i += stride) {
        if (sight.raw && seen(values_[i])) raw.push_back(values_[i]);
        if (seen(line_[i])) line.push_back(line_[i]);
    }
    if (line.empty() || (sight.raw && raw.empty())) return {};
    if (!sight.clip) {
        const std::vector<double>& widest = sight.raw ? raw : line;
        return {*std::min_element(widest.begin(), widest.end()), all.high};
    }
    Bounds bounds;
    // Where the line begins and ends is no outlier, however few are like it.
    for (const double end_of_line : {line.front(), line.back()}) bounds.add(end_of_line);
    for (std::vector<double>* values : {&raw, &line})
        for (const double share : {0.005, 0.995})
            if (!values->empty()) bounds.add(quantile(*values, share));
    return bounds;
}

}  // namespace lathe
