#include "ui/value_pyramid.h"

#include <cmath>

namespace lathe {

namespace {

constexpr int64_t kFan = 16;

}  // namespace

void ValuePyramid::Extent::add(const Extent& other) {
    low = std::fmin(low, other.low);
    high = std::fmax(high, other.high);
    gap = gap || other.gap;
}

void ValuePyramid::clear() {
    values_.clear();
    levels_.clear();
}

void ValuePyramid::append(double value) {
    values_.push_back(std::isfinite(value) ? value : std::numeric_limits<double>::quiet_NaN());
    int64_t count = size();
    for (size_t level = 0; count % kFan == 0; ++level) {
        if (level == levels_.size()) levels_.emplace_back();
        Extent all;
        for (int64_t i = count - kFan; i < count; ++i) all.add(extent_of({level, 1}, i));
        levels_[level].push_back(all);
        count = static_cast<int64_t>(levels_[level].size());
    }
}

ValuePyramid::Block ValuePyramid::block_at(int64_t first, int64_t end) const {
    Block block;
    while (block.level < levels_.size() && first % (block.width * kFan) == 0 && first + block.width * kFan <= end) {
        block.width *= kFan;
        ++block.level;
    }
    return block;
}

ValuePyramid::Extent ValuePyramid::extent_of(const Block& block, int64_t first) const {
    const auto index = static_cast<size_t>(first / block.width);
    if (block.level > 0) return levels_[block.level - 1][index];
    return {values_[index], values_[index], std::isnan(values_[index])};
}

ValuePyramid::Extent ValuePyramid::extent(int64_t first, int64_t end) const {
    Extent all;
    while (first < end) {
        const Block block = block_at(first, end);
        all.add(extent_of(block, first));
        first += block.width;
    }
    return all;
}

int64_t ValuePyramid::first_gap(int64_t first, int64_t end) const {
    while (first < end) {
        Block block = block_at(first, end);
        if (!extent_of(block, first).gap) {
            first += block.width;
            continue;
        }
        for (; block.level > 0; --block.level) {  // down to the value
            block.width /= kFan;
            while (!extent_of({block.level - 1, block.width}, first).gap) first += block.width;
        }
        return first;
    }
    return end;
}

}  // namespace lathe
