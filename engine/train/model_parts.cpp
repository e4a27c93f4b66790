#include "engine/train/model_parts.h"

#include <algorithm>

#include "engine/infer/batcher.h"
#include "engine/model/model_io.h"
#include "engine/train/estimate.h"

namespace lathe {

namespace {

constexpr int64_t kFloat = sizeof(float);

}  // namespace

std::vector<std::pair<std::string, int64_t>> model_parts(const ModelConfig& m, const std::optional<LoraConfig>& lora) {
    const int64_t C = m.hidden_size, L = m.num_hidden_layers, D = m.head_size();
    const int64_t q = m.num_attention_heads * D, kv = m.num_key_value_heads * D;
    const int64_t biases = (m.qkv_bias() ? q + 2 * kv : 0) + (m.o_bias() ? C : 0);
    std::vector<std::pair<std::string, int64_t>> parts = {{"embedding", m.vocab_size * C},
                                                          {"attention", L * ((q + 2 * kv) * C + C * q + biases)},
                                                          {"feed_forward", L * 3 * C * m.intermediate_size},
                                                          {"norms", L * (2 * C + (m.qk_norm() ? 2 * D : 0)) + C},
                                                          {"head", m.tie_word_embeddings ? 0 : m.vocab_size * C},
                                                          {"adapter", lora ? lora_parameters(m, *lora) : 0}};
    std::erase_if(parts, [](const auto& part) { return part.second == 0; });
    return parts;
}

int64_t kv_bytes_per_token(const ModelConfig& m) {
    return 2 * m.num_hidden_layers * m.num_key_value_heads * m.head_size() * kFloat;
}

std::map<std::string, int64_t> chat_bytes(const ModelConfig& m) {
    const int64_t C = m.hidden_size, D = m.head_size();
    const int64_t piece = std::min(Batcher::kPrefillTokens, m.max_position_embeddings);
    const int64_t qkv = (m.num_attention_heads + 2 * m.num_key_value_heads) * D;
    // The input, the attention's output and residual, gate and up with their product; then the logits of one token.
    const int64_t block =
        2 * C + std::max(qkv * (m.qk_norm() ? 2 : 1) + m.num_attention_heads * D, C + 3 * m.intermediate_size);
    return {{"program", program_bytes()},
            {"weights", weight_bytes(m, WeightForm::packed)},
            {"kv_cache", kv_bytes_per_token(m) * m.max_position_embeddings},
            {"activations", (piece * block + m.vocab_size) * kFloat}};
}

}  // namespace lathe
