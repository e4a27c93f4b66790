// CUDA RMSNorm: see rms_norm.h. One warp a row; lanes stride over C, a butterfly of shuffles adds their squares.
#include "kernels/launch.cuh"
#include "kernels/rms_norm.h"

namespace lathe::cuda {
namespace {

constexpr int kWarp = 32;
constexpr int kRowsPerBlock = 4;

// Every lane returns the sum over the warp.
__device__ inline float warp_sum(float x) {
    for (int step = kWarp / 2; step > 0; step /= 2) x += __shfl_xor_sync(0xffffffffu, x, step);
    return x;
}

__global__ void rms_norm_kernel(const float* x, const float* w, float* y, float* rstd, RmsNormShape shape) {
    const int lane = static_cast<int>(threadIdx.x) % kWarp;
    const int64_t row = static_cast<int64_t>(blockIdx.x) * kRowsPerBlock + threadIdx.x / kWarp;
    if (row >= shape.rows) return;  // a whole warp
    const int64_t offset = row / shape.inner_count * shape.outer_stride + row % shape.inner_count * shape.C;
    float sum = 0.0f;
    for (int64_t c = lane; c < shape.C; c += kWarp) sum += x[offset + c] * x[offset + c];
    const float scale = 1.0f / sqrtf(warp_sum(sum) / static_cast<float>(shape.C) + shape.eps);
    for (int64_t c = lane; c < shape.C; c += kWarp) y[offset + c] = x[offset + c] * scale * w[c];
    if (rstd != nullptr && lane == 0) rstd[row] = scale;
}

}  // namespace

void rms_norm(const float* x, const float* w, float* y, float* rstd, RmsNormShape shape, void* stream) {
    if (shape.rows == 0) return;
    const dim3 grid(static_cast<unsigned>((shape.rows + kRowsPerBlock - 1) / kRowsPerBlock));
    LATHE_LAUNCH(rms_norm_kernel, grid, dim3(kRowsPerBlock * kWarp), 0, stream, x, w, y, rstd, shape);
}

}  // namespace lathe::cuda
