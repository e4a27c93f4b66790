#include "kernels/column_sum.h"

namespace lathe::cpu {

void column_sum(const float* x, float* out, int64_t rows, int64_t C, Range columns) {
    for (int64_t i = 0; i < rows; ++i) {
        const float* row = x + i * C;
        for (int64_t j = columns.begin; j < columns.end; ++j) out[j] += row[j];
    }
}

}  // namespace lathe::cpu
