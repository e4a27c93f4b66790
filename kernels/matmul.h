// Matrix multiplication c (M,N) = a (M,K) · b (K,N), fp32, b packed into panels beforehand.
//   forward  y (N_tokens,out) = x · Wᵀ     b = W viewed with strides (1, in)
//   dX       dx = dy · W                   b = W viewed with strides (in, 1)
//   dW       dW += dyᵀ · x                 a = dy viewed transposed, b = x, accumulate
// Blocking after Goto & van de Geijn (2008). Element (i,j) is summed over k in one fixed order that depends on K alone,
// so a row's result is the same alone and in company, at any thread count. Any thread.
#pragma once

#include <cstdint>

#include "kernels/shapes.h"

namespace lathe {

struct MatmulShape {
    int64_t M, N, K;
};

// fp32 matrix seen through strides in elements; one of the two strides must be 1.
struct MatrixView {
    const float* data;
    int64_t row_stride, column_stride;
};

namespace cpu {

// Floats that the packed form of a (K,N) matrix takes (padded to whole panels).
int64_t matmul_packed_floats(int64_t K, int64_t N);
int64_t matmul_pack_tasks(int64_t K, int64_t N);
// packed: 64-byte aligned, matmul_packed_floats(K,N) long. Task = some panels.
void matmul_pack(MatrixView b, float* packed, int64_t K, int64_t N, Range tasks);
// Inverse of matmul_pack: bit-equal values into dense row-major out (K,N).
void matmul_unpack(const float* packed, float* out, int64_t K, int64_t N);

int64_t matmul_tasks(MatmulShape shape);
// c has row stride ldc; accumulate: c += a·b, else c = a·b. bias (N) or null is added once when not accumulating.
void matmul(MatrixView a, const float* packed_b, const float* bias, float* c, int64_t ldc, bool accumulate,
            MatmulShape shape, Range tasks);

// GFLOP/s of dependent-free FMAs on the calling thread, best SIMD target, ~20 ms of work. For benches: the peak to compare with.
double fma_peak_gflops();
// Name of the SIMD target that the kernels run on here ("AVX2", "AVX3_ZEN4", …), as stored in checkpoints.
const char* simd_target();

}  // namespace cpu
}  // namespace lathe
