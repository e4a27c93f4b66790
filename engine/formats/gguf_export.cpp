#include "engine/formats/gguf_export.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "engine/base/error.h"
#include "engine/formats/gguf_model.h"
#include "engine/formats/gguf_names.h"

namespace lathe {

namespace {

constexpr uint32_t kQuantizationVersion = 2;  // GGML_QNT_VERSION
constexpr int64_t kReadElements = 1 << 18;    // 1 MiB, the most that a source gives at once

[[noreturn]] void unsupported(const std::string& key, const std::string& expected, const std::string& found) {
    fail({.kind = ErrorKind::unsupported, .key = key, .expected = expected + " in a GGUF file", .found = found});
}

// What llama.cpp would compute otherwise, or not load.
void refuse_other_maths(const ModelConfig& model) {
    const RopeParameters& rope = model.rope_parameters;
    if (model.model_type == "qwen3" && model.attention_bias) unsupported("attention_bias", "none of a qwen3", "true");
    if (model.model_type == "qwen2" && model.head_size() * model.num_attention_heads != model.hidden_size)
        unsupported("head_dim", "hidden_size / num_attention_heads of a qwen2", std::to_string(model.head_size()));
    if (rope.rope_type == "llama3" && model.model_type != "llama")
        unsupported("rope_parameters.rope_type", "llama3 of a llama alone", "it of a " + model.model_type);
    const double usual = 0.1 * std::log(rope.factor) + 1;
    if (rope.rope_type == "yarn" && rope.attention_factor != 0 && std::abs(rope.attention_factor - usual) > 1e-6)
        unsupported("rope_parameters.attention_factor", "0.1 ln(factor) + 1", std::to_string(rope.attention_factor));
}

class ConfigKeys {
public:
    explicit ConfigKeys(std::string architecture) : prefix_(std::move(architecture) + ".") {}
    void count(const std::string& key, int64_t number) {
        keys.emplace_back(prefix_ + key, gguf_u32(static_cast<uint32_t>(number)));
    }
    void real(const std::string& key, double number) {
        keys.emplace_back(prefix_ + key, gguf_f32(static_cast<float>(number)));
    }
    void text(const std::string& key, const std::string& text) { keys.emplace_back(prefix_ + key, gguf_text(text)); }

    GgufKeys keys;

private:
    std::string prefix_;
};

RopeParameters rope_of(const ModelConfig& model) {
    RopeParameters rope = model.rope_parameters;
    if (rope.original_max_position_embeddings == 0)
        rope.original_max_position_embeddings = model.max_position_embeddings;
    return rope;
}

void add_rope(const RopeParameters& rope, ConfigKeys& keys) {
    keys.real("rope.freq_base", rope.rope_theta);
    if (rope.rope_type == "default") return;
    if (rope.rope_type != "linear")
        keys.count("rope.scaling.original_context_length", rope.original_max_position_embeddings);
    if (rope.rope_type == "llama3") return;  // rope_freqs.weight has the rest
    keys.text("rope.scaling.type", rope.rope_type);
    keys.real("rope.scaling.factor", rope.factor);
    if (rope.rope_type == "linear") return;
    keys.real("rope.scaling.yarn_beta_fast", rope.beta_fast);
    keys.real("rope.scaling.yarn_beta_slow", rope.beta_slow);
}

GgufKeys keys_of(const GgufExport& model) {
    const ModelConfig& config = model.config.model;
    ConfigKeys of_model(config.model_type);
    of_model.count("block_count", config.num_hidden_layers);
    of_model.count("context_length", config.max_position_embeddings);
    of_model.count("embedding_length", config.hidden_size);
    of_model.count("feed_forward_length", config.intermediate_size);
    of_model.count("attention.head_count", config.num_attention_heads);
    of_model.count("attention.head_count_kv", config.num_key_value_heads);
    of_model.real("attention.layer_norm_rms_epsilon", config.rms_norm_eps);
    of_model.count("attention.key_length", config.head_size());
    of_model.count("attention.value_length", config.head_size());
    of_model.count("rope.dimension_count", config.head_size());
    of_model.count("vocab_size", config.vocab_size);
    add_rope(rope_of(config), of_model);

    GgufKeys keys;
    keys.emplace_back("general.architecture", gguf_text(config.model_type));
    keys.emplace_back("general.type", gguf_text("model"));
    keys.emplace_back("general.name", gguf_text(model.name));
    keys.emplace_back("general.file_type", gguf_u32(static_cast<uint32_t>(model.type)));
    keys.emplace_back("general.quantization_version", gguf_u32(kQuantizationVersion));
    keys.insert(keys.end(), of_model.keys.begin(), of_model.keys.end());
    keys.insert(keys.end(), model.tokenizer.begin(), model.tokenizer.end());
    return keys;
}

// Rows with the halves of each head interleaved, out of a source that gives them in its own order: one head is held.
class InterleavedRows {
public:
    InterleavedRows(TensorSource source, int64_t head_rows)
        : source_(std::move(source)),
          head_rows_(head_rows),
          columns_(source_.shape.size() > 1 ? source_.shape[1] : 1),
          end_(source_.shape[0] * columns_) {
        if (source_.shape[0] % head_rows != 0)
            fail({.kind = ErrorKind::internal, .key = source_.name, .expected = "whole heads"});
    }

