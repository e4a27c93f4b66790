#include "engine/train/estimate.h"

#include <algorithm>
#include <map>
#include <string>

#include "engine/base/machine_memory.h"
#include "engine/base/memory.h"
#include "engine/model/adapter.h"
#include "engine/model/ops.h"
#include "engine/train/checkpoint.h"
#include "engine/train/trainer.h"

namespace lathe {

namespace {

// What training adds outside of the tensors: pages of LibTorch that it is the first to touch, tokenizer, data, record.
// Measured: 15 to 30 MB, whatever the model.
constexpr int64_t kSetUpBytes = 22 << 20;

}  // namespace

int64_t program_bytes() {
    const int64_t at_start = memory_by_kind()[static_cast<size_t>(MemoryKind::program)];
    return (at_start > 0 ? at_start : resident_bytes()) + kSetUpBytes;
}

int64_t lora_parameters(const ModelConfig& m, const LoraConfig& lora) {
    const int64_t C = m.hidden_size, I = m.intermediate_size, q = m.num_attention_heads * m.head_size(),
                  kv = m.num_key_value_heads * m.head_size();
    const std::map<std::string, int64_t> widths = {{"q_proj", C + q},   {"k_proj", C + kv},   {"v_proj", C + kv},
                                                   {"o_proj", q + C},   {"gate_proj", C + I}, {"up_proj", C + I},
                                                   {"down_proj", I + C}};
    int64_t block = 0;
    for (const auto& [module, width] : widths) block += lora.targets("." + module) ? lora.r * width : 0;
    return m.num_hidden_layers * block;
}

RunEstimate estimate_run(const ModelConfig& m, const RunConfig& config, int64_t exact_bytes) {
    constexpr int64_t kFloat = sizeof(float);
    const TrainConfig& train = config.train;
    const int64_t C = m.hidden_size, I = m.intermediate_size, H = m.num_attention_heads, D = m.head_size(),
                  V = m.vocab_size, L = m.num_hidden_layers;
    const int64_t qkv = (H + 2 * m.num_key_value_heads) * D;
    const int64_t T = config.data.max_length;
    RunEstimate estimate;
    estimate.micro_batch_tokens = train.micro_batch_tokens > 0 ? train.micro_batch_tokens
                                  : config.base_model          ? kTuningMicroBatchTokens
                                                               : kDefaultMicroBatchTokens;
    const int64_t rows = std::clamp<int64_t>(estimate.micro_batch_tokens / T, 1,
                                             train.per_device_train_batch_size * train.gradient_accumulation_steps);
    const int64_t tokens = estimate.tokens_in_flight = rows * T;

    // What the graph of a block keeps for each token: see autograd.cpp. Plain attention keeps every score.
    const int64_t scores = train.use_flash_attention ? H : H * T;
    const int64_t kept = C + 1 + qkv * (m.qk_norm() ? 2 : 1) + H * D + scores + C + 1 + 2 * I;
    // Of the block being walked through; with dropout the inputs are there twice, with their gradients.
    const int64_t passing = 3 * I + 3 * C + (config.lora && config.lora->lora_dropout > 0 ? 3 * I : 0);
    const int64_t chunk_rows = std::min(tokens, ops::loss_chunk_rows(V, config.lora.has_value()));
    const int64_t largest_matrix = std::max({V * C, 2 * I * C, qkv * C});
    // Panels: of the whole matrix, forward and back, or of the piece that is decoded.
    const int64_t panels = config.lora ? std::min(largest_matrix, ops::kDecodedFloats) : largest_matrix;

    const int64_t P = parameter_count(m);
    estimate.parameters = P;
    estimate.trainable = config.lora ? lora_parameters(m, *config.lora) : P;
    const int64_t trained = estimate.trainable * kFloat;
    estimate.bytes = {{"program", program_bytes()},
                      {"weights", weight_bytes(m, weight_form(config), exact_bytes) + (config.lora ? trained : 0)},
                      {"gradients", trained},
                      {"optimizer", ops::moment_bytes(estimate.trainable, train.moments_in_8_bits())}};
    // With so many blocks recomputed: their inputs, what the others keep, and one more that is being walked through.
    // The scores of that one lie where the logits were.
    const auto activations = [&](int64_t recomputed) {
        const int64_t blocks_kept = std::min(L, L - recomputed + 1);
        const bool shared = recomputed > 0 && !train.use_flash_attention;
        const int64_t logits = std::max<int64_t>(0, chunk_rows * V - (shared ? tokens * scores : 0));
        return (tokens * (kept * blocks_kept + recomputed * C + passing) + logits + 2 * panels) * kFloat;
    };
    const int64_t room = train.memory_limit_bytes - total_bytes(estimate.bytes);
    int64_t& recomputed = estimate.recomputed_blocks;
    if (train.gradient_checkpointing)
        recomputed = L;
    else if (train.memory_limit_bytes > 0)
        while (recomputed < L && activations(recomputed) > room) ++recomputed;
    estimate.bytes["activations"] = activations(recomputed);
    estimate.checkpoint_bytes = checkpoint_bytes(estimate.trainable, train);

    // An embedding that is not the head as well is looked up, not multiplied.
    const auto matrices = static_cast<double>(P - (m.tie_word_embeddings ? 0 : V * C));
    const auto attention = static_cast<double>(2 * L * T * H * D);  // forward, causal
    estimate.flops_per_token =
        (config.lora ? 4 * matrices + 6 * static_cast<double>(estimate.trainable) : 6 * matrices) + 3 * attention;
    const double forward = 2 * (matrices - static_cast<double>(V * C)) + attention;
    estimate.work_per_token =
        estimate.flops_per_token + forward * static_cast<double>(recomputed) / static_cast<double>(L);
    return estimate;
}

}  // namespace lathe
