// LoRA's low-rank products: the declarations are in ops.h. Of a layer with P slices, t = scale · dropout(x) Aᵀ and
// u = scale · dy B are (N, P·R); then y += t Bᵀ, dB += dyᵀ t, dA += uᵀ dropout(x), dx += dropout's gradient of u A.
#include "engine/model/ops.h"
#include "engine/model/ops_checks.h"
#include "engine/model/parallel.h"
#include "kernels/dropout.h"

namespace lathe::ops {

namespace {

// body(slice's rows in the layer, R offset of the slice, its rows of B)
template <class Body>
void for_each_slice(const Lora& lora, Body body) {
    int64_t index = 0, b_row = 0;
    for (const Lora::Slice& slice : lora.slices) {
        body(slice, index++ * lora.r, b_row);
        b_row += slice.rows;
    }
}

void scale(at::Tensor& tensor, float factor) {
    auto* values = tensor.data_ptr<float>();
    for (int64_t i = 0; i < tensor.numel(); ++i) values[i] *= factor;
}

at::Tensor input_of(const at::Tensor& x, const Lora& lora) {
    return lora.dropout_key == 0 ? x : dropout(x, lora.dropout, lora.dropout_key);
}

at::Tensor low_rank(const at::Tensor& x, const Lora& lora) {
    at::Tensor t = empty({x.size(0), lora.a.rows});
    multiply_weight(x, lora.a, nullptr, t);
    scale(t, lora.scale);
    return t;
}

}  // namespace

void add_lora(const at::Tensor& x, const Lora& lora, at::Tensor& y) {
    const int64_t N = x.size(0), R = lora.r, width = y.size(1);
    const at::Tensor t = low_rank(input_of(x, lora), lora);
    auto* out = y.data_ptr<float>();
    for_each_slice(lora, [&](const Lora::Slice& slice, int64_t offset, int64_t b_row) {
        multiply({data(t) + offset, lora.a.rows, 1}, {data(lora.b.value) + b_row * R, 1, R}, out + slice.first_row,
                 width, true, {.M = N, .N = slice.rows, .K = R});
    });
}

void lora_backward(const at::Tensor& dy, const at::Tensor& x, Lora& lora, at::Tensor& dx) {
    const int64_t N = x.size(0), R = lora.r, width = dy.size(1), in = x.size(1), PR = lora.a.rows;
    const at::Tensor input = input_of(x, lora);
    const at::Tensor t = low_rank(input, lora);
    at::Tensor u = empty({N, PR});
    for_each_slice(lora, [&](const Lora::Slice& slice, int64_t offset, int64_t b_row) {
        const float* gradient = data(dy) + slice.first_row;
        multiply({gradient, width, 1}, {data(lora.b.value) + b_row * R, R, 1}, u.data_ptr<float>() + offset, PR, false,
                 {.M = N, .N = R, .K = slice.rows});
        if (lora.b.grad.defined())
            multiply({gradient, 1, width}, {data(t) + offset, PR, 1}, lora.b.grad.data_ptr<float>() + b_row * R, R,
                     true, {.M = slice.rows, .N = R, .K = N});
    });
    scale(u, lora.scale);
    if (lora.a.grad.defined())
        multiply({data(u), 1, PR}, {data(input), in, 1}, lora.a.grad.data_ptr<float>(), in, true,
                 {.M = PR, .N = in, .K = N});
    const MatrixView a{data(lora.a.value), in, 1};
    const MatmulShape shape{.M = N, .N = in, .K = PR};
    if (lora.dropout_key == 0) return multiply({data(u), PR, 1}, a, dx.data_ptr<float>(), in, true, shape);
    at::Tensor d_input = empty(x.sizes());
    multiply({data(u), PR, 1}, a, d_input.data_ptr<float>(), in, false, shape);
    auto* gradient = d_input.data_ptr<float>();
    auto* sum = dx.data_ptr<float>();
    parallel_for(N, kRowGrain, [&](Range rows) {
        const Range elements{rows.begin * in, rows.end * in};
        cpu::dropout(gradient, gradient, lora.dropout, lora.dropout_key, elements);
        for (int64_t i = elements.begin; i < elements.end; ++i) sum[i] += gradient[i];
    });
}

}  // namespace lathe::ops