    void read(int64_t first, int64_t count, float* destination) {
        const int64_t head_elements = head_rows_ * columns_;
        while (count > 0) {
            const int64_t at = first % head_elements, n = std::min(count, head_elements - at);
            if (at == 0) read_head(first);
            std::copy_n(head_.data() + at, n, destination);
            destination += n;
            first += n;
            count -= n;
        }
        if (first == end_) head_ = {};
    }

private:
    void read_head(int64_t first) {
        std::vector<float> rows(static_cast<size_t>(head_rows_ * columns_));
        const auto elements = static_cast<int64_t>(rows.size());
        for (int64_t at = 0; at < elements; at += kReadElements)
            source_.read(first + at, std::min(kReadElements, elements - at), rows.data() + at);
        head_.resize(rows.size());
        for (int64_t row = 0; row < head_rows_; ++row)
            std::copy_n(rows.data() + row * columns_, columns_,
                        head_.data() + interleaved_row(row, head_rows_) * columns_);
    }

    const TensorSource source_;
    const int64_t head_rows_, columns_, end_;
    std::vector<float> head_;
};

GgufSource source_of(const GgufExport& model, const TensorSource& weight) {
    const ModelConfig& config = model.config.model;
    GgufSource source{.name = gguf_name(weight.name), .shape = weight.shape};
    if (source.name == weight.name) unsupported(weight.name, "no such tensor", "one");
    if (!weight.from_fp32) fail({.kind = ErrorKind::internal, .key = weight.name, .expected = "fp32 elements"});
    source.type = gguf_tensor_type(model.type, source.name, weight.shape, config);
    if (weight.read)
        source.read = [read = weight.read](int64_t first, int64_t count, float* out) { read(first, count, out); };
    else
        source.read = [data = static_cast<const float*>(weight.data)](int64_t first, int64_t count, float* out) {
            std::copy_n(data + first, count, out);
        };
    if (has_interleaved_heads(config.model_type, source.name)) {
        TensorSource rows = weight;
        rows.read = [read = source.read](int64_t first, int64_t count, void* out) {
            read(first, count, static_cast<float*>(out));
        };
        source.read = [heads = std::make_shared<InterleavedRows>(std::move(rows), config.head_size())](
                          int64_t first, int64_t count, float* out) { heads->read(first, count, out); };
    }
    return source;
}

std::vector<GgufSource> sources_of(const GgufExport& model) {
    const ModelConfig& config = model.config.model;
    refuse_other_maths(config);
    std::vector<GgufSource> sources;
    if (config.rope_parameters.rope_type == "llama3") {
        std::vector<float> divisors = llama3_divisors(rope_of(config), config.head_size());
        sources.push_back({.name = "rope_freqs.weight",
                           .type = GgufType::F32,
                           .shape = {static_cast<int64_t>(divisors.size())},
                           .read = [divisors](int64_t first, int64_t count, float* out) {
                               std::copy_n(divisors.begin() + first, count, out);
                           }});
    }
    for (const TensorSource& weight : model.weights)
        if (!config.tie_word_embeddings || weight.name != "lm_head.weight") sources.push_back(source_of(model, weight));
    return sources;
}

}  // namespace

int64_t gguf_bytes(const GgufExport& model) {
    return gguf_file_bytes(keys_of(model), sources_of(model));
}

std::string write_gguf(const std::string& path, const GgufExport& model, const std::function<bool(int64_t)>& progress) {
    return write_gguf_file(path, keys_of(model), sources_of(model), model.threads, progress);
}

}  // namespace lathe
