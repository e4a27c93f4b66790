// What the tests of models share: the golden models and what transformers says of them. See tests/data/README.md.
#pragma once

#include <ATen/core/Tensor.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "engine/base/json.h"
#include "engine/model/model_io.h"
#include "engine/model/ops.h"

namespace lathe_test {

using namespace lathe;

inline std::string golden(const std::string& name) {
    return std::string(LATHE_SOURCE_DIR "/tests/data/") + name;
}
inline Json golden_json(const std::string& name) {
    return read_json(golden(name));
}

inline std::vector<int32_t> tokens_of(const Json& array) {
    return array.get<std::vector<int32_t>>();
}

// Logits (T,V) of sequences that go through the model together.
inline at::Tensor logits_of(Model& model, const std::vector<int32_t>& ids, const std::vector<int32_t>& lengths) {
    model.reserve_positions(model.config().max_position_embeddings);
    return ops::logits(model.hidden(ids, whole_sequences(lengths)), model.head());
}
inline at::Tensor logits_of(Model& model, const std::vector<int32_t>& ids) {
    return logits_of(model, ids, {static_cast<int32_t>(ids.size())});
}

inline bool same_bits(const float* a, const float* b, int64_t count) {
    return std::memcmp(a, b, static_cast<size_t>(count) * sizeof(float)) == 0;
}
inline bool same_bits(const at::Tensor& a, const at::Tensor& b) {
    return a.sizes() == b.sizes() && same_bits(a.const_data_ptr<float>(), b.const_data_ptr<float>(), a.numel());
}

inline double largest_difference(const float* a, const float* b, int64_t count) {
    double largest = 0;
    for (int64_t i = 0; i < count; ++i) {
        const double difference = std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i]));
        largest = difference <= largest ? largest : difference;  // a NaN is kept
    }
    return largest;
}

inline std::vector<float> copy_of(const at::Tensor& tensor) {
    const auto* values = tensor.const_data_ptr<float>();
    return {values, values + tensor.numel()};
}

inline int32_t argmax(const float* row, int64_t count) {
    int64_t best = 0;
    for (int64_t i = 1; i < count; ++i)
        if (row[i] > row[best]) best = i;
    return static_cast<int32_t>(best);
}

}  // namespace lathe_test
