// Gradient of CPU causal attention: see attention.h.
#include "kernels/attention_reference.h"

namespace lathe::cpu {

int64_t attention_backward_tasks(const AttentionSequence*, int64_t count, AttentionShape) { return count; }

void attention_backward(const AttentionSequence* sequences, int64_t, const float* q, const float* o, const float*,
                        const float* d_o, float* dq, float* dk, float* dv, AttentionShape shape, Range tasks) {
    for (int64_t task = tasks.begin; task < tasks.end; ++task) {
        const AttentionSequence& s = sequences[task];
        reference::attention_backward(q + s.q_begin * shape.q_stride, s.k, s.v, o + s.q_begin * shape.o_stride,
                                      d_o + s.q_begin * shape.o_stride, dq + s.q_begin * shape.q_stride,
                                      dk + s.kv_begin * shape.kv_stride, dv + s.kv_begin * shape.kv_stride, s.q_len,
                                      s.kv_len, shape);
    }
}

}  // namespace lathe::cpu
