// CPU causal attention: see attention.h.
#include "kernels/attention_reference.h"

namespace lathe::cpu {

int64_t attention_tasks(const AttentionSequence*, int64_t count, AttentionShape) { return count; }

void attention(const AttentionSequence* sequences, int64_t, const float* q, float* o, float* lse, AttentionShape shape,
               Range tasks) {
    for (int64_t task = tasks.begin; task < tasks.end; ++task) {
        const AttentionSequence& s = sequences[task];
        reference::attention(q + s.q_begin * shape.q_stride, s.k, s.v, o + s.q_begin * shape.o_stride,
                             lse == nullptr ? nullptr : lse + s.q_begin * shape.H, s.q_len, s.kv_len, shape);
    }
}

}  // namespace lathe::cpu
