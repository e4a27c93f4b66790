// Stands in for every .cu file where CMake's LATHE_CUDA is off: each op fails with its name. Any thread.
#include <stdexcept>
#include <string>

#include "kernels/adamw.h"
#include "kernels/attention.h"
#include "kernels/rms_norm.h"

namespace lathe::cuda {
namespace {

[[noreturn]] void refuse(const char* op) {
    throw std::runtime_error(std::string(op) + ": this build has no CUDA kernels");
}

}  // namespace

void adamw(float*, const float*, float*, float*, int64_t, AdamWStep, void*) {
    refuse("adamw");
}

void attention(const AttentionSequence*, int64_t, int64_t, const float*, float*, float*, AttentionShape, void*) {
    refuse("attention");
}

void rms_norm(const float*, const float*, float*, float*, RmsNormShape, void*) {
    refuse("rms_norm");
}

}  // namespace lathe::cuda
