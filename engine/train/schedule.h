// Learning rate of a step, as transformers' get_{constant,linear,cosine}_schedule_with_warmup: rises linearly over
// warmup_steps, then falls to min_ratio of the peak at total_steps. step counts from 0. Pure function, any thread.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <string_view>

namespace lathe {

struct Schedule {
    std::string_view type;  // constant, linear, cosine
    double peak;
    int64_t warmup_steps, total_steps;
    double min_ratio;

    double at(int64_t step) const {
        if (step < warmup_steps) return peak * static_cast<double>(step) / static_cast<double>(warmup_steps);
        if (type == "constant") return peak;
        const double progress = std::clamp(static_cast<double>(step - warmup_steps) /
                                               static_cast<double>(std::max<int64_t>(1, total_steps - warmup_steps)),
                                           0.0, 1.0);
        const double share = type == "linear" ? 1.0 - progress : 0.5 * (1.0 + std::cos(std::numbers::pi * progress));
        return peak * (min_ratio + (1.0 - min_ratio) * share);
    }
};

}  // namespace lathe
