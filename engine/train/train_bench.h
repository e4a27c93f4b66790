// `lathe-cli bench pretrain`: full training steps on one fixed batch, as ../bench/README.md describes: AdamW 1e-4,
// betas 0.9 and 0.999, eps 1e-8, weight decay 0.01 on everything, no clipping; loss over shifted tokens. Thread: engine
// only.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace lathe {

struct PretrainBench {
    std::string model;        // Hugging Face folder; empty: Qwen3 of 5.57 M parameters with fresh weights
    std::string tokens_file;  // JSON [batch][seq] of token ids; empty: batch × seq random ones
    int64_t batch = 16, seq = 256, steps = 6;
    int64_t micro_batch_tokens = 0;  // 0: the trainer's default
};

// One JSON document: job, batch, seq, trainable, step_s (median after the first two), tokens_per_s, losses,
// fma_peak_gflops (all threads), peak_rss_gb, bytes by kind at the peak. go_on false cancels.
std::string run_pretrain_bench(const PretrainBench& bench, const std::function<bool()>& go_on);

}  // namespace lathe
