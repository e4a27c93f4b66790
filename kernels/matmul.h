// Matrix multiplication c (M,N) = a (M,K) · b (K,N), fp32, b packed into panels beforehand.
//   forward  y (N_tokens,out) = x · Wᵀ     b = W viewed with strides (1, in)
//   dX       dx = dy · W                   b = W viewed with strides (in, 1)
//   dW       dW += dyᵀ · x                 a = dy viewed transposed, b = x, accumulate
// Blocking after Goto & van de Geijn, "Anatomy of High-Performance Matrix Multiplication" (2008).
// Element (i,j) is summed over k in one order that depends on K alone: chains of multiply-adds over equal pieces of at
// most 512, the pieces added in order. So a row's bits are the same alone and in company, at any thread count, and on
// every target that fuses multiply and add. All shapes ≥ 0. Pure functions that throw nothing; any thread.
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

// Columns of a panel.
constexpr int64_t kMatmulPanel = 16;
// Floats that the packed form of a (K,N) matrix takes: ceil(N/16) panels of (K,16) one after the other, the same on
// every SIMD target.
int64_t matmul_packed_floats(int64_t K, int64_t N);
int64_t matmul_pack_tasks(int64_t K, int64_t N);
// packed: 64-byte aligned, matmul_packed_floats(K,N) long; beyond column N it holds zeros. Task = some panels.
void matmul_pack(MatrixView b, float* packed, int64_t K, int64_t N, Range tasks);
// Inverse of matmul_pack: bit-equal values into dense row-major out (K,N).
void matmul_unpack(const float* packed, float* out, int64_t K, int64_t N);
// Column n of b as dense (K).
void matmul_unpack_column(const float* packed, int64_t n, float* out, int64_t K);

// Task = a block of rows × a block of columns, 16 tasks or more wherever N has as many panels, however small M is.
// Neighbouring tasks share rows, which a call packs once: give each thread one long range, not tasks one by one.
int64_t matmul_tasks(MatmulShape shape);
// c (M,N) has row stride ldc ≥ N; accumulate: c += a·b, else c = a·b. bias (N) or null is added once when not
// accumulating. K = 0 is an empty sum. Takes 512 KiB of stack.
void matmul(MatrixView a, const float* packed_b, const float* bias, float* c, int64_t ldc, bool accumulate,
            MatmulShape shape, Range tasks);

// GFLOP/s of multiply-adds that do not wait for each other, on the calling thread and the best SIMD target; takes about
// 20 ms. For benches: the peak to compare with.
double fma_peak_gflops();
// Name of the SIMD target that the kernels run on here ("AVX2", "AVX3", "SSE4", "NEON", "SCALAR"), as stored in
// checkpoints.
const char* simd_target();

}  // namespace cpu
}  // namespace lathe
