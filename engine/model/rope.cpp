#include "engine/model/rope.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lathe {

namespace {

// Dimension at which `rotations` full turns fit into the original context.
double yarn_dimension(double rotations, const RopeParameters& rope, int64_t D, double original) {
    return static_cast<double>(D) * std::log(original / (rotations * 2 * std::numbers::pi)) /
           (2 * std::log(rope.rope_theta));
}

}  // namespace

std::vector<float> rope_frequencies(const RopeParameters& rope, int64_t D, int64_t max_positions) {
    const int64_t half = D / 2;
    const auto original = static_cast<double>(
        rope.original_max_position_embeddings > 0 ? rope.original_max_position_embeddings : max_positions);
    double low = 0, high = 0;
    if (rope.rope_type == "yarn") {
        low = std::max(0.0, std::floor(yarn_dimension(rope.beta_fast, rope, D, original)));
        high = std::min(static_cast<double>(D - 1), std::ceil(yarn_dimension(rope.beta_slow, rope, D, original)));
        if (low == high) high += 0.001;
    }
    std::vector<float> frequencies(static_cast<size_t>(half));
    for (int64_t i = 0; i < half; ++i) {
        const float exponent = static_cast<float>(2 * i) / static_cast<float>(D);
        float w = 1.0F / std::pow(static_cast<float>(rope.rope_theta), exponent);
        if (rope.rope_type == "linear") {
            w /= static_cast<float>(rope.factor);
        } else if (rope.rope_type == "yarn") {
            const double ramp = std::clamp((static_cast<double>(i) - low) / (high - low), 0.0, 1.0);
            w = static_cast<float>(w / rope.factor * ramp + w * (1 - ramp));
        } else if (rope.rope_type == "llama3") {
            const double wavelength = 2 * std::numbers::pi / w;
            if (wavelength > original / rope.low_freq_factor) {
                w /= static_cast<float>(rope.factor);
            } else if (wavelength >= original / rope.high_freq_factor) {
                const double smooth =
                    (original / wavelength - rope.low_freq_factor) / (rope.high_freq_factor - rope.low_freq_factor);
                w = static_cast<float>((1 - smooth) * w / rope.factor + smooth * w);
            }
        }
        frequencies[static_cast<size_t>(i)] = w;
    }
    return frequencies;
}

double rope_attention_factor(const RopeParameters& rope) {
    if (rope.rope_type != "yarn") return 1.0;
    if (rope.attention_factor > 0) return rope.attention_factor;
    return rope.factor <= 1 ? 1.0 : 0.1 * std::log(rope.factor) + 1.0;
}

RopeTable make_rope_table(const RopeParameters& rope, int64_t D, int64_t max_positions, int64_t positions) {
    const std::vector<float> frequencies = rope_frequencies(rope, D, max_positions);
    const auto factor = static_cast<float>(rope_attention_factor(rope));
    RopeTable table{.half = D / 2, .cos = {}, .sin = {}};
    table.cos.reserve(static_cast<size_t>(positions * table.half));
    table.sin.reserve(static_cast<size_t>(positions * table.half));
    for (int64_t p = 0; p < positions; ++p) {
        for (const float w : frequencies) {
            const float angle = static_cast<float>(p) * w;
            table.cos.push_back(std::cos(angle) * factor);
            table.sin.push_back(std::sin(angle) * factor);
        }
    }
    return table;
}

}  // namespace lathe
