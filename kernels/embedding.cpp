// CPU embedding: see embedding.h.
#include "kernels/embedding.h"

#include "kernels/embedding_reference.h"

namespace lathe::cpu {

namespace {
constexpr int64_t kTasks = 16;
}

void embedding(const float* table, const int32_t* ids, float* y, int64_t C, Range rows) {
    reference::embedding(table, ids, y, C, rows);
}

int64_t embedding_backward_tasks() { return kTasks; }

void embedding_backward(const float* dy, const int32_t* ids, int64_t N, float* d_table, int64_t C, Range tasks) {
    for (int64_t n = 0; n < N; ++n) {
        const int64_t owner = ids[n] % kTasks;
        if (owner < tasks.begin || owner >= tasks.end) continue;
        for (int64_t c = 0; c < C; ++c) d_table[ids[n] * C + c] += dy[n * C + c];
    }
}

}  // namespace lathe::cpu
