#include "engine/infer/kv_cache.h"

#include <algorithm>
#include <cstring>

#include "engine/base/memory.h"
#include "engine/model/ops.h"

namespace lathe {

void KvCache::reserve(int64_t count) {
    if (tokens_ + count <= room_) return;
    const MemoryScope scope(MemoryKind::kv_cache);
    room_ = std::max<int64_t>(tokens_ + count, 2 * room_);
    for (at::Tensor& layer : layers_) {
        at::Tensor larger = ops::empty({room_, stride()});
        if (tokens_ > 0)
            std::memcpy(larger.data_ptr<float>(), layer.const_data_ptr<float>(),
                        static_cast<size_t>(tokens_ * stride()) * sizeof(float));
        layer = larger;
    }
}

void KvCache::append(int64_t layer, const float* qkv, int64_t count) {
    float* row = layers_[static_cast<size_t>(layer)].data_ptr<float>() + tokens_ * stride();
    const float* kv = qkv + heads_.H * heads_.D;
    for (int64_t n = 0; n < count; ++n, row += stride(), kv += heads_.qkv_width())
        std::memcpy(row, kv, static_cast<size_t>(stride()) * sizeof(float));
}

std::vector<AttentionSequence> KvBatch::extend(int64_t layer, const float* qkv, HeadShape heads) {
    std::vector<AttentionSequence> sequences;
    int64_t begin = 0;
    for (size_t i = 0; i < caches_.size(); ++i) {
        KvCache& cache = *caches_[i];
        const int64_t count = new_tokens_[i];
        cache.append(layer, qkv + begin * heads.qkv_width(), count);
        const float* keys = cache.keys(layer);
        sequences.push_back({.q_begin = begin,
                             .q_len = count,
                             .kv_len = cache.tokens() + count,
                             .k = keys,
                             .v = keys + heads.G * heads.D,
                             .kv_begin = 0});
        begin += count;
    }
    return sequences;
}

}  // namespace lathe
