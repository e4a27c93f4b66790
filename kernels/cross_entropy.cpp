// CPU cross-entropy: see cross_entropy.h.
#include "kernels/cross_entropy.h"

#include "kernels/cross_entropy_reference.h"

namespace lathe::cpu {

void cross_entropy(float* logits, const int32_t* targets, float* losses, int64_t V, float grad_scale, Range rows) {
    reference::cross_entropy(logits, targets, losses, V, grad_scale, rows);
}

void cross_entropy_loss(const float* logits, const int32_t* targets, float* losses, int64_t V, Range rows) {
    reference::cross_entropy_loss(logits, targets, losses, V, rows);
}

}  // namespace lathe::cpu
