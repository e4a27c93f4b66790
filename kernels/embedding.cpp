// CPU embedding: copies of rows, and their gradient added row by row in the order of n. Any thread.
#include "kernels/embedding.h"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/embedding.cpp"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"
#include "kernels/vector_loop-inl.h"

#ifndef LATHE_KERNELS_EMBEDDING_OWNER_
#define LATHE_KERNELS_EMBEDDING_OWNER_
namespace lathe {
constexpr int kOwnerBits = 4;
// Fibonacci hashing (Knuth, TAOCP 6.4): frequent tokens have neighbouring ids, and spread over the tasks.
inline int64_t owner_of(int32_t id) {
    return (static_cast<uint32_t>(id) * 2654435769u) >> (32 - kOwnerBits);
}
}  // namespace lathe
#endif

HWY_BEFORE_NAMESPACE();
namespace lathe::HWY_NAMESPACE {

// One scan of the ids serves all tasks of the range.
void embedding_backward(const float* dy, const int32_t* ids, int64_t N, float* d_table, int64_t C, Range tasks) {
    for (int64_t n = 0; n < N; ++n) {
        const int64_t owner = owner_of(ids[n]);
        if (owner < tasks.begin || owner >= tasks.end) continue;
        const float* from = dy + n * C;
        float* to = d_table + ids[n] * C;
        vector_loop(C, [from, to](auto d, int64_t i)
                           HWY_ATTR { hn::StoreU(hn::Add(hn::LoadU(d, to + i), hn::LoadU(d, from + i)), d, to + i); });
    }
}

}  // namespace lathe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lathe::cpu {

HWY_EXPORT(embedding_backward);

void embedding(const float* table, const int32_t* ids, float* y, int64_t C, Range rows) {
    for (int64_t n = rows.begin; n < rows.end; ++n) std::copy_n(table + ids[n] * C, C, y + n * C);
}

int64_t embedding_backward_tasks() {
    return int64_t{1} << kOwnerBits;
}

void embedding_backward(const float* dy, const int32_t* ids, int64_t N, float* d_table, int64_t C, Range tasks) {
    HWY_DYNAMIC_DISPATCH(embedding_backward)(dy, ids, N, d_table, C, tasks);
}

}  // namespace lathe::cpu
#endif
