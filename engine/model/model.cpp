#include "engine/model/model.h"

#include <c10/core/GradMode.h>

#include <algorithm>
#include <string>

#include "engine/base/error.h"
#include "engine/base/memory.h"
#include "engine/model/ops.h"
#include "engine/model/random.h"

namespace lathe {

namespace {

Parameter make(std::vector<Parameter::Part> parts, int64_t columns) {
    Parameter parameter;
    for (const auto& part : parts) parameter.rows += part.rows;
    parameter.parts = std::move(parts);
    parameter.columns = columns;
    return parameter;
}

Parameter vector_of(const std::string& name, int64_t rows) {
    return make({{name, rows}}, 0);
}

Block make_block(const ModelConfig& config, int64_t layer, HeadShape heads) {
    const std::string prefix = "model.layers." + std::to_string(layer) + ".";
    const std::string attention = prefix + "self_attn.";
    const int64_t C = config.hidden_size, I = config.intermediate_size;
    const int64_t q = heads.H * heads.D, kv = heads.G * heads.D;
    Block block;
    block.input_norm = vector_of(prefix + "input_layernorm.weight", C);
    block.qkv.weight = make(
        {{attention + "q_proj.weight", q}, {attention + "k_proj.weight", kv}, {attention + "v_proj.weight", kv}}, C);
    if (config.qkv_bias())
        block.qkv.bias =
            make({{attention + "q_proj.bias", q}, {attention + "k_proj.bias", kv}, {attention + "v_proj.bias", kv}}, 0);
    if (config.qk_norm()) {
        block.q_norm = vector_of(attention + "q_norm.weight", heads.D);
        block.k_norm = vector_of(attention + "k_norm.weight", heads.D);
    }
    block.o.weight = make({{attention + "o_proj.weight", C}}, q);
    if (config.o_bias()) block.o.bias = vector_of(attention + "o_proj.bias", C);
    block.post_attention_norm = vector_of(prefix + "post_attention_layernorm.weight", C);
    block.gate_up.weight = make({{prefix + "mlp.gate_proj.weight", I}, {prefix + "mlp.up_proj.weight", I}}, C);
    block.down.weight = make({{prefix + "mlp.down_proj.weight", C}}, I);
    return block;
}

bool is_norm(const Parameter& parameter) {
    return parameter.parts.front().name.find("norm") != std::string::npos;
}

}  // namespace

Model::Model(const ModelConfig& config, bool allocate)
    : config_(config), heads_{config.num_attention_heads, config.num_key_value_heads, config.head_size()} {
    embedding_ = make({{"model.embed_tokens.weight", config.vocab_size}}, config.hidden_size);
    blocks_.reserve(static_cast<size_t>(config.num_hidden_layers));
    for (int64_t layer = 0; layer < config.num_hidden_layers; ++layer)
        blocks_.push_back(make_block(config, layer, heads_));
    final_norm_ = vector_of("model.norm.weight", config.hidden_size);
    if (!config.tie_word_embeddings) head_ = make({{"lm_head.weight", config.vocab_size}}, config.hidden_size);

    const auto add = [this](Parameter& parameter) {
        if (parameter.rows > 0) parameters_.push_back(&parameter);
    };
    add(embedding_);
    for (Block& b : blocks_)
        for (Parameter* p : {&b.input_norm, &b.qkv.weight, &b.qkv.bias, &b.q_norm, &b.k_norm, &b.o.weight, &b.o.bias,
                             &b.post_attention_norm, &b.gate_up.weight, &b.down.weight})
            add(*p);
    add(final_norm_);
    add(head_);
    trainable_ = parameters_;
    if (!allocate) return;
    const MemoryScope scope(MemoryKind::weights);
    for (Parameter* p : parameters_)
        p->value = p->is_matrix() ? ops::empty({p->rows, p->columns}) : ops::empty({p->rows});
}

std::unique_ptr<Model> Model::with_the_same_weights() const {
    auto model = std::make_unique<Model>(config_, /*allocate=*/false);
    for (size_t i = 0; i < parameters_.size(); ++i) *model->parameters_[i] = *parameters_[i];
    model->rope_ = rope_;
    return model;
}

std::vector<ModelTensor> Model::tensors(const ModelConfig& config) {
    const Model outline(config, /*allocate=*/false);
    std::vector<ModelTensor> tensors;
    for (const Parameter* parameter : outline.parameters())
        for (const Parameter::Part& part : parameter->parts)
            tensors.push_back({part.name, parameter->part_shape(part)});
    return tensors;
}

int64_t Model::parameter_count() const {
    int64_t count = 0;
    for (const Parameter* parameter : parameters_) count += parameter->elements();
    return count;
}

std::vector<Linear*> Model::linears() {
    std::vector<Linear*> layers;
    for (Block& b : blocks_) layers.insert(layers.end(), {&b.qkv, &b.o, &b.gate_up, &b.down});
    return layers;
}

void Model::train_adapters_alone() {
    trainable_.clear();
    for (Linear* layer : linears())
        if (layer->lora) trainable_.insert(trainable_.end(), {&layer->lora->a, &layer->lora->b});
}

void Model::initialize(int64_t seed) {
    for (Parameter* parameter : parameters_) initial_values(*parameter, seed, parameter->value.data_ptr<float>());
}

void Model::initial_values(const Parameter& parameter, int64_t seed, float* values) const {
    const auto stream = std::find(parameters_.begin(), parameters_.end(), &parameter) - parameters_.begin();
    if (parameter.is_matrix())
        fill_normal(values, parameter.elements(), config_.initializer_range, static_cast<uint64_t>(seed),
                    static_cast<uint64_t>(stream));
    else
        std::fill_n(values, parameter.elements(), is_norm(parameter) ? 1.0F : 0.0F);
}

int64_t Model::trainable_count() const {
    int64_t count = 0;
    for (const Parameter* parameter : trainable_) count += parameter->elements();
    return count;
}

void Model::require_gradients() {
    const MemoryScope scope(MemoryKind::gradients);
    for (Parameter* parameter : trainable_) {
        if (!parameter->grad.defined()) parameter->grad = ops::zeros(parameter->value.sizes());
    }
}

void Model::zero_gradients() {
    for (Parameter* parameter : trainable_) {
        if (parameter->grad.defined()) std::fill_n(parameter->grad.data_ptr<float>(), parameter->elements(), 0.0F);
    }
}

void Model::set_dropout_key(uint64_t key) {
    uint64_t layer = 0;
    for (Linear* linear : linears()) {
        ++layer;
        if (linear->lora)
            linear->lora->dropout_key = key == 0 || linear->lora->dropout == 0 ? 0 : philox_key(key, layer);
    }
}

at::Tensor Model::embed(std::span<const int32_t> ids) const {
    return ops::embedding(embedding_, ids);
}

at::Tensor Model::block(int64_t layer, const at::Tensor& x, const std::shared_ptr<const Ragged>& ragged,
                        KeyValues* cache) {
    Block& b = blocks_[static_cast<size_t>(layer)];
    const double eps = config_.rms_norm_eps;
    const bool norms = b.q_norm.rows > 0;
    const at::Tensor qkv = project_qkv(x, {.norm = &b.input_norm,
                                           .layer = &b.qkv,
                                           .q_norm = norms ? &b.q_norm : nullptr,
                                           .k_norm = norms ? &b.k_norm : nullptr,
                                           .heads = heads_,
                                           .eps = eps,
                                           .rope = &rope_,
                                           .ragged = ragged});
    at::Tensor attended;
    if (cache == nullptr) {
        attended = self_attention(qkv, ragged, heads_, attention_kernel_);
    } else {
        attended = ops::empty({x.size(0), heads_.H * heads_.D});
        at::Tensor no_lse;
        AttentionShape shape = attention_shape(heads_);
        shape.kv_stride = cache->token_stride();
        const auto sequences = cache->extend(layer, qkv.const_data_ptr<float>(), heads_);
        ops::attention(sequences, qkv.const_data_ptr<float>(), attended, no_lse, shape);
    }
    const at::Tensor middle = linear_add(attended, x, b.o);
    return swiglu_linear_add(norm_linear(middle, b.post_attention_norm, b.gate_up, eps), middle, b.down);
}

at::Tensor Model::hidden(std::span<const int32_t> ids, const std::shared_ptr<const Ragged>& ragged, KeyValues* cache,
                         const std::function<void()>& between) {
    const c10::AutoGradMode no_graph(false);
    at::Tensor x = embed(ids);
    for (int64_t layer = 0; layer < layers(); ++layer) {
        if (between) between();
        x = block(layer, x, ragged, cache);
    }
    at::Tensor y = ops::empty(x.sizes());
    ops::rms_norm(x, final_norm_, config_.rms_norm_eps, y, {});
    return y;
}

void Model::reserve_positions(int64_t positions) {
    if (positions > config_.max_position_embeddings) {
        fail({.kind = ErrorKind::too_large,
              .key = "max_position_embeddings",
              .expected = "at most " + std::to_string(config_.max_position_embeddings) + " tokens",
              .found = std::to_string(positions)});
    }
    if (positions <= rope_.positions()) return;
    const int64_t room = std::min(config_.max_position_embeddings, std::max<int64_t>(256, 2 * positions));
    rope_ = make_rope_table(config_.rope_parameters, heads_.D, config_.max_position_embeddings, room);
}

int64_t parameter_count(const ModelConfig& m) {
    const int64_t C = m.hidden_size, I = m.intermediate_size, D = m.head_size();
    const int64_t q = m.num_attention_heads * D, kv = m.num_key_value_heads * D;
    int64_t block = 2 * C + (q + 2 * kv) * C + C * q + 3 * C * I;
    if (m.qk_norm()) block += 2 * D;
    if (m.qkv_bias()) block += q + 2 * kv;
    if (m.o_bias()) block += C;
    return m.num_hidden_layers * block + C + m.vocab_size * C * (m.tie_word_embeddings ? 1 : 2);
}

std::shared_ptr<const Ragged> whole_sequences(std::span<const int32_t> lengths) {
    auto ragged = std::make_shared<Ragged>();
    int64_t begin = 0;
    for (const int32_t length : lengths) {
        ragged->sequences.push_back(
            {.q_begin = begin, .q_len = length, .kv_len = length, .k = nullptr, .v = nullptr, .kv_begin = begin});
        for (int32_t position = 0; position < length; ++position) ragged->positions.push_back(position);
        begin += length;
    }
    return ragged;
}

}  // namespace lathe
