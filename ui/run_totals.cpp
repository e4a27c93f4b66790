#include "ui/run_totals.h"

#include <algorithm>
#include <cmath>

namespace lathe {

namespace {

constexpr size_t kWarmSteps = 2;  // the first steps allocate

}  // namespace

RunTotals::RunTotals(const std::vector<MetricPoint>& points) {
    for (const MetricPoint& point : points) add(point);
}

void RunTotals::add(const MetricPoint& point) {
    ++steps_;
    last_loss_ = At{point.loss, point.step};
    if (!first_loss_ && std::isfinite(point.loss)) first_loss_ = last_loss_;
    learning_rate_ = point.learning_rate;
    if (std::isfinite(point.tokens_per_s)) speeds_.push_back(point.tokens_per_s);
    double total = 0;
    for (const auto& [kind, bytes] : point.bytes) total += static_cast<double>(bytes);
    if (total > 0 && (!peak_bytes_ || total > peak_bytes_->value)) peak_bytes_ = At{total, point.step};
    if (point.eval_loss) add_validation(point.step, *point.eval_loss);
}

void RunTotals::add_validation(int64_t step, double loss) {
    last_validation_ = At{loss, step};
    if (!best_validation_ || loss < best_validation_->value) best_validation_ = last_validation_;
}

double RunTotals::tokens_per_s(size_t count, size_t* of) const {
    const size_t warm = speeds_.size() > 2 * kWarmSteps ? kWarmSteps : 0;
    const size_t first = count == 0 ? warm : std::max(warm, speeds_.size() - std::min(speeds_.size(), count));
    std::vector<double> speeds(speeds_.begin() + static_cast<std::ptrdiff_t>(first), speeds_.end());
    *of = speeds.size();
    if (speeds.empty()) return 0;
    const auto middle = speeds.begin() + static_cast<std::ptrdiff_t>(speeds.size() / 2);
    std::nth_element(speeds.begin(), middle, speeds.end());
    return *middle;
}

}  // namespace lathe
