// Dim letters and the plain shapes that kernels take. No torch, no Qt.
// B batch, T time, C model width, H query heads, G key/value heads, D head dim, V vocab, I feed-forward width, N tokens
// (B*T packed). Every kernel is a pure function over raw pointers, owns no threads, and computes the outputs of one
// Range of tasks: the caller splits the tasks over threads, and a task's result never depends on the split.
#pragma once

#include <cstdint>

namespace lathe {

// Half-open range of tasks or rows.
struct Range {
    int64_t begin = 0;
    int64_t end = 0;
};

}  // namespace lathe
