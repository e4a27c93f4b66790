// Lengths of time and what is published of them.
#pragma once

#include <QJsonObject>
#include <algorithm>
#include <cmath>
#include <vector>

namespace lathe {

class Durations {
public:
    void add(double ms) { all_ms_.push_back(ms); }
    void clear() { all_ms_.clear(); }
    // Median, 99th of 100, worst, how many; with a limit also how many of them over it.
    QJsonObject json(double limit_ms = 0) {
        if (all_ms_.empty()) return {};
        std::sort(all_ms_.begin(), all_ms_.end());
        const auto at = [this](double share) {
            return all_ms_[static_cast<size_t>(std::ceil(share * static_cast<double>(all_ms_.size() - 1)))];
        };
        QJsonObject result{{QStringLiteral("median_ms"), at(0.5)},
                           {QStringLiteral("p99_ms"), at(0.99)},
                           {QStringLiteral("worst_ms"), all_ms_.back()},
                           {QStringLiteral("count"), static_cast<double>(all_ms_.size())}};
        const auto over = all_ms_.end() - std::upper_bound(all_ms_.begin(), all_ms_.end(), limit_ms);
        if (limit_ms > 0) result[QStringLiteral("over_limit")] = static_cast<double>(over);
        return result;
    }

private:
    std::vector<double> all_ms_;
};

}  // namespace lathe
