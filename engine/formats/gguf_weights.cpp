#include <algorithm>
#include <optional>
#include <string_view>

#include "engine/base/error.h"
#include "engine/formats/gguf_model.h"

namespace lathe {

namespace {

constexpr std::pair<std::string_view, std::string_view> kTop[] = {
    {"token_embd.weight", "model.embed_tokens.weight"},
    {"output_norm.weight", "model.norm.weight"},
    {"output.weight", "lm_head.weight"},
};

constexpr std::pair<std::string_view, std::string_view> kOfBlock[] = {
    {"attn_norm", "input_layernorm"},    {"attn_q", "self_attn.q_proj"},
    {"attn_k", "self_attn.k_proj"},      {"attn_v", "self_attn.v_proj"},
    {"attn_output", "self_attn.o_proj"}, {"attn_q_norm", "self_attn.q_norm"},
    {"attn_k_norm", "self_attn.k_norm"}, {"ffn_norm", "post_attention_layernorm"},
    {"ffn_gate", "mlp.gate_proj"},       {"ffn_up", "mlp.up_proj"},
    {"ffn_down", "mlp.down_proj"},
};

// Other names stay as they are, and are shown as unused.
std::string hf_name(const std::string& name) {
    for (const auto& [gguf, hf] : kTop)
        if (name == gguf) return std::string(hf);
    if (!name.starts_with("blk.")) return name;
    const size_t number_end = name.find('.', 4), kind = name.rfind('.');
    if (number_end == std::string::npos || kind <= number_end) return name;
    const std::string_view part = std::string_view(name).substr(number_end + 1, kind - number_end - 1);
    for (const auto& [gguf, hf] : kOfBlock)
        if (part == gguf)
            return "model.layers." + name.substr(4, number_end - 4) + "." + std::string(hf) + name.substr(kind);
    return name;
}

bool ends_with_any(const std::string& name, std::initializer_list<const char*> endings) {
    return std::any_of(endings.begin(), endings.end(), [&](const char* ending) { return name.ends_with(ending); });
}

}  // namespace

GgufWeights::GgufWeights(const std::string& path) : file_(path) {
    const bool interleaved = file_.text("general.architecture").value_or("") == "llama";
    const int64_t head_rows = interleaved ? read_gguf_config(file_).model.head_size() : 0;
    for (const GgufTensor& tensor : file_.tensors()) {
        if (tensor.name == "rope_freqs.weight") continue;  // the config has it
        const bool is_rotated = interleaved && ends_with_any(tensor.name, {".attn_q.weight", ".attn_k.weight",
                                                                           ".attn_q.bias", ".attn_k.bias"});
        if (is_rotated && tensor.shape[0] % head_rows != 0) {
            fail({.kind = ErrorKind::mismatch,
                  .file = path,
                  .key = tensor.name,
                  .expected = "whole heads of " + std::to_string(head_rows) + " rows",
                  .found = std::to_string(tensor.shape[0]) + " rows"});
        }
        const auto [at, is_new] =
            where_.emplace(hf_name(tensor.name), Place{.tensor = &tensor, .head_rows = is_rotated ? head_rows : 0});
        if (!is_new) {
            fail({.kind = ErrorKind::mismatch,
                  .file = path,
                  .key = tensor.name,
                  .expected = "each tensor under one name",
                  .found = "it as " + at->second.tensor->name + " too"});
        }
    }
}

const GgufWeights::Place& GgufWeights::find(const std::string& name) const {
    const auto at = where_.find(name);
    if (at == where_.end()) {
        fail({.kind = ErrorKind::missing_key, .file = file_.path(), .key = name, .expected = "a tensor of this name"});
    }
    return at->second;
}

std::vector<int64_t> GgufWeights::shape(const std::string& name) const {
    return find(name).tensor->shape;
}

void GgufWeights::require(const std::string& name, const std::vector<int64_t>& shape) const {
    const GgufTensor& tensor = *find(name).tensor;
    if (tensor.shape == shape) return;
    fail({.kind = ErrorKind::mismatch,
          .file = file_.path(),
          .key = name,
          .expected = shape_text(shape),
          .found = shape_text(tensor.shape)});
}

// Row r of a head is row 2 r of the file's in its first half, row 2 (r - half) + 1 in its second.
void GgufWeights::read_part(const std::string& name, int64_t first, int64_t count, float* destination) const {
    const auto& [tensor, head_rows] = find(name);
    if (head_rows == 0) return file_.read_fp32(*tensor, first, count, destination);
    const int64_t columns = tensor->shape.size() > 1 ? tensor->shape[1] : 1, half = head_rows / 2;
    while (count > 0) {
        const int64_t row = first / columns, column = first % columns, in_head = row % head_rows;
        const int64_t there = row - in_head + (in_head < half ? 2 * in_head : 2 * (in_head - half) + 1);
        const int64_t n = std::min(count, columns - column);
        file_.read_fp32(*tensor, there * columns + column, n, destination);
        destination += n;
        first += n;
        count -= n;
    }
}

bool GgufWeights::is_rounded() const {
    return std::any_of(file_.tensors().begin(), file_.tensors().end(), [](const GgufTensor& tensor) {
        return tensor.type != GgufType::F32 && tensor.type != GgufType::F16 && tensor.type != GgufType::BF16;
    });
}

std::vector<std::string> GgufWeights::names() const {
    std::vector<std::string> names;
    for (const auto& entry : where_) names.push_back(entry.first);
    return names;
}

}  // namespace lathe
