#include "engine/train/stop_rules.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace lathe {

namespace {

constexpr std::array kStopRules = {
    StopRule{"step", "stop_at_step",
             [](const TrainControls& c, const RunPosition& at) { return c.stop_at_step && at.step >= *c.stop_at_step; },
             [](TrainControls& c) { c.stop_at_step.reset(); }},
    StopRule{"loss", "stop_at_loss",
             [](const TrainControls& c, const RunPosition& at) {
                 return c.stop_at_loss && at.validations.last && *at.validations.last <= *c.stop_at_loss;
             },
             [](TrainControls& c) { c.stop_at_loss.reset(); }},
    StopRule{
        "time", "stop_after_s",
        [](const TrainControls& c, const RunPosition& at) { return c.stop_after_s && at.elapsed_s >= *c.stop_after_s; },
        [](TrainControls& c) { c.stop_after_s.reset(); }},
    StopRule{"patience", "early_stopping_patience",
             [](const TrainControls& c, const RunPosition& at) {
                 return c.early_stopping_patience && at.validations.without_better >= *c.early_stopping_patience;
             },
             [](TrainControls& c) { c.early_stopping_patience.reset(); }},
};

}  // namespace

void ValidationTrend::add(int64_t step, double loss) {
    last = loss;
    if (!std::isnan(loss) && (!best || loss < best->loss)) {
        best = Best{step, loss};
        without_better = above_best = 0;
        return;
    }
    ++without_better;
    const bool as_good = best && loss <= best->loss;
    above_best = as_good || !best ? 0 : above_best + 1;
}

const StopRule* met_rule(const TrainControls& controls, const RunPosition& at) {
    const auto* rule = std::find_if(kStopRules.begin(), kStopRules.end(),
                                    [&](const StopRule& one) { return one.is_met(controls, at); });
    return rule == kStopRules.end() ? nullptr : rule;
}

TrainControls without_met_rules(TrainControls controls, const RunPosition& at) {
    while (const StopRule* rule = met_rule(controls, at)) rule->clear(controls);
    return controls;
}

}  // namespace lathe
