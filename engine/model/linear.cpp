// Products with weights, plain, packed or frozen: the declarations are in ops.h.
#include <algorithm>
#include <cstring>
#include <vector>

#include "engine/model/ops.h"
#include "engine/model/ops_checks.h"
#include "engine/model/parallel.h"
#include "kernels/column_sum.h"

namespace lathe::ops {

namespace {

constexpr int64_t kFewRows = 32;
constexpr int64_t kCacheFloats = 1 << 16;  // 256 KiB of panels stay in L2
constexpr int64_t kDecodedStep = 512;      // the matmul's longest piece of K

// The next address that the kernels take panels at.
float* aligned(float* data) {
    constexpr uintptr_t kAlignment = 64;
    return reinterpret_cast<float*>((reinterpret_cast<uintptr_t>(data) + kAlignment - 1) / kAlignment * kAlignment);
}

// For few rows of a, panels written to memory and read again would cost more than the product: each thread packs a few
// columns of b at a time and uses them while they lie in its cache.
void multiply_few_rows(MatrixView a, MatrixView b, const float* bias, float* c, bool accumulate, MatmulShape shape) {
    const int64_t panels = (shape.N + cpu::kMatmulPanel - 1) / cpu::kMatmulPanel;
    const int64_t together =
        std::clamp<int64_t>(kCacheFloats / (std::max<int64_t>(1, shape.K) * cpu::kMatmulPanel), 1, 8);
    parallel_for(panels, together, [&](Range range) {
        thread_local std::vector<float> room;
        for (int64_t first = range.begin; first < range.end; first += together) {
            const int64_t n = first * cpu::kMatmulPanel;
            const int64_t columns = std::min(shape.N, std::min(first + together, range.end) * cpu::kMatmulPanel) - n;
            const auto floats = static_cast<size_t>(cpu::matmul_packed_floats(shape.K, columns));
            room.resize(std::max(room.size(), floats + cpu::kMatmulPanel));
            float* packed = aligned(room.data());
            const MatmulShape part{.M = shape.M, .N = columns, .K = shape.K};
            cpu::matmul_pack({b.data + n * b.column_stride, b.row_stride, b.column_stride}, packed, part.K, part.N,
                             {0, cpu::matmul_pack_tasks(part.K, part.N)});
            cpu::matmul(a, packed, bias == nullptr ? nullptr : bias + n, c + n, shape.N, accumulate, part,
                        {0, cpu::matmul_tasks(part)});
        }
    });
}

// Rows of a frozen matrix that are decoded together, so that their panels take kDecodedFloats.
int64_t decoded_rows(const FrozenMatrix& weight) {
    const int64_t rows = kDecodedFloats / weight.columns() / kDecodedStep * kDecodedStep;
    return std::min(weight.rows(), std::max(kDecodedStep, rows));
}

// Calls use(rows, first, count) on sixteen decoded rows at a time, on all threads.
template <class Use>
void decode_rows(const FrozenMatrix& weight, int64_t first, int64_t count, Use use) {
    parallel_for((count + cpu::kMatmulPanel - 1) / cpu::kMatmulPanel, 4, [&](Range groups) {
        thread_local std::vector<float> rows;
        rows.resize(static_cast<size_t>(cpu::kMatmulPanel * weight.columns()));
        for (int64_t group = groups.begin; group < groups.end; ++group) {
            const int64_t begin = group * cpu::kMatmulPanel, n = std::min(cpu::kMatmulPanel, count - begin);
            for (int64_t i = 0; i < n; ++i) weight.decode(first + begin + i, rows.data() + i * weight.columns());
            use(rows.data(), begin, n);
        }
    });
}

void multiply_frozen(MatrixView a, const FrozenMatrix& weight, const float* bias, float* c, bool accumulate,
                     MatmulShape shape) {
    const int64_t K = shape.K, most = decoded_rows(weight);
    at::Tensor room = empty({cpu::matmul_packed_floats(K, most)});
    auto* panels = room.data_ptr<float>();
    for (int64_t first = 0; first < shape.N; first += most) {
        const int64_t count = std::min(most, shape.N - first);
        decode_rows(weight, first, count, [&](const float* rows, int64_t begin, int64_t n) {
            cpu::matmul_pack({rows, 1, K}, panels + begin * K, K, n, {0, 1});
        });
        multiply_packed(a, panels, bias == nullptr ? nullptr : bias + first, c + first, shape.N, accumulate,
                        {.M = shape.M, .N = count, .K = K});
    }
}

// dx = dy · W, a piece of the sum over W's rows after the other.
void frozen_input_gradient(const float* dy, const FrozenMatrix& weight, float* dx, int64_t M) {
    const int64_t N = weight.columns(), most = decoded_rows(weight);
    at::Tensor room = empty({cpu::matmul_packed_floats(most, N)});
    auto* panels = room.data_ptr<float>();
    for (int64_t first = 0; first < weight.rows(); first += most) {
        const int64_t K = std::min(most, weight.rows() - first);
        decode_rows(weight, first, K, [&](const float* rows, int64_t begin, int64_t n) {
            for (int64_t column = 0; column < N; column += cpu::kMatmulPanel) {
                const int64_t width = std::min(cpu::kMatmulPanel, N - column);
                float* to = panels + column * K + begin * cpu::kMatmulPanel;
                for (int64_t i = 0; i < n; ++i, to += cpu::kMatmulPanel) {
                    std::memcpy(to, rows + i * N + column, static_cast<size_t>(width) * sizeof(float));
                    std::fill(to + width, to + cpu::kMatmulPanel, 0.0F);
                }
            }
        });
        multiply_packed({dy + first, weight.rows(), 1}, panels, nullptr, dx, N, first > 0, {.M = M, .N = N, .K = K});
    }
}

}  // namespace

void multiply_packed(MatrixView a, const float* packed, const float* bias, float* c, int64_t ldc, bool accumulate,
                     MatmulShape shape) {
    // One long range a thread: every range packs its rows of a anew.
    const int64_t tasks = cpu::matmul_tasks(shape);
    parallel_for(tasks, (tasks + 4 * threads() - 1) / (4 * threads()),
                 [&](Range range) { cpu::matmul(a, packed, bias, c, ldc, accumulate, shape, range); });
}

void pack(MatrixView b, float* panels, int64_t K, int64_t N) {
    const int64_t tasks = cpu::matmul_pack_tasks(K, N);
    parallel_for(tasks, (tasks + 4 * threads() - 1) / (4 * threads()),
                 [&](Range range) { cpu::matmul_pack(b, panels, K, N, range); });
}

void multiply(MatrixView a, MatrixView b, float* c, int64_t ldc, bool accumulate, MatmulShape shape) {
    at::Tensor panels = empty({cpu::matmul_packed_floats(shape.K, shape.N)});
    pack(b, panels.data_ptr<float>(), shape.K, shape.N);
    multiply_packed(a, data(panels), nullptr, c, ldc, accumulate, shape);
}

at::Tensor pack_forward(const Parameter& weight) {
    const int64_t N = weight.rows, K = weight.columns;
    at::Tensor panels = empty({cpu::matmul_packed_floats(K, N)});
    pack({data(weight.value), 1, K}, panels.data_ptr<float>(), K, N);
    return panels;
}

void multiply_weight(const at::Tensor& x, const Parameter& weight, const float* bias, at::Tensor& y, bool accumulate) {
    const MatmulShape shape{.M = x.size(0), .N = weight.rows, .K = weight.columns};
    const MatrixView a{data(x), shape.K, 1}, b{data(weight.value), 1, shape.K};
    auto* out = y.data_ptr<float>();
    if (weight.frozen) return multiply_frozen(a, *weight.frozen, bias, out, accumulate, shape);
    if (!weight.packed.defined() && shape.M <= kFewRows) return multiply_few_rows(a, b, bias, out, accumulate, shape);
    const at::Tensor panels = weight.packed.defined() ? weight.packed : pack_forward(weight);
    multiply_packed(a, data(panels), bias, out, shape.N, accumulate, shape);
}

void input_gradient(const at::Tensor& dy, const Parameter& weight, float* dx) {
    const MatmulShape shape{.M = dy.size(0), .N = weight.columns, .K = weight.rows};
    check("linear backward", dy, {shape.M, shape.K});
    if (weight.frozen) return frozen_input_gradient(data(dy), *weight.frozen, dx, shape.M);
    multiply({data(dy), shape.K, 1}, {data(weight.value), shape.N, 1}, dx, shape.N, false, shape);
}

void linear(const at::Tensor& x, const Linear& layer, at::Tensor& y, bool accumulate) {
    const int64_t N = x.size(0), out_width = layer.weight.rows;
    check("linear", x, {N, layer.weight.columns});
    check("linear", y, {N, out_width});
    const float* bias = data(layer.bias.value);
    multiply_weight(x, layer.weight, accumulate ? nullptr : bias, y, accumulate);
    if (accumulate && bias != nullptr) {
        auto* out = y.data_ptr<float>();
        parallel_for(N, kRowGrain, [&](Range rows) {
            for (int64_t i = rows.begin; i < rows.end; ++i)
                for (int64_t j = 0; j < out_width; ++j) out[i * out_width + j] += bias[j];
        });
    }
    if (layer.lora) add_lora(x, *layer.lora, y);
}

bool needs_input(const Linear& layer) {
    return layer.weight.grad.defined() || layer.lora;
}

at::Tensor linear_backward(const at::Tensor& dy, const at::Tensor& x, Linear& layer) {
    if (layer.weight.grad.defined()) {
        const MatmulShape shape{.M = layer.weight.rows, .N = layer.weight.columns, .K = x.size(0)};
        check("linear weight gradient", dy, {shape.K, shape.M});
        check("linear weight gradient", x, {shape.K, shape.N});
        multiply({data(dy), 1, shape.M}, {data(x), shape.N, 1}, layer.weight.grad.data_ptr<float>(), shape.N, true,
                 shape);
    }
    if (layer.bias.grad.defined()) {
        auto* grad = layer.bias.grad.data_ptr<float>();
        parallel_for(dy.size(1), 64,
                     [&](Range columns) { cpu::column_sum(data(dy), grad, dy.size(0), dy.size(1), columns); });
    }
    at::Tensor dx = empty({dy.size(0), layer.weight.columns});
    input_gradient(dy, layer.weight, dx.data_ptr<float>());
    if (layer.lora) lora_backward(dy, x, *layer.lora, dx);
    return dx;
}

}  // namespace lathe::ops
