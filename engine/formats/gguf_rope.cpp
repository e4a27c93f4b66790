#include <algorithm>
#include <cmath>
#include <string>

#include "engine/base/error.h"
#include "engine/formats/gguf_model.h"

namespace lathe {

namespace {

double llama3_divisor(const RopeParameters& rope, double frequency) {
    constexpr double kTwoPi = 6.283185307179586;
    const double wavelength = kTwoPi / frequency, length = static_cast<double>(rope.original_max_position_embeddings);
    if (wavelength < length / rope.high_freq_factor) return 1;
    if (wavelength > length / rope.low_freq_factor) return rope.factor;
    const double smooth = (length / wavelength - rope.low_freq_factor) / (rope.high_freq_factor - rope.low_freq_factor);
    return 1 / ((1 - smooth) / rope.factor + smooth);
}

void read_llama3(const GgufFile& file, const GgufTensor& tensor, const std::string& a, int64_t head_size,
                 RopeParameters& rope) {
    if (tensor.shape != std::vector<int64_t>{head_size / 2})
        file.refuse(ErrorKind::mismatch, tensor.name, std::to_string(head_size / 2) + " factors",
                    std::to_string(tensor.elements()));
    std::vector<float> divisors(static_cast<size_t>(head_size / 2));
    file.read_fp32(tensor, 0, head_size / 2, divisors.data());
    rope.factor = *std::max_element(divisors.begin(), divisors.end());
    if (!(rope.factor >= 1 && rope.factor <= 1e6))
        file.refuse(ErrorKind::out_of_range, tensor.name, "1 to 1e6", std::to_string(rope.factor));
    rope.rope_type = "llama3";
    rope.low_freq_factor = 1;
    rope.high_freq_factor = 4;
    for (const int64_t length :
         {file.integer(a + ".rope.scaling.original_context_length").value_or(8192), int64_t{8192}}) {
        rope.original_max_position_embeddings = length;
        const std::vector<float> wanted = llama3_divisors(rope, head_size);
        const auto near = [](float a, float b) { return std::abs(a - b) <= 1e-4F * b; };
        if (length > 0 && std::equal(divisors.begin(), divisors.end(), wanted.begin(), near)) return;
    }
    file.refuse(ErrorKind::unsupported, tensor.name, "the factors of Llama 3", "others");
}

}  // namespace

std::vector<float> llama3_divisors(const RopeParameters& rope, int64_t head_size) {
    std::vector<float> divisors;
    for (int64_t i = 0; i < head_size / 2; ++i) {
        const double exponent = -2.0 * static_cast<double>(i) / static_cast<double>(head_size);
        divisors.push_back(static_cast<float>(llama3_divisor(rope, std::pow(rope.rope_theta, exponent))));
    }
    return divisors;
}

RopeParameters read_gguf_rope(const GgufFile& file, const std::string& a, int64_t head_size) {
    const std::string scaling = a + ".rope.scaling.";
    RopeParameters rope;
    rope.rope_theta = file.number(a + ".rope.freq_base").value_or(10000.0);
    if (rope.rope_theta < 1)
        file.refuse(ErrorKind::out_of_range, a + ".rope.freq_base", "at least 1", std::to_string(rope.rope_theta));
    std::string type = file.text(scaling + "type").value_or("none");
    double factor = file.number(scaling + "factor").value_or(0);
    if (const double old = file.number(a + ".rope.scale_linear").value_or(0); old != 0 && type == "none") {
        type = "linear";
        factor = old;
    }
    if (type != "none" && type != "linear" && type != "yarn")
        file.refuse(ErrorKind::unsupported, scaling + "type", "none, linear or yarn", type.substr(0, 80));
    if (const double scale = file.number(scaling + "attn_factor").value_or(1); scale != 1)
        file.refuse(ErrorKind::unsupported, scaling + "attn_factor", "1", std::to_string(scale));
    for (const char* key : {"yarn_ext_factor", "yarn_attn_factor", "yarn_log_multiplier"})
        if (const double value = file.number(scaling + key).value_or(0); value != 0 && value != 1)
            file.refuse(ErrorKind::unsupported, scaling + key, "none", std::to_string(value));
    if (const GgufTensor* divisors = file.find("rope_freqs.weight")) {
        if (type != "none")
            file.refuse(ErrorKind::unsupported, scaling + "type", "none beside rope_freqs.weight", type);
        read_llama3(file, *divisors, a, head_size, rope);
        return rope;
    }
    if (type == "none" || factor == 1 || (type == "linear" && factor == 0)) return rope;
    rope.rope_type = type;
    rope.factor = factor;
    if (!(rope.factor >= 1 && rope.factor <= 1e6))
        file.refuse(ErrorKind::out_of_range, scaling + "factor", "1 to 1e6", std::to_string(rope.factor));
    if (type == "linear") return rope;
    rope.original_max_position_embeddings = file.integer(scaling + "original_context_length").value_or(0);
    if (rope.original_max_position_embeddings < 0)
        file.refuse(ErrorKind::out_of_range, scaling + "original_context_length", "at least 1",
                    std::to_string(rope.original_max_position_embeddings));
    const auto beta = [&](const char* key, double otherwise) {
        const double value = file.number(scaling + key).value_or(otherwise);
        if (!(value > 0))
            file.refuse(ErrorKind::out_of_range, scaling + key, "a number above 0", std::to_string(value));
        return value;
    };
    rope.beta_fast = beta("yarn_beta_fast", 32.0);
    rope.beta_slow = beta("yarn_beta_slow", 1.0);
    return rope;
}

}  // namespace lathe
