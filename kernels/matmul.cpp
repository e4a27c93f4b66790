// Packed fp32 matrix multiplication: register tiles over packed panels, after Goto & van de Geijn, "Anatomy of
// High-Performance Matrix Multiplication" (2008). Panels of b stream past a block of
// a, which stays in L2: read where it lies, or packed on the stack. Every element is summed alike whatever tile
// computes it: chains of FMAs in order of k. Any thread.
#include <array>
#include <cstring>
#include <utility>

#include "kernels/matmul.h"
#include "kernels/matmul_layout.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/matmul.cpp"
#include "hwy/cache_control.h"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"
#include "kernels/matmul_transpose-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lathe::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;
using matmul_layout::kPanelWidth;
using Tag = hn::CappedTag<float, kPanelWidth>;
constexpr int kLanes = static_cast<int>(hn::MaxLanes(Tag()));

// A tile is rows × vectors accumulators, plus registers for one row of b and one element of a. Few rows leave too few
// chains to hide the latency of an FMA: they take a wide tile.
#if HWY_TARGET == HWY_AVX3
constexpr int kTileRows = 12, kTileVectors = 2, kWideRows = 4, kWideVectors = 4;
#elif HWY_TARGET == HWY_NEON
constexpr int kTileRows = 6, kTileVectors = 4, kWideRows = 2, kWideVectors = 8;
#elif HWY_TARGET == HWY_SCALAR
constexpr int kTileRows = 2, kTileVectors = 4, kWideRows = 1, kWideVectors = 8;
#else
constexpr int kTileRows = 6, kTileVectors = 2, kWideRows = 2, kWideVectors = 4;
#endif

// Rows × K of the packed block of a: 96 × 1365 or 48 × 2730 …
constexpr int64_t kScratchFloats = 128 * 1024;

enum class Finish { kStore, kStoreWithBias, kAdd };

struct Tile {
    const float* a;  // packed: [depth][rows]; in place: rows of a, lda floats apart
    int64_t lda;
    const float* b;  // first column of the tile in its panel
    int64_t depth, panel_stride;
    float* c;
    int64_t ldc;
    const float* bias;
    Finish finish;
};

using TileFunction = void (*)(const Tile&);

// Elements of a are read where they lie (rows), or packed.
enum class Source { kPacked, kInPlace };

template <int rows, int vectors, Source source>
void compute_tile(const Tile& tile) {
    const Tag d;
    const float* HWY_RESTRICT a = tile.a;
    // Three rows share a register: the others are at its distance of lda and 2 lda.
    const float* HWY_RESTRICT three[(rows + 2) / 3];
    HWY_UNROLL(4)
    for (int i = 0; i < (rows + 2) / 3; ++i) three[i] = tile.a + 3 * i * tile.lda;
    const int64_t lda = tile.lda;
    const float* HWY_RESTRICT b[vectors];
    HWY_UNROLL(16)
    for (int v = 0; v < vectors; ++v) {
        b[v] = tile.b + v * kLanes / kPanelWidth * tile.panel_stride + v * kLanes % kPanelWidth;
    }
    hn::Vec<Tag> sum[rows][vectors];
    HWY_UNROLL(16)
    for (int r = 0; r < rows; ++r) {
        HWY_UNROLL(16)
        for (int v = 0; v < vectors; ++v) sum[r][v] = hn::Zero(d);
    }
    for (int64_t r = 0; r < rows; ++r) hwy::Prefetch(tile.c + r * tile.ldc);
    for (int64_t k = 0; k < tile.depth; ++k) {
        hn::Vec<Tag> row[vectors];
        HWY_UNROLL(16)
        for (int v = 0; v < vectors; ++v) row[v] = hn::LoadU(d, b[v] + k * kPanelWidth);
        HWY_UNROLL(16)
        for (int r = 0; r < rows; ++r) {
            const auto element =
                hn::Set(d, source == Source::kPacked ? a[k * rows + r] : three[r / 3][k + r % 3 * lda]);
            HWY_UNROLL(16)
            for (int v = 0; v < vectors; ++v) sum[r][v] = hn::MulAdd(element, row[v], sum[r][v]);
        }
    }
    HWY_UNROLL(16)
    for (int r = 0; r < rows; ++r) {
        HWY_UNROLL(16)
        for (int v = 0; v < vectors; ++v) {
            float* out = tile.c + r * tile.ldc + v * kLanes;
            if (tile.finish == Finish::kAdd) sum[r][v] = hn::Add(hn::LoadU(d, out), sum[r][v]);
            if (tile.finish == Finish::kStoreWithBias) {
                sum[r][v] = hn::Add(hn::LoadU(d, tile.bias + v * kLanes), sum[r][v]);
            }
            hn::StoreU(sum[r][v], d, out);
        }
    }
}

