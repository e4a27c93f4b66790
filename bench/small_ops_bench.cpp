// The memory-bound kernels, each beside LibTorch's own op on the same shape, one thread. Run with a filter, for example
//   small_ops_bench --benchmark_filter=swiglu
// Names end in the size; bytes_per_second counts what an ideal fused op must read and write, for both sides.
#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/_fused_adamw.h>
#include <ATen/ops/_log_softmax.h>
#include <ATen/ops/_log_softmax_backward_data.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/embedding.h>
#include <ATen/ops/embedding_dense_backward.h>
#include <ATen/ops/full.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/mul.h>
#include <ATen/ops/neg.h>
#include <ATen/ops/nll_loss_backward.h>
#include <ATen/ops/nll_loss_forward.h>
#include <ATen/ops/randint.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/rms_norm.h>
#include <ATen/ops/silu.h>
#include <ATen/ops/silu_backward.h>
#include <ATen/ops/zeros.h>
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "kernels/adamw.h"
#include "kernels/cross_entropy.h"
#include "kernels/embedding.h"
#include "kernels/rms_norm.h"
#include "kernels/rope.h"
#include "kernels/swiglu.h"

namespace {

using benchmark::State;
using lathe::Range;

float* floats(const at::Tensor& tensor) {
    return tensor.data_ptr<float>();
}

std::vector<int32_t> as_int32(const at::Tensor& ids) {
    return {ids.data_ptr<int64_t>(), ids.data_ptr<int64_t>() + ids.numel()};
}

void count_bytes(State& state, int64_t bytes) {
    state.SetBytesProcessed(state.iterations() * bytes);
}

// Forward, input gradient and weight gradient.
void rms_norm_lathe(State& state) {
    const int64_t N = state.range(0), C = state.range(1);
    const lathe::RmsNormShape shape{N, C, 1, C, 1e-6f};
    const int64_t tasks = lathe::cpu::rms_norm_weight_tasks(shape);
    const at::Tensor x = at::randn({N, C}), w = at::randn({C}), dy = at::randn({N, C});
    at::Tensor y = at::zeros({N, C}), dx = at::zeros({N, C}), rstd = at::zeros({N}), partial = at::zeros({tasks, C});
    for (auto _ : state) {
        lathe::cpu::rms_norm(floats(x), floats(w), floats(y), floats(rstd), shape, {0, N});
        lathe::cpu::rms_norm_backward(floats(x), floats(w), floats(rstd), floats(dy), floats(dx), shape, {0, N});
        lathe::cpu::rms_norm_weight_backward(floats(x), floats(rstd), floats(dy), floats(partial), shape, {0, tasks});
        benchmark::ClobberMemory();
    }
    count_bytes(state, N * C * 4 * 7);
}

void rms_norm_torch(State& state) {
    const int64_t N = state.range(0), C = state.range(1);
    const at::Tensor x = at::randn({N, C}).requires_grad_(), w = at::randn({C}).requires_grad_(),
                     dy = at::randn({N, C});
    for (auto _ : state) {
        at::rms_norm(x, {C}, w, 1e-6).backward(dy);
        x.mutable_grad().reset();
        w.mutable_grad().reset();
    }
    count_bytes(state, N * C * 4 * 7);
}

void rms_norm_forward_lathe(State& state) {
    const int64_t N = state.range(0), C = state.range(1);
    const lathe::RmsNormShape shape{N, C, 1, C, 1e-6f};
    const at::Tensor x = at::randn({N, C}), w = at::randn({C});
    at::Tensor y = at::zeros({N, C});
    for (auto _ : state) lathe::cpu::rms_norm(floats(x), floats(w), floats(y), nullptr, shape, {0, N});
    count_bytes(state, N * C * 4 * 2);
}

void rms_norm_forward_torch(State& state) {
    const int64_t N = state.range(0), C = state.range(1);
    const at::Tensor x = at::randn({N, C}), w = at::randn({C});
    for (auto _ : state) benchmark::DoNotOptimize(at::rms_norm(x, {C}, w, 1e-6));
    count_bytes(state, N * C * 4 * 2);
}

// H heads of 64 in place.
void rope_lathe(State& state) {
    const int64_t N = state.range(0), H = state.range(1), D = 64;
    at::Tensor x = at::randn({N, H, D});
    const at::Tensor cos = at::full({N, D / 2}, 0.6f), sin = at::full({N, D / 2}, 0.8f);
    std::vector<int32_t> positions(static_cast<size_t>(N));
    for (size_t n = 0; n < positions.size(); ++n) positions[n] = static_cast<int32_t>(n);
    const lathe::RopeShape shape{H, D, H * D};
    for (auto _ : state) lathe::cpu::rope(floats(x), positions.data(), floats(cos), floats(sin), false, shape, {0, N});
    count_bytes(state, N * H * D * 4 * 2);
}

void rope_torch(State& state) {
    const int64_t N = state.range(0), H = state.range(1), D = 64;
    const at::Tensor x = at::randn({N, H, D}), cos = at::full({N, 1, D}, 0.6f), sin = at::full({N, 1, D}, 0.8f);
    for (auto _ : state) {
        const at::Tensor turned = at::cat({at::neg(x.narrow(2, D / 2, D / 2)), x.narrow(2, 0, D / 2)}, 2);
        benchmark::DoNotOptimize(at::mul(x, cos).add_(at::mul(turned, sin)));
    }
    count_bytes(state, N * H * D * 4 * 2);
}

void swiglu_lathe(State& state) {
    const int64_t N = state.range(0), I = state.range(1);
    const at::Tensor gate_up = at::randn({N, 2 * I});
    at::Tensor y = at::zeros({N, I});
    for (auto _ : state) lathe::cpu::swiglu(floats(gate_up), floats(y), I, {0, N});
    count_bytes(state, N * I * 4 * 3);
}

// The halves are given to LibTorch as dense tensors.
void swiglu_torch(State& state) {
    const int64_t N = state.range(0), I = state.range(1);
    const at::Tensor gate = at::randn({N, I}), up = at::randn({N, I});
    for (auto _ : state) benchmark::DoNotOptimize(at::mul(at::silu(gate), up));
    count_bytes(state, N * I * 4 * 3);
}

void swiglu_backward_lathe(State& state) {
    const int64_t N = state.range(0), I = state.range(1);
    const at::Tensor gate_up = at::randn({N, 2 * I}), dy = at::randn({N, I});
    at::Tensor gradient = at::zeros({N, 2 * I});
    for (auto _ : state) lathe::cpu::swiglu_backward(floats(gate_up), floats(dy), floats(gradient), I, {0, N});
    count_bytes(state, N * I * 4 * 5);
}

// silu(gate) is kept by the forward, as autograd does.
void swiglu_backward_torch(State& state) {
    const int64_t N = state.range(0), I = state.range(1);
    const at::Tensor gate = at::randn({N, I}), up = at::randn({N, I}), dy = at::randn({N, I}), kept = at::silu(gate);
    for (auto _ : state) {
        benchmark::DoNotOptimize(at::silu_backward(at::mul(dy, up), gate));
        benchmark::DoNotOptimize(at::mul(dy, kept));
    }
    count_bytes(state, N * I * 4 * 5);
}

// Lookup, then the gradient of a whole zeroed table. Sizes: N, C, V.
void embedding_lathe(State& state) {
    const int64_t N = state.range(0), C = state.range(1), V = state.range(2);
    const at::Tensor table = at::randn({V, C}), dy = at::randn({N, C});
    const std::vector<int32_t> ids = as_int32(at::randint(V, {N}, at::kLong));
    at::Tensor y = at::zeros({N, C}), gradient = at::zeros({V, C});
    for (auto _ : state) {
        lathe::cpu::embedding(floats(table), ids.data(), floats(y), C, {0, N});
        std::fill_n(floats(gradient), V * C, 0.0f);
        lathe::cpu::embedding_backward(floats(dy), ids.data(), N, floats(gradient), C,
                                       {0, lathe::cpu::embedding_backward_tasks()});
    }
    count_bytes(state, N * C * 4 * 5 + V * C * 4);
}

void embedding_torch(State& state) {
    const int64_t N = state.range(0), C = state.range(1), V = state.range(2);
    const at::Tensor table = at::randn({V, C}), dy = at::randn({N, C}), ids = at::randint(V, {N}, at::kLong);
    for (auto _ : state) {
        benchmark::DoNotOptimize(at::embedding(table, ids));
        benchmark::DoNotOptimize(at::embedding_dense_backward(dy, ids, V, -1, false));
    }
    count_bytes(state, N * C * 4 * 5 + V * C * 4);
}

// Loss and gradient of N rows of V logits.
void cross_entropy_lathe(State& state) {
    const int64_t N = state.range(0), V = state.range(1);
    at::Tensor logits = at::randn({N, V}), losses = at::zeros({N});
    const std::vector<int32_t> targets = as_int32(at::randint(V, {N}, at::kLong));
    for (auto _ : state) {
        lathe::cpu::cross_entropy(floats(logits), targets.data(), floats(losses), V, 1.0f, {0, N});
    }
    count_bytes(state, N * V * 4 * 2);
}

void cross_entropy_torch(State& state) {
    const int64_t N = state.range(0), V = state.range(1);
    const at::Tensor logits = at::randn({N, V}), targets = at::randint(V, {N}, at::kLong), one = at::full({}, 1.0f);
    for (auto _ : state) {
        const at::Tensor logs = at::_log_softmax(logits, 1, false);
        const auto [loss, weight] = at::nll_loss_forward(logs, targets, {}, at::Reduction::Mean, -100);
        const at::Tensor d = at::nll_loss_backward(one, logs, targets, {}, at::Reduction::Mean, -100, weight);
        benchmark::DoNotOptimize(at::_log_softmax_backward_data(d, logs, 1, at::kFloat));
    }
    count_bytes(state, N * V * 4 * 2);
}

void adamw_lathe(State& state) {
    const int64_t n = state.range(0);
    at::Tensor p = at::randn({n}), g = at::randn({n}), m = at::zeros({n}), v = at::zeros({n});
    lathe::AdamWStep step{1e-3, 0.9, 0.999, 1e-8, 0.01, 0, 1.0f};
    for (auto _ : state) {
        ++step.step;
        lathe::cpu::adamw(floats(p), floats(g), floats(m), floats(v), step, {0, n});
    }
    count_bytes(state, n * 4 * 7);
}

void adamw_torch(State& state) {
    const int64_t n = state.range(0);
    const at::Tensor p = at::randn({n}), g = at::randn({n}), m = at::zeros({n}), v = at::zeros({n}), t = at::zeros({});
    for (auto _ : state) {
        t.add_(1);
        at::_fused_adamw_({p}, {g}, {m}, {v}, {}, {t}, 1e-3, 0.9, 0.999, 0.01, 1e-8, false, false);
    }
    count_bytes(state, n * 4 * 7);
}

void sum_squares_lathe(State& state) {
    const int64_t n = state.range(0), tasks = lathe::cpu::sum_squares_tasks(n);
    const at::Tensor g = at::randn({n});
    std::vector<double> partial(static_cast<size_t>(tasks));
    for (auto _ : state) lathe::cpu::sum_squares(floats(g), n, partial.data(), {0, tasks});
    count_bytes(state, n * 4);
}

void sum_squares_torch(State& state) {
    const at::Tensor g = at::randn({state.range(0)});
    for (auto _ : state) benchmark::DoNotOptimize(at::linalg_vector_norm(g));
    count_bytes(state, state.range(0) * 4);
}

void widths(benchmark::internal::Benchmark* b) {
    b->ArgsProduct({{1024, 4096}, {256, 576}});
}
void hidden_widths(benchmark::internal::Benchmark* b) {
    b->ArgsProduct({{1024, 4096}, {768, 1536}});
}
void tables(benchmark::internal::Benchmark* b) {
    b->Args({4096, 256, 4096})->Args({2048, 576, 49152});
}
void logits(benchmark::internal::Benchmark* b) {
    b->Args({1024, 4096})->Args({4096, 4096})->Args({128, 49152})->Args({1024, 49152});
}

BENCHMARK(rms_norm_forward_lathe)->Apply(widths);
BENCHMARK(rms_norm_forward_torch)->Apply(widths);
BENCHMARK(rms_norm_lathe)->Apply(widths);
BENCHMARK(rms_norm_torch)->Apply(widths);
BENCHMARK(rope_lathe)->Args({1024, 9})->Args({4096, 9});
BENCHMARK(rope_torch)->Args({1024, 9})->Args({4096, 9});
BENCHMARK(swiglu_lathe)->Apply(hidden_widths);
BENCHMARK(swiglu_torch)->Apply(hidden_widths);
BENCHMARK(swiglu_backward_lathe)->Apply(hidden_widths);
BENCHMARK(swiglu_backward_torch)->Apply(hidden_widths);
BENCHMARK(embedding_lathe)->Apply(tables);
BENCHMARK(embedding_torch)->Apply(tables);
BENCHMARK(cross_entropy_lathe)->Apply(logits);
BENCHMARK(cross_entropy_torch)->Apply(logits);
BENCHMARK(adamw_lathe)->Arg(5'600'000);
BENCHMARK(adamw_torch)->Arg(5'600'000);
BENCHMARK(sum_squares_lathe)->Arg(5'600'000);
BENCHMARK(sum_squares_torch)->Arg(5'600'000);

}  // namespace

int main(int argc, char** argv) {
    at::set_num_threads(1);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
}
