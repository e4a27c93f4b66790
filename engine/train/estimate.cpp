#include "engine/train/estimate.h"

#include <algorithm>

#include "engine/base/memory.h"
#include "engine/train/trainer.h"

namespace lathe {

namespace {

// What training adds outside of the tensors: pages of LibTorch that it is the first to touch, tokenizer, data, record.
// Measured: 15 to 30 MB, whatever the model.
constexpr int64_t kSetUpBytes = 22 << 20;

// The process as it was when the allocator was installed, or as it is where there is none yet.
int64_t program_bytes() {
    const int64_t at_start = memory_by_kind()[static_cast<size_t>(MemoryKind::program)];
    return (at_start > 0 ? at_start : resident_bytes()) + kSetUpBytes;
}

}  // namespace

RunEstimate estimate_run(const ModelConfig& m, const DataConfig& data, const TrainConfig& train) {
    constexpr int64_t kFloat = sizeof(float);
    const int64_t C = m.hidden_size, I = m.intermediate_size, H = m.num_attention_heads, D = m.head_size(),
                  V = m.vocab_size;
    const int64_t qkv = (H + 2 * m.num_key_value_heads) * D;
    const int64_t T = data.max_length;
    const int64_t wanted = train.micro_batch_tokens > 0 ? train.micro_batch_tokens : kDefaultMicroBatchTokens;
    const int64_t rows =
        std::clamp<int64_t>(wanted / T, 1, train.per_device_train_batch_size * train.gradient_accumulation_steps);
    const int64_t tokens = rows * T;

    // What the graph of a block keeps for each token: see autograd.cpp.
    const int64_t kept = C + 1 + qkv * (m.qk_norm() ? 2 : 1) + H * D + H + C + 1 + 2 * I;
    const int64_t passing = 3 * I + 3 * C;  // of the block being walked through
    const int64_t blocks_kept = train.gradient_checkpointing ? 1 : m.num_hidden_layers;
    const int64_t inputs = train.gradient_checkpointing ? m.num_hidden_layers * C : 0;
    const int64_t chunk_rows = std::min(tokens, std::max<int64_t>(32, (4 << 20) / V / 32 * 32));
    const int64_t largest_matrix = std::max({V * C, 2 * I * C, qkv * C});

    RunEstimate estimate;
    estimate.parameters = parameter_count(m);
    const int64_t P = estimate.parameters;
    estimate.bytes = {
        {"program", program_bytes()},
        {"weights", P * kFloat},
        {"gradients", P * kFloat},
        {"optimizer", 2 * P * kFloat},
        {"activations",
         (tokens * (kept * blocks_kept + inputs + passing) + chunk_rows * V + 2 * largest_matrix) * kFloat}};
    estimate.checkpoint_bytes = 3 * P * kFloat;
    // An embedding that is not the head as well is looked up, not multiplied.
    const auto matrices = static_cast<double>(P - (m.tie_word_embeddings ? 0 : V * C));
    estimate.flops_per_token = 6 * matrices + 6.0 * static_cast<double>(m.num_hidden_layers * T * H * D);
    return estimate;
}

}  // namespace lathe
