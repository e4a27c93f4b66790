// Matrix products of training and of decoding, beside at::mm of LibTorch and sgemm of OpenBLAS (opened at run time, if
// there is one). Each round measures the FMA peak of all threads, then the product twice, and times the second.
// Counters are medians over the rounds. LATHE_BENCH_THREADS (2) and LATHE_BENCH_SIMD (best) choose threads and SIMD
// target.
#include <ATen/Parallel.h>
#include <ATen/ops/addmm.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/mm.h>
#include <benchmark/benchmark.h>
#include <c10/core/GradMode.h>
#include <dlfcn.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iterator>
#include <memory>
#include <new>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "bench/team.h"
#include "hwy/highway.h"
#include "kernels/matmul.h"

namespace {

using namespace lathe;
using bench::Team;

constexpr int kRounds = 20;
// Threads of LibTorch and OpenBLAS spin for some milliseconds after their work, which would lower the peak.
constexpr std::chrono::milliseconds kQuiet(30);

// forward: c = a · Wᵀ with W (N,K). weight_gradient: c += dyᵀ · x with dy (K,M). decode: forward, W packed beforehand.
enum class Kind { kForward, kWeightGradient, kDecode };

struct Case {
    MatmulShape shape;
    Kind kind;
};

const Case kCases[] = {
    {{2048, 1536, 576}, Kind::kForward}, {{2048, 576, 1536}, Kind::kForward},
    {{512, 576, 576}, Kind::kForward},   {{1024, 256, 768}, Kind::kForward},
    {{1024, 1536, 256}, Kind::kForward}, {{1536, 256, 1024}, Kind::kWeightGradient},
    {{1024, 4096, 256}, Kind::kForward}, {{1024, 256, 4096}, Kind::kForward},
    {{1, 1536, 1536}, Kind::kDecode},    {{4, 1536, 1536}, Kind::kDecode},
    {{16, 1536, 1536}, Kind::kDecode},
};

struct AlignedFree {
    void operator()(float* p) const { ::operator delete[](p, std::align_val_t(64)); }
};
using Floats = std::unique_ptr<float[], AlignedFree>;

Floats random_floats(int64_t count) {
    Floats floats(
        static_cast<float*>(::operator new[](sizeof(float) * static_cast<size_t>(count), std::align_val_t(64))));
    std::minstd_rand generator(1);
    std::uniform_real_distribution<float> uniform(-1.0f, 1.0f);
    std::generate_n(floats.get(), count, [&] { return uniform(generator); });
    return floats;
}

// Row-major operands as they lie in memory, and the room for the packed one.
struct Operands {
    explicit Operands(const Case& c)
        : a(random_floats(c.shape.M * c.shape.K)),
          b(random_floats(c.shape.K * c.shape.N)),
          out(random_floats(c.shape.M * c.shape.N)),
          packed(random_floats(cpu::matmul_packed_floats(c.shape.K, c.shape.N))) {}
    Floats a, b, out, packed;
};

Range share(int64_t tasks, int thread, int threads) {
    return {tasks * thread / threads, tasks * (thread + 1) / threads};
}

void pack(Team& team, const Case& c, const Operands& x, int thread) {
    const auto [M, N, K] = c.shape;
    const MatrixView b = c.kind == Kind::kWeightGradient ? MatrixView{x.b.get(), N, 1} : MatrixView{x.b.get(), 1, K};
    cpu::matmul_pack(b, x.packed.get(), K, N, share(cpu::matmul_pack_tasks(K, N), thread, team.size()));
    team.meet();
}

void multiply(Team& team, const Case& c, const Operands& x, int thread) {
    const auto [M, N, K] = c.shape;
    const bool gradient = c.kind == Kind::kWeightGradient;
    const MatrixView a = gradient ? MatrixView{x.a.get(), 1, M} : MatrixView{x.a.get(), K, 1};
    cpu::matmul(a, x.packed.get(), nullptr, x.out.get(), N, gradient, c.shape,
                share(cpu::matmul_tasks(c.shape), thread, team.size()));
}

std::function<void()> lathe_product(Team& team, const Case& c, const Operands& x) {
    if (c.kind == Kind::kDecode) team.run([&](int thread) { pack(team, c, x, thread); });
    return [&] {
        team.run([&](int thread) {
            if (c.kind != Kind::kDecode) pack(team, c, x, thread);
            multiply(team, c, x, thread);
        });
    };
}

std::function<void()> torch_product(const Case& c, const Operands& x) {
    const auto [M, N, K] = c.shape;
    at::Tensor out = at::from_blob(x.out.get(), {M, N});
    if (c.kind == Kind::kWeightGradient) {
        const at::Tensor dy = at::from_blob(x.a.get(), {K, M}), in = at::from_blob(x.b.get(), {K, N});
        return [=]() mutable { at::addmm_out(out, out, dy.t(), in); };
    }
    const at::Tensor in = at::from_blob(x.a.get(), {M, K}), weight = at::from_blob(x.b.get(), {N, K});
    return [=]() mutable { at::mm_out(out, in, weight.t()); };
}

// cblas_sgemm of OpenBLAS. Its own symbols go first: LibTorch brings others of the same names.
class OpenBlas {
public:
    explicit OpenBlas(int threads) {
        setenv("OPENBLAS_THREAD_TIMEOUT", "20", 0);  // spin for 2^20 cycles, not for most of the next peak
        void* library = dlopen("libopenblas.so.0", RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND);
        if (library == nullptr) return;
        sgemm_ = reinterpret_cast<Sgemm>(dlsym(library, "cblas_sgemm"));
        const auto set_threads = reinterpret_cast<void (*)(int)>(dlsym(library, "openblas_set_num_threads"));
        if (set_threads != nullptr) set_threads(threads);
    }
    bool found() const { return sgemm_ != nullptr; }
    std::function<void()> product(const Case& c, const Operands& x) const {
        const auto M = static_cast<int>(c.shape.M), N = static_cast<int>(c.shape.N), K = static_cast<int>(c.shape.K);
        const bool gradient = c.kind == Kind::kWeightGradient;
        return [=, &x, sgemm = sgemm_] {
            sgemm(kRowMajor, gradient ? kTransposed : kAsItIs, gradient ? kAsItIs : kTransposed, M, N, K, 1.0f,
                  x.a.get(), gradient ? M : K, x.b.get(), gradient ? N : K, gradient ? 1.0f : 0.0f, x.out.get(), N);
        };
    }

private:
    using Sgemm = void (*)(int, int, int, int, int, int, float, const float*, int, const float*, int, float, float*,
                           int);
    static constexpr int kRowMajor = 101, kAsItIs = 111, kTransposed = 112;  // of cblas.h
    Sgemm sgemm_ = nullptr;
};

double median(std::vector<double> values) {
    const auto middle = values.begin() + std::ssize(values) / 2;
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

double peak_gflops(Team& team) {
    std::vector<double> peaks(static_cast<size_t>(team.size()));
    team.run([&](int thread) { peaks[static_cast<size_t>(thread)] = cpu::fma_peak_gflops(); });
    double sum = 0;
    for (const double peak : peaks) sum += peak;
    return sum;
}

void measure(benchmark::State& state, Team& team, const Case& c, const std::function<void()>& product) {
    using Clock = std::chrono::steady_clock;
    std::vector<double> seconds, peaks;
    for ([[maybe_unused]] const auto& round : state) {
        std::this_thread::sleep_for(kQuiet);
        peaks.push_back(peak_gflops(team));
        product();
        const auto start = Clock::now();
        product();
        seconds.push_back(std::chrono::duration<double>(Clock::now() - start).count());
        state.SetIterationTime(seconds.back());
    }
    const auto [M, N, K] = c.shape;
    const double time = median(seconds), gflops = 2e-9 * static_cast<double>(M * N * K) / time, peak = median(peaks);
    state.counters["GFLOP/s"] = gflops;
    state.counters["peak"] = peak;
    state.counters["%peak"] = 100.0 * gflops / peak;
    if (c.kind == Kind::kDecode) state.counters["W_GB/s"] = 4e-9 * static_cast<double>(N * K) / time;
}

void add_benchmarks(Team& team, const OpenBlas& open_blas) {
    for (const Case& c : kCases) {
        const std::string shape = std::to_string(c.shape.M) + "x" + std::to_string(c.shape.N) + "x" +
                                  std::to_string(c.shape.K) +
                                  (c.kind == Kind::kWeightGradient ? "_dW"
                                   : c.kind == Kind::kDecode       ? "_packed"
                                                                   : "");
        const auto add = [&](const char* who, auto make_product) {
            const auto run = [&team, &c, make_product](benchmark::State& state) {
                const Operands operands(c);
                measure(state, team, c, make_product(operands));
            };
            benchmark::RegisterBenchmark((shape + "/" + who).c_str(), run)
                ->UseManualTime()
                ->Iterations(kRounds)
                ->Unit(benchmark::kMillisecond);
        };
        add("lathe", [&team, &c](const Operands& x) { return lathe_product(team, c, x); });
        add("torch", [&c](const Operands& x) { return torch_product(c, x); });
        if (open_blas.found()) add("openblas", [&c, &open_blas](const Operands& x) { return open_blas.product(c, x); });
    }
}

bool choose_target(const std::string& name) {
    for (const int64_t target : hwy::SupportedAndGeneratedTargets()) {
        if (name != hwy::TargetName(target)) continue;
        hwy::SetSupportedTargetsForTest(target);
        return true;
    }
    return false;
}

}  // namespace

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
    const char* simd = std::getenv("LATHE_BENCH_SIMD");
    if (simd != nullptr && !choose_target(simd)) {
        std::fprintf(stderr, "LATHE_BENCH_SIMD: this machine has no %s\n", simd);
        return 1;
    }
    const char* wanted = std::getenv("LATHE_BENCH_THREADS");
    const int threads = std::clamp(wanted != nullptr ? std::atoi(wanted) : 2, 1, 256);
    const c10::NoGradGuard no_gradients;
    at::set_num_threads(threads);
    Team team(threads);
    const OpenBlas open_blas(threads);
    benchmark::AddCustomContext("simd", cpu::simd_target());
    benchmark::AddCustomContext("threads", std::to_string(threads));
    add_benchmarks(team, open_blas);
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
