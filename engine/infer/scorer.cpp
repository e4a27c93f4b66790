#include "engine/infer/scorer.h"

#include <algorithm>

#include "engine/base/error.h"
#include "engine/base/memory.h"
#include "engine/model/ops.h"
#include "kernels/cross_entropy.h"

namespace lathe {

namespace {

constexpr int64_t kRows = 16;  // of logits at once

at::Tensor hidden_states(Model& model, std::span<const int32_t> tokens) {
    model.reserve_positions(static_cast<int64_t>(tokens.size()));
    const std::vector<int32_t> lengths = {static_cast<int32_t>(tokens.size())};
    return model.hidden(tokens, whole_sequences(lengths));
}

}  // namespace

TokenScores score_tokens(Model& model, std::span<const int32_t> tokens) {
    if (tokens.empty()) fail({.kind = ErrorKind::empty, .key = "tokens", .expected = "at least one token"});
    const MemoryScope scope(MemoryKind::activations);
    const at::Tensor hidden = hidden_states(model, tokens);
    std::vector<int32_t> targets(tokens.begin() + 1, tokens.end());
    targets.push_back(cpu::kIgnoreTarget);
    std::vector<float> losses(tokens.size());
    ops::linear_cross_entropy(hidden, model.head(), targets, 1.0F, losses, {});
    TokenScores scores;
    for (size_t i = 0; i + 1 < losses.size(); ++i) scores.token_logprobs.push_back(-static_cast<double>(losses[i]));
    const at::Tensor last = ops::logits(hidden.narrow(0, hidden.size(0) - 1, 1).contiguous(), model.head());
    scores.last_logits.assign(last.const_data_ptr<float>(), last.const_data_ptr<float>() + last.numel());
    return scores;
}

void score_rows(Model& model, std::span<const int32_t> tokens, const std::function<void(int64_t, const float*)>& row) {
    if (tokens.empty()) fail({.kind = ErrorKind::empty, .key = "tokens", .expected = "at least one token"});
    const MemoryScope scope(MemoryKind::activations);
    const at::Tensor hidden = hidden_states(model, tokens);
    for (int64_t first = 0; first < hidden.size(0); first += kRows) {
        const int64_t count = std::min(kRows, hidden.size(0) - first);
        const at::Tensor logits = ops::logits(hidden.narrow(0, first, count).contiguous(), model.head());
        for (int64_t i = 0; i < count; ++i) row(first + i, logits.const_data_ptr<float>() + i * logits.size(1));
    }
}

void score_windows(Model& model, std::span<const int32_t> tokens, int64_t window, int64_t stride,
                   const std::function<void(int64_t, double)>& score) {
    const auto total = static_cast<int64_t>(tokens.size());
    const MemoryScope scope(MemoryKind::activations);
    int64_t scored = 1;  // tokens[0] has nothing before it
    for (int64_t begin = 0; scored < total; begin += stride) {
        const int64_t end = std::min(begin + window, total);
        const auto part = tokens.subspan(static_cast<size_t>(begin), static_cast<size_t>(end - begin));
        std::vector<int32_t> targets(part.size(), cpu::kIgnoreTarget);
        const int64_t first =
            std::max(scored, begin + 1);  // windows that do not overlap leave their first token unscored
        for (int64_t i = first; i < end; ++i)
            targets[static_cast<size_t>(i - begin - 1)] = tokens[static_cast<size_t>(i)];
        std::vector<float> losses(part.size());
        ops::linear_cross_entropy(hidden_states(model, part), model.head(), targets, 1.0F, losses, {});
        for (int64_t i = first; i < end; ++i) score(i, losses[static_cast<size_t>(i - begin - 1)]);
        scored = end;
    }
}

}  // namespace lathe
