// The one way a .cu file meets its machine. nvcc compiles it for the GPU; any C++20 compiler compiles it over
// tests/cuda_emulator, whose cuda_runtime.h is found instead of CUDA's. So a .cu file uses no <<<>>>, no extern
// __shared__, and no intrinsic that the emulator lacks.
//   LATHE_LAUNCH(kernel, grid, block, shared_bytes, stream, arguments…)
//       throws std::runtime_error with the kernel's name if the launch fails
//   LATHE_DYNAMIC_SHARED(name)
//       declares float* const name, the block's shared_bytes
// kernel is a plain name: bind an instance of a template to one first.
#pragma once

#include <cuda_runtime.h>

#include <stdexcept>
#include <string>

namespace lathe::cuda {

inline void check_launch(const char* kernel) {
    const cudaError_t error = cudaGetLastError();
    if (error == cudaSuccess) return;
    throw std::runtime_error(std::string(kernel) + ": CUDA launch failed: " + cudaGetErrorString(error));
}

}  // namespace lathe::cuda

#ifdef __CUDACC__
#define LATHE_LAUNCH(kernel, grid, block, shared_bytes, stream, ...)                                 \
    do {                                                                                             \
        kernel<<<(grid), (block), (shared_bytes), static_cast<cudaStream_t>(stream)>>>(__VA_ARGS__); \
        ::lathe::cuda::check_launch(#kernel);                                                        \
    } while (false)
#define LATHE_DYNAMIC_SHARED(name)                  \
    extern __shared__ float lathe_dynamic_shared[]; \
    float* const name = lathe_dynamic_shared
#else
#define LATHE_LAUNCH(kernel, grid, block, shared_bytes, stream, ...)                                      \
    do {                                                                                                  \
        ::cuda_emulator::launch((grid), (block), (shared_bytes), (stream), [&] { kernel(__VA_ARGS__); }); \
        ::lathe::cuda::check_launch(#kernel);                                                             \
    } while (false)
#define LATHE_DYNAMIC_SHARED(name) float* const name = ::cuda_emulator::dynamic_shared()
#endif
