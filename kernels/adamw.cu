// CUDA AdamW: see adamw.h. One thread an element; the step's constants are computed in double on the host and rounded
// once.
#include <cmath>

#include "kernels/adamw.h"
#include "kernels/launch.cuh"

namespace lathe::cuda {
namespace {

constexpr int kThreads = 256;

struct Factors {
    float decay, mean_rate, beta2, square_rate, rate, root, eps, grad_scale;
};

Factors factors(const AdamWStep& step) {
    const double t = static_cast<double>(step.step);
    return {.decay = static_cast<float>(1.0 - step.learning_rate * step.weight_decay),
            .mean_rate = static_cast<float>(1.0 - step.beta1),
            .beta2 = static_cast<float>(step.beta2),
            .square_rate = static_cast<float>(1.0 - step.beta2),
            .rate = static_cast<float>(-step.learning_rate / (1.0 - std::pow(step.beta1, t))),
            .root = static_cast<float>(std::sqrt(1.0 - std::pow(step.beta2, t))),
            .eps = static_cast<float>(step.eps),
            .grad_scale = step.grad_scale};
}

__global__ void adamw_kernel(float* p, const float* g, float* m, float* v, int64_t n, Factors f) {
    const int64_t i = static_cast<int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
    if (i >= n) return;
    const float gradient = g[i] * f.grad_scale;
    const float mean = m[i] + f.mean_rate * (gradient - m[i]);
    const float square = v[i] * f.beta2 + f.square_rate * gradient * gradient;
    m[i] = mean;
    v[i] = square;
    p[i] = p[i] * f.decay + f.rate * mean / (sqrtf(square) / f.root + f.eps);
}

}  // namespace

void adamw(float* p, const float* g, float* m, float* v, int64_t n, AdamWStep step, void* stream) {
    if (n == 0) return;
    const dim3 grid(static_cast<unsigned>((n + kThreads - 1) / kThreads));
    LATHE_LAUNCH(adamw_kernel, grid, dim3(kThreads), 0, stream, p, g, m, v, n, factors(step));
}

}  // namespace lathe::cuda
