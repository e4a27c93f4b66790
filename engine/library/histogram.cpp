#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/library/inspect.h"
#include "engine/library/model_tensors.h"

namespace lathe {

namespace {

constexpr int64_t kChunk = 1 << 18;  // elements

size_t bin_of(double value, double min, double width) {
    if (width == 0) return kHistogramBins / 2;
    return static_cast<size_t>(std::min(kHistogramBins - 1, static_cast<int64_t>((value - min) / width)));
}

}  // namespace

TensorHistogram tensor_histogram(const std::string& path, const std::string& tensor,
                                 const std::function<bool(int64_t)>& progress) {
    const ModelTensors tensors(path);
    TensorHistogram result{.elements = tensors.elements(tensor)};
    result.bins.resize(kHistogramBins);
    std::vector<float> values(static_cast<size_t>(std::min(kChunk, result.elements)));
    int64_t done = 0;
    const auto for_each_finite = [&](const auto& take) {
        for (int64_t first = 0; first < result.elements; first += kChunk) {
            const int64_t count = std::min(kChunk, result.elements - first);
            tensors.read_fp32(tensor, first, count, values.data());
            for (int64_t i = 0; i < count; ++i)
                if (const double value = values[static_cast<size_t>(i)]; std::isfinite(value)) take(value);
            done += count;
            if (progress && !progress(done)) fail({.kind = ErrorKind::cancelled, .file = path, .key = tensor});
        }
    };
    double sum = 0, min = std::numeric_limits<double>::infinity(), max = -min;
    int64_t finite = 0;
    for_each_finite([&](double value) {
        sum += value;
        min = std::min(min, value);
        max = std::max(max, value);
        result.zeros += value == 0;
        ++finite;
    });
    result.non_finite = result.elements - finite;
    if (finite == 0) return result;
    result.min = min;
    result.max = max;
    result.mean = sum / static_cast<double>(finite);
    const double width = (max - min) / static_cast<double>(kHistogramBins);
    double squares = 0;
    for_each_finite([&](double value) {
        squares += (value - result.mean) * (value - result.mean);
        ++result.bins[bin_of(value, min, width)];
    });
    result.std = std::sqrt(squares / static_cast<double>(finite));
    return result;
}

}  // namespace lathe
