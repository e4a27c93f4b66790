// Token embedding: y[n] = table[ids[n]], and its gradient. Any thread. ids are checked by the caller (0 ≤ id < V).
#pragma once

#include <cstdint>

#include "kernels/shapes.h"

namespace lathe::cpu {

// table (V,C), y (N,C). Range: rows of y.
void embedding(const float* table, const int32_t* ids, float* y, int64_t C, Range rows);
// dy (N,C), d_table (V,C): d_table[ids[n]] += dy[n]. A table row belongs to one task, by a hash of its id, which walks
// n in order: equal bits under any split. Each call scans all ids once, whatever its range. Range: tasks of
// embedding_backward_tasks().
int64_t embedding_backward_tasks();
void embedding_backward(const float* dy, const int32_t* ids, int64_t N, float* d_table, int64_t C, Range tasks);

}  // namespace lathe::cpu
