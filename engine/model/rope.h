// Tables of the rotary embedding: cos and sin of position · frequency, with the length scalings default, linear,
// dynamic, YaRN and Llama-3. Frequencies: w_i = theta^(-2i/D), rescaled as transformers 5.23 modeling_rope_utils.py
// does (YaRN: arXiv 2309.00071). dynamic rescales beyond max_position_embeddings alone, where no sequence goes: it is
// default. Thread: engine.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/config.h"

namespace lathe {

struct RopeTable {
    int64_t half = 0;        // D/2
    std::vector<float> cos;  // (positions, D/2)
    std::vector<float> sin;

    int64_t positions() const { return half > 0 ? static_cast<int64_t>(cos.size()) / half : 0; }
};

// Frequencies (D/2) in fp32, as transformers computes them.
std::vector<float> rope_frequencies(const RopeParameters& rope, int64_t D, int64_t max_positions);
// Factor on cos and sin (YaRN; else 1).
double rope_attention_factor(const RopeParameters& rope);
RopeTable make_rope_table(const RopeParameters& rope, int64_t D, int64_t max_positions, int64_t positions);

}  // namespace lathe
