#include "ui/smoothing.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lathe {

double DebiasedAverage::next(double x) {
    if (!std::isfinite(x)) return std::numeric_limits<double>::quiet_NaN();
    mean_ = b_ * mean_ + (1 - b_) * x;
    weight_ = b_ * weight_ + (1 - b_);
    return mean_ / weight_;
}

double smoothing_for(int64_t points) {
    return std::clamp(1 - 80.0 / static_cast<double>(std::max<int64_t>(points, 1)), 0.0, 0.98);
}

}  // namespace lathe
