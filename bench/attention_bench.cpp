// Causal attention beside LibTorch's own CPU flash attention (at::_scaled_dot_product_flash_attention_for_cpu), forward
// and backward, by shape and threads. LibTorch's op has no grouped heads: it is given keys and values repeated
// beforehand, uncounted, and its dk and dv are left unsummed. flops counts the causal half only: 2·2·D per (row,
// visible key) forward, 5·2·D backward.
//   attention_bench --benchmark_filter=train
#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/_scaled_dot_product_flash_attention_for_cpu.h>
#include <ATen/ops/_scaled_dot_product_flash_attention_for_cpu_backward.h>
#include <ATen/ops/randn.h>
#include <benchmark/benchmark.h>

#include <atomic>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "bench/team.h"
#include "kernels/attention.h"

namespace {

using namespace lathe;

struct Case {
    const char* name;
    int64_t B, q_len, kv_len, H, G, D;
};
constexpr Case kCases[] = {{"train", 4, 256, 256, 8, 2, 32},
                           {"smollm2", 1, 512, 512, 9, 3, 64},
                           {"smollm2_x4", 4, 512, 512, 9, 3, 64},
                           {"prefill_2048", 1, 2048, 2048, 9, 3, 64},
                           {"decode_x16", 16, 1, 512, 9, 3, 64}};

double visible_pairs(const Case& c) {
    const double q = static_cast<double>(c.q_len), kv = static_cast<double>(c.kv_len);
    return static_cast<double>(c.B * c.H) * (q * (kv - q) + q * (q + 1) / 2);
}

void count_flops(benchmark::State& state, double flops) {
    state.counters["flops"] =
        benchmark::Counter(flops * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

struct Problem {
    explicit Problem(const Case& c)
        : shape{c.H, c.G, c.D, c.H * c.D, c.G * c.D, c.H * c.D, 1.0f / std::sqrt(static_cast<float>(c.D))},
          q(random(c.B * c.q_len * c.H * c.D)),
          k(random(c.B * c.kv_len * c.G * c.D)),
          v(random(k.size())),
          d_o(random(q.size())),
          o(q.size()),
          lse(static_cast<size_t>(c.B * c.q_len * c.H)),
          dq(q.size()),
          dk(k.size()),
          dv(k.size()) {
        for (int64_t b = 0; b < c.B; ++b) {
            const int64_t key = b * c.kv_len;
            sequences.push_back({b * c.q_len, c.q_len, c.kv_len, k.data() + key * shape.kv_stride,
                                 v.data() + key * shape.kv_stride, key});
        }
    }
    static std::vector<float> random(size_t n) {
        std::mt19937 generator(static_cast<uint32_t>(n));
        std::normal_distribution<float> normal;
        std::vector<float> x(n);
        for (float& value : x) value = normal(generator);
        return x;
    }
    AttentionShape shape;
    std::vector<float> q, k, v, d_o, o, lse, dq, dk, dv;
    std::vector<AttentionSequence> sequences;
    int64_t count() const { return static_cast<int64_t>(sequences.size()); }
};

// Tasks from an atomic counter, as the engine runs them.
template <class Body>
void in_parallel(bench::Team& team, int64_t tasks, Body body) {
    std::atomic<int64_t> next = 0;
    team.run([&](int) {
        for (int64_t task; (task = next++) < tasks;) body(Range{task, task + 1});
    });
}

void forward(Problem& x, bench::Team& team) {
    in_parallel(team, cpu::attention_tasks(x.sequences.data(), x.count(), x.shape), [&](Range task) {
        cpu::attention(x.sequences.data(), x.count(), x.q.data(), x.o.data(), x.lse.data(), x.shape, task);
    });
}

void lathe_forward(benchmark::State& state, const Case& c, int threads) {
    Problem x(c);
    bench::Team team(threads);
    for (auto _ : state) forward(x, team);
    count_flops(state, 4.0 * static_cast<double>(c.D) * visible_pairs(c));
}

void lathe_backward(benchmark::State& state, const Case& c, int threads) {
    Problem x(c);
    bench::Team team(threads);
    forward(x, team);
    for (auto _ : state) {
        in_parallel(team, cpu::attention_backward_tasks(x.sequences.data(), x.count(), x.shape), [&](Range task) {
            cpu::attention_backward(x.sequences.data(), x.count(), x.q.data(), x.o.data(), x.lse.data(), x.d_o.data(),
                                    x.dq.data(), x.dk.data(), x.dv.data(), x.shape, task);
        });
    }
    count_flops(state, 10.0 * static_cast<double>(c.D) * visible_pairs(c));
}

struct TorchProblem {
    // (B,H,T,D) over memory that lies (B,T,H,D), as a model's projections leave it.
    explicit TorchProblem(const Case& c)
        : q(at::randn({c.B, c.q_len, c.H, c.D}).transpose(1, 2)),
          k(at::randn({c.B, c.kv_len, c.H, c.D}).transpose(1, 2)),
          v(at::randn({c.B, c.kv_len, c.H, c.D}).transpose(1, 2)),
          d_o(at::randn({c.B, c.q_len, c.H, c.D}).transpose(1, 2)),
          causal(c.q_len > 1) {}
    at::Tensor q, k, v, d_o;
    bool causal;  // one query sees all keys
};

void torch_forward(benchmark::State& state, const Case& c, int threads) {
    at::set_num_threads(threads);
    const TorchProblem x(c);
    for (auto _ : state)
        benchmark::DoNotOptimize(at::_scaled_dot_product_flash_attention_for_cpu(x.q, x.k, x.v, 0.0, x.causal));
    count_flops(state, 4.0 * static_cast<double>(c.D) * visible_pairs(c));
}

void torch_backward(benchmark::State& state, const Case& c, int threads) {
    at::set_num_threads(threads);
    const TorchProblem x(c);
    const auto [o, lse] = at::_scaled_dot_product_flash_attention_for_cpu(x.q, x.k, x.v, 0.0, x.causal);
    for (auto _ : state) {
        benchmark::DoNotOptimize(
            at::_scaled_dot_product_flash_attention_for_cpu_backward(x.d_o, x.q, x.k, x.v, o, lse, 0.0, x.causal));
    }
    count_flops(state, 10.0 * static_cast<double>(c.D) * visible_pairs(c));
}

void register_all() {
    for (const int threads : {1, 2}) {
        for (const Case& c : kCases) {
            const auto add = [&](const char* what, auto run) {
                const std::string name = std::string(c.name) + "/" + what + "/threads:" + std::to_string(threads);
                benchmark::RegisterBenchmark(name.c_str(),
                                             [run, &c, threads](benchmark::State& state) { run(state, c, threads); })
                    ->Unit(benchmark::kMicrosecond)
                    ->UseRealTime();
            };
            add("lathe_forward", lathe_forward);
            add("torch_forward", torch_forward);
            if (c.q_len == 1) continue;
            add("lathe_backward", lathe_backward);
            add("torch_backward", torch_backward);
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
    register_all();
    benchmark::RunSpecifiedBenchmarks();
}
