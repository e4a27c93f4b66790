// Takes the place of CUDA's cuda_runtime.h where a .cu file is compiled as plain C++ (kernels/launch.cuh): the words of
// the language that our kernels use, over the emulator in block.h. Host and device memory are one.
#pragma once

#include <math.h>  // expf and its like, at global scope

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "tests/cuda_emulator/block.h"

#define __global__
#define __device__
#define __host__
#define __shared__ static  // blocks run one after another, on one thread of the host

using dim3 = cuda_emulator::Dim3;
using cudaStream_t = void*;
enum cudaError_t { cudaSuccess, cudaErrorInvalidConfiguration };

#define threadIdx (::cuda_emulator::current_thread().index)
#define blockIdx (::cuda_emulator::current_block().index())
#define blockDim (::cuda_emulator::current_block().size())
#define gridDim (::cuda_emulator::current_block().grid())

inline cudaError_t cudaGetLastError() {
    return cuda_emulator::take_launch_failure() ? cudaErrorInvalidConfiguration : cudaSuccess;
}
inline const char* cudaGetErrorString(cudaError_t error) {
    return error == cudaSuccess ? "no error" : "invalid configuration argument";
}

inline void __syncthreads() {
    cuda_emulator::current_block().wait_for_block();
}

// Shuffles of all 32 lanes of a warp; the mask is checked.
template <class T>
T __shfl_xor_sync(unsigned mask, T value, int lane_mask) {
    static_assert(sizeof(T) <= sizeof(uint64_t));
    uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof value);
    bits = cuda_emulator::current_block().exchange(mask, bits, lane_mask);
    std::memcpy(&value, &bits, sizeof value);
    return value;
}
