#include "engine/formats/gguf_names.h"

#include <algorithm>
#include <string_view>

namespace lathe {

namespace {

struct Names {
    std::string_view gguf, hf;
};
using Side = std::string_view Names::*;

constexpr Names kTop[] = {
    {"token_embd.weight", "model.embed_tokens.weight"},
    {"output_norm.weight", "model.norm.weight"},
    {"output.weight", "lm_head.weight"},
};

constexpr Names kBlock = {"blk.", "model.layers."};
constexpr Names kOfBlock[] = {
    {"attn_norm", "input_layernorm"},    {"attn_q", "self_attn.q_proj"},
    {"attn_k", "self_attn.k_proj"},      {"attn_v", "self_attn.v_proj"},
    {"attn_output", "self_attn.o_proj"}, {"attn_q_norm", "self_attn.q_norm"},
    {"attn_k_norm", "self_attn.k_norm"}, {"ffn_norm", "post_attention_layernorm"},
    {"ffn_gate", "mlp.gate_proj"},       {"ffn_up", "mlp.up_proj"},
    {"ffn_down", "mlp.down_proj"},
};

std::string translated(const std::string& name, Side from, Side to) {
    for (const Names& top : kTop)
        if (name == top.*from) return std::string(top.*to);
    if (!name.starts_with(kBlock.*from)) return name;
    const size_t number = (kBlock.*from).size(), number_end = name.find('.', number), kind = name.rfind('.');
    if (number_end == std::string::npos || kind <= number_end) return name;
    const std::string_view part = std::string_view(name).substr(number_end + 1, kind - number_end - 1);
    for (const Names& of_block : kOfBlock)
        if (part == of_block.*from)
            return std::string(kBlock.*to) + name.substr(number, number_end - number) + "." +
                   std::string(of_block.*to) + name.substr(kind);
    return name;
}

}  // namespace

std::string hf_name(const std::string& gguf_name) {
    return translated(gguf_name, &Names::gguf, &Names::hf);
}

std::string gguf_name(const std::string& hf_name) {
    return translated(hf_name, &Names::hf, &Names::gguf);
}

bool has_interleaved_heads(const std::string& architecture, const std::string& gguf_name) {
    static constexpr const char* kEndings[] = {".attn_q.weight", ".attn_k.weight", ".attn_q.bias", ".attn_k.bias"};
    return architecture == "llama" && std::any_of(std::begin(kEndings), std::end(kEndings),
                                                  [&](const char* ending) { return gguf_name.ends_with(ending); });
}

int64_t interleaved_row(int64_t row, int64_t head_rows) {
    const int64_t in_head = row % head_rows, half = head_rows / 2;
    return row - in_head + (in_head < half ? 2 * in_head : 2 * (in_head - half) + 1);
}

}  // namespace lathe
