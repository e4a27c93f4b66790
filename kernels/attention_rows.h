// How attention's kernels cut their work. The H/G query heads that read one key/value head are rows of one problem:
// row r of key/value head g = query r / (H/G), head g·(H/G) + r % (H/G). So heads share every key tile, and a tile of
// rows spans few queries, which leaves little to mask. Keys are cut in tiles of kAttentionKeys from key 0.
#pragma once

#include <algorithm>
#include <stdexcept>

#include "kernels/attention.h"

namespace lathe {

constexpr int64_t kAttentionRows = 48;  // three vectors of 16, six of 8 or twelve of 4 lanes
constexpr int64_t kAttentionKeys = 64;
constexpr int64_t kAttentionMaxD = 256;

inline void check_attention_shape(const AttentionShape& shape) {
    if (shape.D < 1 || shape.D > kAttentionMaxD || shape.G < 1 || shape.H % shape.G != 0) {
        throw std::invalid_argument("attention: head_dim must be 1 to 256, and G must divide H");
    }
}

// The rows of one key/value head g of one sequence.
struct AttentionRows {
    const AttentionSequence& sequence;
    const AttentionShape& shape;
    int64_t g;

    int64_t group() const { return shape.H / shape.G; }
    int64_t count() const { return sequence.q_len * group(); }
    // Keys 0 .. visible-1 are seen.
    int64_t visible(int64_t row) const { return sequence.kv_len - sequence.q_len + row / group() + 1; }
    int64_t token(int64_t row) const { return sequence.q_begin + row / group(); }
    int64_t head(int64_t row) const { return g * group() + row % group(); }
    // Offsets in floats into q (and dq), and into o (and d_o); index into lse.
    int64_t q_offset(int64_t row) const { return token(row) * shape.q_stride + head(row) * shape.D; }
    int64_t o_offset(int64_t row) const { return token(row) * shape.o_stride + head(row) * shape.D; }
    int64_t lse_index(int64_t row) const { return token(row) * shape.H + head(row); }
};

struct AttentionOutput {
    float* o;
    float* lse;  // or null
};

// Tensors of the backward pass, as in attention.h.
struct AttentionGradients {
    const float *q, *o, *lse, *d_o;
    float *dq, *dk, *dv;
};

// The keys of a tile that starts at key `begin`, and how many of them each row sees.
struct AttentionKeyTile {
    int64_t begin, count;
    bool masked;  // some row does not see all of them

    // seen[r] = keys of this tile that row r sees.
    void seen_by(const int64_t* visible, int64_t rows, float* seen) const {
        for (int64_t r = 0; r < rows; ++r) {
            seen[r] = static_cast<float>(std::clamp<int64_t>(visible[r] - begin, 0, count));
        }
    }
};

// visible (rows) ascends.
inline AttentionKeyTile attention_key_tile(int64_t begin, const int64_t* visible, int64_t rows) {
    const int64_t count = std::min(kAttentionKeys, visible[rows - 1] - begin);
    return {begin, count, visible[0] < begin + count};
}

}  // namespace lathe
