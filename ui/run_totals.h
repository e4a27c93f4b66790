// What a run's tiles say about all of its steps, kept up to date step by step so that a long run costs no more than a
// short one. Values, any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/base/events.h"

namespace lathe {

class RunTotals {
public:
    struct At {
        double value = 0;
        int64_t step = 0;
    };

    RunTotals() = default;
    explicit RunTotals(const std::vector<MetricPoint>& points);
    // The next step; its validation loss may come later: add_validation().
    void add(const MetricPoint& point);
    void add_validation(int64_t step, double loss);

    int64_t steps() const { return steps_; }
    const std::optional<At>& first_loss() const { return first_loss_; }  // that is finite
    const std::optional<At>& last_loss() const { return last_loss_; }    // finite or not
    const std::optional<At>& best_validation() const { return best_validation_; }
    const std::optional<At>& last_validation() const { return last_validation_; }
    const std::optional<At>& peak_bytes() const { return peak_bytes_; }
    double learning_rate() const { return learning_rate_; }
    // The median of the last `count` steps, of all where it is 0; without the first steps, which are slower. `of`: how
    // many those were; 0: none.
    double tokens_per_s(size_t count, size_t* of) const;

private:
    int64_t steps_ = 0;
    std::optional<At> first_loss_, last_loss_, best_validation_, last_validation_, peak_bytes_;
    double learning_rate_ = 0;
    std::vector<double> speeds_;
};

}  // namespace lathe
