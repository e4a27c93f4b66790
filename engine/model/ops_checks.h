// What the files that implement ops.h share. Thread: engine.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace lathe::ops {

constexpr int64_t kRowGrain = 16;

// ErrorKind::internal unless the tensor is contiguous fp32 of this shape on the CPU.
void check(const char* op, const at::Tensor& tensor, at::IntArrayRef shape);

// Null where there is no tensor.
inline const float* data(const at::Tensor& tensor) {
    return tensor.defined() ? tensor.const_data_ptr<float>() : nullptr;
}

}  // namespace lathe::ops