template <int vectors, Source source, int... row>
constexpr std::array<TileFunction, sizeof...(row)> tile_functions(std::integer_sequence<int, row...>) {
    return {&compute_tile<row + 1, vectors, source>...};
}

// By vectors (1, kTileVectors, kWideVectors) and rows.
template <Source source>
const TileFunction* functions_of(int64_t vectors) {
    static constexpr auto narrow = tile_functions<1, source>(std::make_integer_sequence<int, kTileRows>());
    static constexpr auto normal = tile_functions<kTileVectors, source>(std::make_integer_sequence<int, kTileRows>());
    static constexpr auto wide = tile_functions<kWideVectors, source>(std::make_integer_sequence<int, kWideRows>());
    return vectors == 1 ? narrow.data() : vectors == kTileVectors ? normal.data() : wide.data();
}

// Rows of a that lie along k need no packing, but where all of a tile would share one set of the cache.
bool reads_in_place(MatrixView a) {
    constexpr int64_t kSetStride = 1024;
    return a.column_stride == 1 && a.row_stride % kSetStride != 0;
}

// The last columns of N: one vector wide, through a buffer, because the vector reaches beyond c's row.
void compute_edge(TileFunction function, Tile tile, int64_t rows, int64_t columns) {
    HWY_ALIGN float c[kTileRows * kLanes];
    HWY_ALIGN float bias[kLanes] = {};
    const size_t bytes = sizeof(float) * static_cast<size_t>(columns);
    float* const out = std::exchange(tile.c, c);
    const int64_t ldc = std::exchange(tile.ldc, kLanes);
    std::memset(c, 0, sizeof(c));
    if (tile.finish == Finish::kAdd) {
        for (int64_t r = 0; r < rows; ++r) std::memcpy(c + r * kLanes, out + r * ldc, bytes);
    }
    if (tile.finish == Finish::kStoreWithBias) std::memcpy(bias, tile.bias, bytes);
    tile.bias = bias;
    function(tile);
    for (int64_t r = 0; r < rows; ++r) std::memcpy(out + r * ldc, c + r * kLanes, bytes);
}

// Rows are dealt evenly to tiles: 16 rows are 8 + 8, never 12 + 4.
struct RowTiles {
    int64_t count, height, rows;

    explicit RowTiles(int64_t rows_in)
        : count(matmul_layout::ceil_div(rows_in, kTileRows)),
          height(matmul_layout::ceil_div(rows_in, count)),
          rows(rows_in) {
        count = matmul_layout::ceil_div(rows, height);
    }
    int64_t first(int64_t t) const { return t * height; }
    int64_t size(int64_t t) const { return std::min(height, rows - t * height); }
};

// Packs a(m,k), k in [k_begin, k_end), into [tile][k][row of tile].
void pack_a(MatrixView a, int64_t m, const RowTiles& tiles, int64_t k_begin, int64_t k_end, float* HWY_RESTRICT out) {
    const int64_t depth = k_end - k_begin;
    if (a.column_stride == 1) {
        for (int64_t t = 0; t < tiles.count; ++t) {
            const int64_t size = tiles.size(t);
            const float* source = a.data + (m + tiles.first(t)) * a.row_stride + k_begin;
            float* to = out + tiles.first(t) * depth;
            if (size == 1) {
                std::memcpy(to, source, sizeof(float) * static_cast<size_t>(depth));
                continue;
            }
            for (int64_t k = 0; k < depth; k += 16) {
                const int64_t length = std::min<int64_t>(16, depth - k);
                int64_t r = 0;
                for (; r + 4 <= size; r += 4) {
                    const float* first = source + r * a.row_stride + k;
                    const float* const rows[4] = {first, first + a.row_stride, first + 2 * a.row_stride,
                                                  first + 3 * a.row_stride};
                    transpose_4_rows(rows, length, to + k * size + r, size);
                }
                for (; r < size; ++r) {
                    for (int64_t i = k; i < k + length; ++i) to[i * size + r] = source[r * a.row_stride + i];
                }
            }
        }
        return;
    }
    for (int64_t k = 0; k < depth; ++k) {
        const float* source = a.data + (k_begin + k) * a.column_stride + m;
        for (int64_t t = 0; t < tiles.count; ++t) {
            const int64_t size = tiles.size(t);
            float* to = out + tiles.first(t) * depth + k * size;
            if (size == kTileRows) {
                std::memcpy(to, source + tiles.first(t), sizeof(float) * kTileRows);
            } else {
                for (int64_t r = 0; r < size; ++r) to[r] = source[tiles.first(t) + r];
            }
        }
    }
}

