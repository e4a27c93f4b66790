// `lathe-cli bench pretrain|full|lora|qlora`: training steps on one fixed batch: AdamW 1e-4, betas 0.9 and 0.999, eps
// 1e-8, weight decay 0.01 on everything, no clipping, no dropout; loss over shifted tokens. Thread: engine only.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace lathe {

struct TrainBench {
    std::string job = "pretrain";  // pretrain, full: every weight; lora, qlora: an adapter on an exact or an NF4 base
    // Hugging Face folder or GGUF file; a config.json: its shape with fresh weights; empty: Qwen3 of 5.57 M parameters
    // with fresh ones
    std::string model;
    std::string adapter;      // PEFT folder to start from; empty: a fresh one of `rank` on all linear layers
    std::string tokens_file;  // JSON [batch][seq] of token ids; empty: batch × seq random ones
    int64_t batch = 16, seq = 256, steps = 6;
    int64_t rank = 8;
    std::vector<std::string> settings;  // otherwise than above: "train.optim=adamw_8bit"
};

// One JSON document: job, batch, seq, trainable, step_s (median after the first two), tokens_per_s, processor_step_s
// (of all threads) and what step_time.h foretells of it, losses, fma_peak_gflops (all threads), flops_per_token,
// fma_peak_share, peak_rss_gb, bytes by kind at the peak. go_on false cancels.
std::string run_train_bench(const TrainBench& bench, const std::function<bool()>& go_on);

}  // namespace lathe
