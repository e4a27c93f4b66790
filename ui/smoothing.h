// Smoothing of a noisy series: the debiased exponential moving average
//     m_t = b m_{t-1} + (1 - b) x_t,   s_t = m_t / (1 - b^t)      (Adam's bias correction; m_0 = 0)
// so that the first value is itself. What is not finite leaves the average as it was and is NaN in the output: a gap.
// Any thread.
#pragma once

#include <cstdint>

namespace lathe {

class DebiasedAverage {
public:
    explicit DebiasedAverage(double b) : b_(b) {}
    double next(double x);

private:
    double b_;
    double mean_ = 0, weight_ = 0;  // weight = 1 - b^t
};

// A window of an eightieth of the series: 0 up to 80 points, at most 0.98.
double smoothing_for(int64_t points);

}  // namespace lathe
