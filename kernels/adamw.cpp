// CPU AdamW: see adamw.h.
#include "kernels/adamw.h"

#include <algorithm>

#include "kernels/adamw_reference.h"

namespace lathe::cpu {

namespace {
constexpr int64_t kBlock = 4096;
}

void adamw(float* p, const float* g, float* m, float* v, AdamWStep step, Range elements) {
    reference::adamw(p, g, m, v, step, elements);
}

int64_t sum_squares_tasks(int64_t n) { return (n + kBlock - 1) / kBlock; }

void sum_squares(const float* g, int64_t n, double* partial, Range tasks) {
    for (int64_t task = tasks.begin; task < tasks.end; ++task) {
        double sum = 0;
        const int64_t end = std::min((task + 1) * kBlock, n);
        for (int64_t i = task * kBlock; i < end; ++i) sum += double(g[i]) * double(g[i]);
        partial[task] = sum;
    }
}

}  // namespace lathe::cpu
