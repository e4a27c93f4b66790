// How kernel tests judge: the flash-attention rule (arXiv 2205.14135, its tests): a kernel's largest error against the
// reference in double is at most twice that of the plain float computation, plus a floor of a few float epsilons of the
// largest value. Also central finite differences for gradients in double, deterministic random data, and a loop over
// SIMD targets. Tests only.
#pragma once

#include <QtTest>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "hwy/highway.h"
#include "hwy/targets.h"

namespace lathe::check {

inline std::vector<float> random_floats(size_t n, uint32_t seed, float scale = 1.0f) {
    std::mt19937 generator(seed);
    std::normal_distribution<float> normal(0.0f, scale);
    std::vector<float> values(n);
    for (float& value : values) value = normal(generator);
    return values;
}

inline std::vector<double> widen(const std::vector<float>& values) {
    return {values.begin(), values.end()};
}

template <class T>
double largest_error(const std::vector<T>& got, const std::vector<double>& expected) {
    double worst = 0;
    for (size_t i = 0; i < expected.size(); ++i) {
        const double error = std::abs(static_cast<double>(got[i]) - expected[i]);
        if (!(error <= worst)) worst = error;  // a NaN stays
    }
    return worst;
}

inline bool follows_rule(const std::vector<float>& kernel, const std::vector<float>& plain,
                         const std::vector<double>& reference, const char* what) {
    double largest = 0;
    for (const double value : reference) largest = std::max(largest, std::abs(value));
    const double limit = 2.0 * largest_error(plain, reference) + 4.0 * 1.2e-7 * largest;
    const double error = largest_error(kernel, reference);
    if (kernel.size() == reference.size() && error <= limit) return true;
    const int64_t targets = hwy::SupportedTargets();
    qWarning("%s on %s: error %.3g exceeds %.3g", what, hwy::TargetName(targets & -targets), error, limit);
    return false;
}

// Largest gap between gradient and the central difference of f() by each of x, relative to the largest gradient.
template <class Function>
double finite_difference_gap(std::vector<double>& x, const std::vector<double>& gradient, Function f, double h = 1e-5) {
    double gap = 0, largest = 1e-30;
    for (size_t i = 0; i < x.size(); ++i) {
        const double kept = x[i];
        x[i] = kept + h;
        const double above = f();
        x[i] = kept - h;
        const double below = f();
        x[i] = kept;
        const double error = std::abs((above - below) / (2 * h) - gradient[i]);
        if (!(error <= gap)) gap = error;
        largest = std::max(largest, std::abs(gradient[i]));
    }
    return gap / largest;
}

template <class T>
double dot(const std::vector<T>& a, const std::vector<T>& b) {
    double sum = 0;
    for (size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    return sum;
}

// Runs body once on each SIMD target that was compiled and that this machine has.
template <class Body>
void on_every_target(Body body) {
    for (const int64_t target : hwy::SupportedAndGeneratedTargets()) {
        hwy::SetSupportedTargetsForTest(target);
        body();
    }
    hwy::SetSupportedTargetsForTest(0);
}

}  // namespace lathe::check