// c rows [m, m + rows), columns [n_begin, n_end).
void multiply_block(MatrixView a, const float* packed_b, const float* bias, float* c, int64_t ldc, bool accumulate,
                    MatmulShape shape, int64_t m, int64_t rows, int64_t n_begin, int64_t n_end) {
    const bool in_place = reads_in_place(a);
    alignas(64) float packed_a[kScratchFloats];
    const RowTiles tiles(rows);
    const int64_t K = shape.K, depth = matmul_layout::depth_of(K);
    const int64_t chunk = std::max<int64_t>(kScratchFloats / (rows * depth), 1) * depth;
    const int64_t main_vectors = tiles.height <= kWideRows ? kWideVectors : kTileVectors;

    for (int64_t chunk_begin = 0; chunk_begin < K; chunk_begin += chunk) {
        const int64_t chunk_end = std::min(chunk_begin + chunk, K);
        for (int64_t k = chunk_begin; k < chunk_end && !in_place; k += depth) {
            pack_a(a, m, tiles, k, std::min(k + depth, K), packed_a + (k - chunk_begin) * rows);
        }
        for (int64_t n = n_begin; n < n_end;) {
            int64_t vectors = 1;
            if (n + main_vectors * kLanes <= n_end) {
                vectors = main_vectors;
            } else if (n + kTileVectors * kLanes <= n_end) {
                vectors = kTileVectors;
            }
            const TileFunction* functions =
                in_place ? functions_of<Source::kInPlace>(vectors) : functions_of<Source::kPacked>(vectors);
            Tile tile{};
            tile.lda = a.row_stride;
            tile.panel_stride = K * kPanelWidth;
            tile.ldc = ldc;
            tile.bias = bias == nullptr ? nullptr : bias + n;
            for (int64_t k = chunk_begin; k < chunk_end; k += depth) {
                tile.depth = std::min(depth, K - k);
                tile.b = packed_b + n / kPanelWidth * tile.panel_stride + k * kPanelWidth + n % kPanelWidth;
                tile.finish = accumulate || k > 0 ? Finish::kAdd : bias ? Finish::kStoreWithBias : Finish::kStore;
                for (int64_t t = 0; t < tiles.count; ++t) {
                    tile.a = in_place ? a.data + (m + tiles.first(t)) * a.row_stride + k
                                      : packed_a + (k - chunk_begin) * rows + tiles.first(t) * tile.depth;
                    tile.c = c + (m + tiles.first(t)) * ldc + n;
                    const auto function = functions[tiles.size(t) - 1];
                    if (n + vectors * kLanes <= n_end) {
                        function(tile);
                    } else {
                        compute_edge(function, tile, tiles.size(t), n_end - n);
                    }
                }
            }
            n += vectors * kLanes;
        }
    }
}

}  // namespace
}  // namespace lathe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lathe::cpu {

HWY_EXPORT(multiply_block);

int64_t matmul_tasks(MatmulShape shape) {
    return shape.M < 1 || shape.N < 1 ? 0 : matmul_layout::TaskGrid(shape.M, shape.N).tasks();
}

namespace {

// K = 0: an empty sum.
void fill_rows(const float* bias, float* c, int64_t ldc, int64_t rows, int64_t n_begin, int64_t n_end) {
    for (int64_t r = 0; r < rows; ++r) {
        for (int64_t n = n_begin; n < n_end; ++n) c[r * ldc + n] = bias == nullptr ? 0.0f : bias[n];
    }
}

}  // namespace

void matmul(MatrixView a, const float* packed_b, const float* bias, float* c, int64_t ldc, bool accumulate,
            MatmulShape shape, Range tasks) {
    if (tasks.begin >= tasks.end) return;
    const matmul_layout::TaskGrid grid(shape.M, shape.N);
    for (int64_t task = tasks.begin; task < tasks.end;) {
        // Tasks that share their rows are computed as one: the rows of a are packed once.
        const int64_t block = task / grid.column_blocks;
        const int64_t row_end = std::min((block + 1) * grid.column_blocks, tasks.end);
        const int64_t columns = grid.block_panels * matmul_layout::kPanelWidth;
        const int64_t n_begin = (task - block * grid.column_blocks) * columns;
        const int64_t n_end = std::min((row_end - block * grid.column_blocks) * columns, shape.N);
        const int64_t m = block * grid.block_rows;
        const int64_t rows = std::min(grid.block_rows, shape.M - m);
        if (shape.K > 0) {
            HWY_DYNAMIC_DISPATCH(multiply_block)
            (a, packed_b, bias, c, ldc, accumulate, shape, m, rows, n_begin, n_end);
        } else if (!accumulate) {
            fill_rows(bias, c + m * ldc, ldc, rows, n_begin, n_end);
        }
        task = row_end;
    }
}

}  // namespace lathe::cpu
#endif
