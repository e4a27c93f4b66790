// CUDA forward pass of causal attention (attention.h): FlashAttention-2 (arXiv 2307.08691) without tensor cores. As on
// the CPU, the H/G heads of a key/value head are rows of one problem: row r = query r / (H/G), head r % (H/G) of the
// group. A block takes 16·R rows of one (sequence, key/value head), with threads as 16 × 8: a thread computes R rows ×
// 4 keys of the scores, and sums R rows × C columns (tx, tx + 8, …) of the output. The eight threads of a row are
// neighbours in a warp, and shuffle.
#include <stdexcept>

#include "kernels/attention.h"
#include "kernels/launch.cuh"

namespace lathe::cuda {
namespace {

constexpr int kGroups = 16, kColumns = 8;  // threads of a block: ty, tx
constexpr int kKeysPerThread = 4;
constexpr int kKeys = kColumns * kKeysPerThread;
constexpr float kLowest = -3.402823466e38f;  // finite, so that lowest - lowest = 0
constexpr unsigned kAllLanes = 0xffffffffu;

__device__ inline float row_max(float x) {
    for (int step = kColumns / 2; step > 0; step /= 2) x = fmaxf(x, __shfl_xor_sync(kAllLanes, x, step));
    return x;
}

__device__ inline float row_sum(float x) {
    for (int step = kColumns / 2; step > 0; step /= 2) x += __shfl_xor_sync(kAllLanes, x, step);
    return x;
}

// Keys or values begin .. begin+kKeys-1 of key/value head g; zeros past `end`. Rows of D+1 floats, so that banks
// differ.
__device__ inline void load_keys(const float* from, int64_t begin, int64_t end, int64_t g, const AttentionShape& shape,
                                 float* to) {
    const int D = static_cast<int>(shape.D);
    for (int i = static_cast<int>(threadIdx.x); i < kKeys * D; i += kGroups * kColumns) {
        const int64_t key = begin + i / D;
        to[i / D * (D + 1) + i % D] = key < end ? from[key * shape.kv_stride + g * D + i % D] : 0.0f;
    }
}

template <int R, int C>
__global__ void attention_kernel(const AttentionSequence* sequences, const float* q, float* o, float* lse,
                                 AttentionShape shape) {
    constexpr int kRows = kGroups * R;
    const AttentionSequence sequence = sequences[blockIdx.z];
    const int64_t g = blockIdx.y, group = shape.H / shape.G;
    const int64_t rows = sequence.q_len * group, first_row = static_cast<int64_t>(blockIdx.x) * kRows;
    if (first_row >= rows) return;  // the whole block
    const int D = static_cast<int>(shape.D);
    const int tx = static_cast<int>(threadIdx.x) % kColumns, ty = static_cast<int>(threadIdx.x) / kColumns;

    LATHE_DYNAMIC_SHARED(shared);
    float* const queries = shared;                  // (kRows, D+1), scaled
    float* const keys = queries + kRows * (D + 1);  // (kKeys, D+1): keys, then values
    float* const p = keys + kKeys * (D + 1);        // (kRows, kKeys+1)

    for (int i = static_cast<int>(threadIdx.x); i < kRows * D; i += kGroups * kColumns) {
        const int64_t row = first_row + i / D;
        const int64_t token = sequence.q_begin + row / group, head = g * group + row % group;
        queries[i / D * (D + 1) + i % D] =
            row < rows ? q[token * shape.q_stride + head * D + i % D] * shape.scale : 0.0f;
    }

    int64_t visible[R];
    float m[R], l[R], sum[R][C];
    for (int r = 0; r < R; ++r) {
        const int64_t row = first_row + ty * R + r;
        visible[r] = row < rows ? sequence.kv_len - sequence.q_len + row / group + 1 : 0;
        m[r] = kLowest;
        l[r] = 0.0f;
        for (int c = 0; c < C; ++c) sum[r][c] = 0.0f;
    }

    const int64_t last_row = (first_row + kRows < rows ? first_row + kRows : rows) - 1;
    const int64_t end = sequence.kv_len - sequence.q_len + last_row / group + 1;
    for (int64_t begin = 0; begin < end; begin += kKeys) {
        __syncthreads();  // the values of the tile before are read, and the queries are there
        load_keys(sequence.k, begin, end, g, shape, keys);
        __syncthreads();
        float s[R][kKeysPerThread] = {};
        for (int d = 0; d < D; ++d) {
            float key[kKeysPerThread];
            for (int j = 0; j < kKeysPerThread; ++j) key[j] = keys[(tx + j * kColumns) * (D + 1) + d];
            for (int r = 0; r < R; ++r) {
                const float query = queries[(ty * R + r) * (D + 1) + d];
                for (int j = 0; j < kKeysPerThread; ++j) s[r][j] += query * key[j];
            }
        }
        for (int r = 0; r < R; ++r) {
            float largest = m[r];
            for (int j = 0; j < kKeysPerThread; ++j) {
                if (begin + tx + j * kColumns < visible[r]) largest = fmaxf(largest, s[r][j]);
            }
            largest = row_max(largest);
            float total = 0.0f;
            for (int j = 0; j < kKeysPerThread; ++j) {
                const int key = tx + j * kColumns;
                const float probability = begin + key < visible[r] ? expf(s[r][j] - largest) : 0.0f;
                p[(ty * R + r) * (kKeys + 1) + key] = probability;
                total += probability;
            }
            const float alpha = expf(m[r] - largest);
            m[r] = largest;
            l[r] = l[r] * alpha + row_sum(total);
            for (int c = 0; c < C; ++c) sum[r][c] *= alpha;
        }
        __syncthreads();  // p is there, and the keys are read
        load_keys(sequence.v, begin, end, g, shape, keys);
        __syncthreads();
        for (int j = 0; j < kKeys; ++j) {
            float probability[R];
            for (int r = 0; r < R; ++r) probability[r] = p[(ty * R + r) * (kKeys + 1) + j];
            for (int c = 0; c < C; ++c) {
                const int d = tx + c * kColumns;
                const float value = d < D ? keys[j * (D + 1) + d] : 0.0f;
                for (int r = 0; r < R; ++r) sum[r][c] += probability[r] * value;
            }
        }
    }

    for (int r = 0; r < R; ++r) {
        const int64_t row = first_row + ty * R + r;
        if (row >= rows) continue;
        const int64_t token = sequence.q_begin + row / group, head = g * group + row % group;
        for (int c = 0; c < C; ++c) {
            const int d = tx + c * kColumns;
            if (d < D) o[token * shape.o_stride + head * D + d] = sum[r][c] / l[r];
        }
        if (lse != nullptr && tx == 0) lse[token * shape.H + head] = m[r] + logf(l[r]);
    }
}

// At most 38 KB of shared memory: no opt-in above 48 KB is needed.
template <int R, int C>
void launch(const AttentionSequence* sequences, int64_t count, int64_t max_q_len, const float* q, float* o, float* lse,
            const AttentionShape& shape, void* stream) {
    constexpr int kRows = kGroups * R;
    const int64_t tiles = (max_q_len * (shape.H / shape.G) + kRows - 1) / kRows;
    const dim3 grid(static_cast<unsigned>(tiles), static_cast<unsigned>(shape.G), static_cast<unsigned>(count));
    const size_t floats = static_cast<size_t>((kRows + kKeys) * (shape.D + 1) + kRows * (kKeys + 1));
    const auto attention_tiles = attention_kernel<R, C>;
    LATHE_LAUNCH(attention_tiles, grid, dim3(kGroups * kColumns), floats * sizeof(float), stream, sequences, q, o, lse,
                 shape);
}

}  // namespace

void attention(const AttentionSequence* sequences, int64_t count, int64_t max_q_len, const float* q, float* o,
               float* lse, AttentionShape shape, void* stream) {
    if (shape.D < 1 || shape.D > 128 || shape.G < 1 || shape.H % shape.G != 0) {
        throw std::invalid_argument("attention: on CUDA head_dim must be 1 to 128, and G must divide H");
    }
    if (count == 0 || max_q_len == 0) return;
    if (shape.D <= 64) {
        launch<4, 8>(sequences, count, max_q_len, q, o, lse, shape, stream);
    } else {
        launch<2, 16>(sequences, count, max_q_len, q, o, lse, shape, stream);
    }
}

}  // namespace lathe::cuda
