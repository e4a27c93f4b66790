// When a run ends before its last step, and how its validation loss goes. Values and pure functions, any thread.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/base/events.h"

namespace lathe {

// The validation losses of a run, each added in its order. One that is no number is never better.
struct ValidationTrend {
    struct Best {
        int64_t step;
        double loss;
    };
    std::optional<Best> best;
    std::optional<double> last;
    int64_t without_better = 0;  // validations since the best
    int64_t above_best = 0;      // of these, in a row up to the last: those above it

    void add(int64_t step, double loss);
    // Two in a row are above the best: true once, and again only after one that is not.
    bool begins_to_rise() const { return above_best == 2; }
};

struct RunPosition {
    int64_t step = 0;
    double elapsed_s = 0;  // of training
    ValidationTrend validations;
};

struct StopRule {
    const char* reason;  // TrainDone's
    const char* key;     // TrainControls'
    bool (*is_met)(const TrainControls& controls, const RunPosition& at);
    void (*clear)(TrainControls& controls);
};

// The first rule that ends the run here; nullptr: none does.
const StopRule* met_rule(const TrainControls& controls, const RunPosition& at);
// What a resume goes on with: a rule that ended the run would end it again at once.
TrainControls without_met_rules(TrainControls controls, const RunPosition& at);

}  // namespace lathe
