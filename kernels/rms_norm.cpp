// CPU RMSNorm: see rms_norm.h.
#include "kernels/rms_norm.h"

#include <algorithm>

#include "kernels/rms_norm_reference.h"

namespace lathe::cpu {

namespace {
constexpr int64_t kWeightRows = 128;
}

void rms_norm(const float* x, const float* w, float* y, float* rstd, RmsNormShape shape, Range rows) {
    reference::rms_norm(x, w, y, rstd, shape, rows);
}

void rms_norm_backward(const float* x, const float* w, const float* rstd, const float* dy, float* dx,
                       RmsNormShape shape, Range rows) {
    reference::rms_norm_backward(x, w, rstd, dy, dx, shape, rows);
}

int64_t rms_norm_weight_tasks(RmsNormShape shape) { return (shape.rows + kWeightRows - 1) / kWeightRows; }

void rms_norm_weight_backward(const float* x, const float* rstd, const float* dy, float* partial, RmsNormShape shape,
                              Range tasks) {
    for (int64_t task = tasks.begin; task < tasks.end; ++task) {
        float* sum = partial + task * shape.C;
        std::fill(sum, sum + shape.C, 0.0f);
        const int64_t end = std::min((task + 1) * kWeightRows, shape.rows);
        for (int64_t row = task * kWeightRows; row < end; ++row) {
            const int64_t offset = reference::rms_norm_row_offset(shape, row);
            for (int64_t c = 0; c < shape.C; ++c) sum[c] += dy[offset + c] * (x[offset + c] * rstd[row]);
        }
    }
}

}  // namespace lathe::cpu
