// A series that grows at its end, with the lowest and the highest of every 16, 256, 4096, … values, so that those of
// any part of it are found in O(log n): what a plot of a million points draws from. Appending is O(1) amortised. What
// is not finite is a gap. Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace lathe {

class ValuePyramid {
public:
    struct Extent {
        double low = std::numeric_limits<double>::quiet_NaN(), high = low;  // NaN: nothing is finite
        bool gap = false;                                                   // something is not
        void add(const Extent& other);
    };

    void clear();
    void append(double value);
    int64_t size() const { return static_cast<int64_t>(values_.size()); }
    double operator[](int64_t index) const { return values_[static_cast<size_t>(index)]; }  // NaN: a gap
    // Of the values [first, end).
    Extent extent(int64_t first, int64_t end) const;
    // The first gap of [first, end); end: there is none.
    int64_t first_gap(int64_t first, int64_t end) const;

private:
    struct Block {
        size_t level = 0;  // 0: a value; else levels_[level - 1]
        int64_t width = 1;
    };
    // The widest whole block that begins at `first` and ends by `end`.
    Block block_at(int64_t first, int64_t end) const;
    Extent extent_of(const Block& block, int64_t first) const;

    std::vector<double> values_;
    std::vector<std::vector<Extent>> levels_;  // whole blocks alone
};

}  // namespace lathe
